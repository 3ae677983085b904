import { consoleChain } from '../audit-event.ts'

/** A chain in words, for a sentence. */
export function chainName(chain: string): string {
  return chain === consoleChain ? 'the chain of the console' : `the chain of removal ${chain}`
}
