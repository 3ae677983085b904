import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { counted } from '#components/ui/counted.ts'
import type { ImpactReview, ImpactSign } from '#lib/impact-review.ts'
import type { Direction } from '#lib/removal/state.ts'

/** Whom a sentence is about; the order in which they are told. */
export const topics = ['you', 'others', 'gain', 'unknown'] as const
export type Topic = (typeof topics)[number]

export interface ImpactSentence {
  status: StatusIndicatorProps.Type
  text: string
  /** The resources that it is about; null: about all of them. */
  sign: ImpactSign | null
}

interface Row {
  topic: Topic
  sign: ImpactSign
  status: StatusIndicatorProps.Type
  text(resources: string, review: Told, reverse: string): string
}

type Told = Pick<ImpactReview, 'signs' | 'principals' | 'picture'>

const reverse = { remove: 'put these tags back', putBack: 'remove these tags again' } as const

const rows: readonly Row[] = [
  {
    topic: 'you',
    sign: 'ownLoss',
    status: 'error',
    text: (resources) => `You lose or may lose access to ${resources}`,
  },
  {
    topic: 'you',
    sign: 'irreversible',
    status: 'error',
    text: (resources, { signs: { irreversible, awsRefuses, notPermitted } }, undo) =>
      `You will not be able to ${undo} on ${resources}${irreversible > awsRefuses + notPermitted ? '; AWS will let you lock yourself out' : ''}`,
  },
  {
    topic: 'you',
    sign: 'awsRefuses',
    status: 'stopped',
    text: (resources) => `AWS will refuse this on ${resources}, because it would lock you out`,
  },
  {
    topic: 'you',
    sign: 'notPermitted',
    status: 'stopped',
    text: (resources) => `You are not permitted to do this on ${resources}`,
  },
  {
    topic: 'you',
    sign: 'mayNotBePermitted',
    status: 'warning',
    text: (resources) => `You may not be permitted to do this on ${resources}`,
  },
  {
    topic: 'you',
    sign: 'mayBeIrreversible',
    status: 'warning',
    text: (resources, _, undo) => `You may not be able to ${undo} on ${resources}`,
  },
  {
    topic: 'you',
    sign: 'ownUnknown',
    status: 'pending',
    text: (resources) => `It is unknown what becomes of your access to ${resources}`,
  },
  {
    topic: 'others',
    sign: 'othersLose',
    status: 'warning',
    text: (resources, { principals: { losing } }) =>
      `${counted(losing, 'other principal loses', 'other principals lose')} or may lose access, on ${resources}`,
  },
  {
    topic: 'gain',
    sign: 'gain',
    status: 'error',
    text: (resources, { principals: { gaining } }) =>
      gaining === 0
        ? `You gain or may gain access to ${resources}`
        : `${counted(gaining, 'other principal gains', 'other principals gain')} or may gain access, on ${resources}`,
  },
  {
    topic: 'unknown',
    sign: 'unknown',
    status: 'pending',
    text: (resources, { principals: { unknown } }) =>
      unknown === 0
        ? `Something is unknown on ${resources}`
        : `Unknown for ${counted(unknown, 'other principal')}, on ${resources}`,
  },
]

const nothing: Record<Topic, string> = {
  you: 'you keep your access, and can {undo}',
  others: 'nobody else loses access',
  gain: 'nobody gains access',
  unknown: 'everything could be decided',
}

const reserve: Record<Topic, string> = { you: 'is known', others: 'is known', gain: 'is known', unknown: 'was read' }

/**
 * An analysis in a few sentences, by whom they are about. A topic without any sign says so, but as far as is known only
 * when something is unknown or was not read; or, of others, when policies name outsiders, who are not analysed.
 */
export function impactSentences(review: Told, direction: Direction): Record<Topic, ImpactSentence[]> {
  const told = (topic: Topic) =>
    rows.flatMap(({ topic: about, sign, status, text }) =>
      about === topic && review.signs[sign] > 0
        ? [{ status, sign, text: text(counted(review.signs[sign], 'resource'), review, reverse[direction]) }]
        : [],
    )
  const sure = review.signs.unknown === 0 && review.picture?.notRead.length === 0
  const all = Object.fromEntries(topics.map((topic) => [topic, told(topic)])) as Record<Topic, ImpactSentence[]>
  const isAboutAll = (topic: Topic) => topic === 'you' || review.picture?.outsiders.length === 0
  for (const topic of topics) {
    if (all[topic].length === 0) all[topic] = [calm(topic, direction, sure && isAboutAll(topic))]
  }
  return all
}

function calm(topic: Topic, direction: Direction, sure: boolean): ImpactSentence {
  const text = nothing[topic].replace('{undo}', reverse[direction])
  const begun = sure ? text.charAt(0).toUpperCase() + text.slice(1) : `As far as ${reserve[topic]}, ${text}`
  return { status: 'success', text: begun, sign: null }
}
