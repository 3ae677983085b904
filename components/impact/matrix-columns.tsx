import Button from '@cloudscape-design/components/button'
import type { TableProps } from '@cloudscape-design/components/table'
import type { AffectedPage } from '#lib/impact/list-affected.ts'
import { type ActionClass, type AffectedCell, type AffectedPrincipal, actionClasses } from '#lib/impact-review.ts'
import { ActionName } from './action-name.tsx'
import { EffectCount } from './effect-count.tsx'
import { cellInWords, effectsShown } from './effects.ts'
import styles from './impact.module.css'
import { PrincipalName } from './principal-name.tsx'

type Actions = AffectedPage['actions']
type OpenCell = (principal: AffectedPrincipal, cell: AffectedCell) => void

const PRINCIPAL = 'principal'

const classWords: Record<ActionClass, string> = {
  data: 'Data: decrypt, sign, read values',
  manage: 'Management',
  read: 'Only looking',
}

/** Headings above the actions of each class. */
export const actionGroups: TableProps.GroupDefinition[] = actionClasses.map((id) => ({ id, header: classWords[id] }))

/** The columns in their groups; a class without any action has none. */
export function matrixDisplay(actions: Actions): TableProps.ColumnDisplayProperties[] {
  const groups = actionClasses.flatMap((id): TableProps.ColumnDisplayProperties[] => {
    const children = actions.filter((each) => each.class === id).map(({ action }) => ({ id: action, visible: true }))
    return children.length === 0 ? [] : [{ type: 'group', id, visible: true, children }]
  })
  return [{ id: PRINCIPAL, visible: true }, ...groups]
}

/** One column for the principal and one for each action. */
export function matrixColumns(actions: Actions, onOpen: OpenCell): TableProps.ColumnDefinition<AffectedPrincipal>[] {
  return [
    {
      id: PRINCIPAL,
      header: 'Principal',
      isRowHeader: true,
      minWidth: 220,
      cell: (principal) => (
        <div className={styles.principal}>
          <PrincipalName of={principal} />
        </div>
      ),
    },
    ...actions.map(
      ({ action }): TableProps.ColumnDefinition<AffectedPrincipal> => ({
        id: action,
        header: <ActionName action={action} />,
        minWidth: 110,
        cell: (principal) => {
          const cell = principal.cells.find((each) => each.action === action)
          return cell ? <Cell principal={principal} cell={cell} onOpen={onOpen} /> : <Untouched />
        },
      }),
    ),
  ]
}

function Cell({ principal, cell, onOpen }: { principal: AffectedPrincipal; cell: AffectedCell; onOpen: OpenCell }) {
  const words = cellInWords(principal.name, cell)
  return (
    <span title={words} className={styles.cell}>
      {/* Cloudscape's own button, which the arrow keys of its table know. */}
      <Button variant="inline-link" onClick={() => onOpen(principal, cell)}>
        <span className="untag-for-screen-readers">{words}</span>
        {effectsShown.map((effect) => {
          const count = cell.effects[effect]
          return count === undefined ? null : <EffectCount key={effect} effect={effect} count={count} />
        })}
      </Button>
    </span>
  )
}

function Untouched() {
  return (
    <span className={styles.untouched}>
      <span aria-hidden>·</span>
      <span className="untag-for-screen-readers">no change</span>
    </span>
  )
}
