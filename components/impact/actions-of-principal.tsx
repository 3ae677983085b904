'use client'
import Button, { type ButtonProps } from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import { counted } from '#components/ui/counted.ts'
import type { ChangeOnResource } from '#lib/impact/changes-of.ts'
import styles from './impact.module.css'

type Action = ChangeOnResource['actions'][number]

/** So many are shown at once, whatever they are. */
const SHOWN_MIN = 6

interface ActionsOfPrincipalProps {
  /** Data first, then management, then looking. */
  actions: readonly Action[]
  /** “settlement-batch loses” */
  who: string
  /** The action to which the focus returns. */
  left: string | null
  onChoose: (action: string) => void
}

/** What changes for a principal, each action leading to why; where it is much, data in front and the rest on demand. */
export function ActionsOfPrincipal({ actions, ...props }: ActionsOfPrincipalProps) {
  const data = actions.filter((action) => action.class === 'data').length
  const shown = actions.length <= SHOWN_MIN ? actions.length : Math.max(data, SHOWN_MIN)
  const rest = actions.slice(shown)
  return (
    <>
      <ActionButtons actions={actions.slice(0, shown)} {...props} />
      {rest.length > 0 && (
        <ExpandableSection
          headerText={`${counted(rest.length, 'more action')}`}
          defaultExpanded={rest.some(({ action }) => action === props.left)}
        >
          <ActionButtons actions={rest} {...props} />
        </ExpandableSection>
      )}
    </>
  )
}

function ActionButtons({ actions, who, left, onChoose }: ActionsOfPrincipalProps) {
  return (
    <div className={styles.actions}>
      {actions.map(({ action }) => (
        <Button
          key={action}
          variant="inline-link"
          ref={left === action ? focusIt : null}
          ariaLabel={`Why ${who} ${action}`}
          onClick={() => onChoose(action)}
        >
          {action}
        </Button>
      ))}
    </div>
  )
}

function focusIt(button: ButtonProps.Ref | null) {
  button?.focus()
}
