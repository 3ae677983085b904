'use client'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ImpactReview, ImpactSign } from '#lib/impact-review.ts'
import type { Direction } from '#lib/removal/state.ts'
import { type ImpactSentence, impactSentences, type Topic, topics } from './impact-sentences.ts'
import styles from './impact-told.module.css'

const labels: Record<Topic, string> = { you: 'You', others: 'Others', gain: 'Gained', unknown: 'Not known' }

interface ImpactToldProps {
  impact: ImpactReview
  direction: Direction
  onShow: (sign: ImpactSign) => void
}

/** The analysis in a few sentences; each leads to the resources that it is about. */
export function ImpactTold({ impact, direction, onShow }: ImpactToldProps) {
  const sentences = impactSentences(impact, direction)
  return (
    <KeyValuePairs
      columns={4}
      minColumnWidth={200}
      items={topics.map((topic) => ({
        label: labels[topic],
        value: (
          <SpaceBetween size="xxs">
            {sentences[topic].map((sentence) => (
              <Told key={sentence.text} sentence={sentence} onShow={onShow} />
            ))}
          </SpaceBetween>
        ),
      }))}
    />
  )
}

function Told({
  sentence: { status, text, sign },
  onShow,
}: { sentence: ImpactSentence } & Pick<ImpactToldProps, 'onShow'>) {
  return (
    <StatusIndicator type={status}>
      <span className={styles.text}>
        {sign === null ? (
          text
        ) : (
          <Link ariaLabel={`${text}: show them`} onFollow={() => onShow(sign)}>
            {text}
          </Link>
        )}
      </span>
    </StatusIndicator>
  )
}
