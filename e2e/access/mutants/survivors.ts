/** A mutant that nothing notices, named by file and change, with the reason why that is no fault. */
export interface Survivor {
  file: string
  what: string
  kind: 'equivalent' | 'slower' | 'wording'
  reason: string
}

export const survivors: readonly Survivor[] = []
