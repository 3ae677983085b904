/** A mutant that decides as the engine does, or that only answers later: named by file and change, with the reason. */
export interface Survivor {
  file: string
  what: string
  reason: string
}

export const survivors: readonly Survivor[] = []
