/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  images: { unoptimized: true },
  // Copies of these inside the bundles would break `instanceof` and open the embedded database twice.
  serverExternalPackages: ['drizzle-orm', '@electric-sql/pglite', 'pg-boss'],
}
