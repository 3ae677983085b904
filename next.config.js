/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  images: { unoptimized: true },
  // `npm test` checks the types of everything; whoever only wants to run the console need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Copies of these inside the bundles would break `instanceof` and open the embedded database twice.
  serverExternalPackages: ['drizzle-orm', '@electric-sql/pglite', 'pg-boss'],
}
