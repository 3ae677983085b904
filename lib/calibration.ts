import type { ResourceType } from './resource.ts'

/** One action of which AWS answered otherwise than was computed: something is missing from the picture. */
export interface Disagreement {
  type: ResourceType
  arn: string
  name: string
  action: string
  /** What was computed for the operator; AWS answered the opposite. */
  computed: 'allow' | 'deny'
  /** AWS's answer, where it was no yes. */
  message: string | null
}

/** What came of holding the operator's present access, as it was computed, against AWS. */
export interface CalibrationFound {
  /** ISO 8601, UTC. */
  checkedAt: string
  /** Resources that were tried, one of each class. */
  resources: number
  /** Answers of AWS that are what was computed. */
  agreeing: number
  /** Calls of which either side said neither yes nor no. */
  undecided: number
  disagreements: Disagreement[]
}
