export type OutcomeKind = 'waiting' | 'done' | 'attention' | 'stopped'
interface OutcomeRow {
  kind: OutcomeKind
  label: string
  sentence: string
  /** Retrying may help once the cause is gone. */
  retryable?: true
  /** AWS may have carried out the change, so it can be reversed. */
  reversible?: true
}

/** What can become of one tag key of one item. */
export const outcomes = {
  pending: { kind: 'waiting', label: 'Waiting', sentence: 'its turn has not come yet' },
  settling: {
    kind: 'waiting',
    label: 'Settling',
    sentence: 'a call was sent; the reads that prove what came of it are not all in yet',
    reversible: true,
  },
  removed: {
    kind: 'done',
    label: 'Removed',
    sentence: 'two reads, at least 5 seconds apart, found no tag',
    reversible: true,
  },
  alreadyAbsent: {
    kind: 'done',
    label: 'Already absent',
    sentence: 'the tag was gone before our turn came; nothing was sent',
  },
  restored: {
    kind: 'done',
    label: 'Put back',
    sentence: 'two reads, at least 5 seconds apart, found the tag with its value',
    reversible: true,
  },
  alreadyPresent: {
    kind: 'done',
    label: 'Already there',
    sentence: 'the tag was there with this value; nothing was sent',
  },
  conflict: {
    kind: 'attention',
    label: 'Changed since review',
    sentence: 'the value is not the reviewed one any more; nothing was sent for this tag',
  },
  stillPresent: {
    kind: 'attention',
    label: 'Still there',
    sentence: 'a call was sent, yet every read of 10 minutes showed the tag',
    retryable: true,
    reversible: true,
  },
  stillAbsent: {
    kind: 'attention',
    label: 'Still absent',
    sentence: 'a call was sent, yet no read of 10 minutes showed the tag',
    retryable: true,
    reversible: true,
  },
  reappeared: {
    kind: 'attention',
    label: 'Changed again',
    sentence:
      'it was done, or its call had no answer; since then somebody or something has set the tag anew: look for infrastructure code',
    retryable: true,
    reversible: true,
  },
  unverified: {
    kind: 'attention',
    label: 'Not proved',
    sentence: 'a call was sent, but reading the tags back is not possible',
    reversible: true,
  },
  denied: { kind: 'attention', label: 'Not permitted', sentence: 'AWS denied the call', retryable: true },
  refused: {
    kind: 'attention',
    label: 'Refused by AWS',
    sentence: 'the service refused the call for this resource or tag',
    retryable: true,
  },
  failed: { kind: 'attention', label: 'Failed', sentence: 'the call did not succeed', retryable: true },
  cancelled: { kind: 'stopped', label: 'Cancelled', sentence: 'cancelled before anything was sent', retryable: true },
} as const satisfies Record<string, OutcomeRow>
export type Outcome = keyof typeof outcomes

/** One row of {@link outcomes}, with the flags that not every row spells out. */
export function outcomeRow(outcome: Outcome): OutcomeRow {
  return outcomes[outcome]
}

/** The outcomes whose row has this flag, as the queries need them. */
export function outcomesThatAre(flag: 'retryable' | 'reversible'): Outcome[] {
  return (Object.keys(outcomes) as Outcome[]).filter((outcome) => outcomeRow(outcome)[flag])
}

/** The outcomes of one kind: what still moves, what went well, what needs a look, what was stopped. */
export function outcomesOfKind(kind: OutcomeKind): Outcome[] {
  return (Object.keys(outcomes) as Outcome[]).filter((outcome) => outcomeRow(outcome).kind === kind)
}
