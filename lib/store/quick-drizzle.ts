import { registerHooks } from 'node:module'

const drizzle = '/node_modules/drizzle-orm/'

/**
 * Imports what brings Drizzle along. To know what kind of module a file is, Node parses all of its package's
 * package.json; Drizzle's has 180 kB, and a hundred files. Told that they are ES modules, Node loads the store in
 * 0.2 s of CPU time instead of 0.8 s.
 */
export async function withQuickDrizzle<Imported>(load: () => Promise<Imported>): Promise<Imported> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context
      const isAmongDrizzle = specifier.startsWith('.') && parentURL?.includes(drizzle) && parentURL.endsWith('.js')
      if (!isAmongDrizzle) return next(specifier, context)
      return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true }
    },
  })
  try {
    return await load()
  } finally {
    hooks.deregister()
  }
}
