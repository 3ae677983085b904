/** Where the search gives up. Counts of work, not of time: the answer must not hang on the load of the machine. */
export interface SearchLimits {
  /** Nodes of one situation's search tree. */
  readonly nodesMax: number
  /** States of the product of the automata of one key's patterns. */
  readonly statesMax: number
  /** Sets of elements of one multivalued key. */
  readonly setsMax: number
  /** Combinations of values of keys that hang together. */
  readonly combinationsMax: number
}

export const defaultLimits: SearchLimits = {
  nodesMax: 20_000,
  statesMax: 4_000,
  setsMax: 1_024,
  combinationsMax: 20_000,
}
