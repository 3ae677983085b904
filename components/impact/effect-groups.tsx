'use client'
import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { counted } from '#components/ui/counted.ts'
import type { AffectedOnResource, ChangeOnResource } from '#lib/impact/changes-of.ts'
import type { Effect } from '#lib/impact-facts.ts'
import { actionClasses } from '#lib/impact-review.ts'
import { ActionsOfPrincipal } from './actions-of-principal.tsx'
import { EffectSign } from './effect-count.tsx'
import { effectsShown, effectWords } from './effects.ts'
import styles from './impact.module.css'
import { PrincipalName } from './principal-name.tsx'

interface Chosen {
  principal: number
  action: string
}

interface EffectGroupsProps {
  principals: readonly AffectedOnResource[]
  /** Where the focus returns to. */
  left: Chosen | null
  onChoose: (chosen: Chosen) => void
}

/** Principals by what becomes of them, each with its actions: data first, then management, then looking. */
export function EffectGroups({ principals, left, onChoose }: EffectGroupsProps) {
  const groups = effectsShown.flatMap((effect) => {
    const members = principals.flatMap((principal) => {
      const actions = actionsWith(principal, effect)
      return actions.length === 0 ? [] : { principal, actions }
    })
    return members.length === 0 ? [] : { effect, members }
  })
  if (groups.length === 0) {
    return <Box color="text-body-secondary">Nobody’s access to it changes in the layers that were read.</Box>
  }
  return (
    <SpaceBetween size="l">
      {groups.map(({ effect, members }) => (
        <section key={effect} aria-label={effectWords[effect].label}>
          <SpaceBetween size="xs">
            <Box variant="h3" padding="n">
              <span className={styles.effect}>
                <EffectSign effect={effect} />
                {effectWords[effect].label}: {counted(members.length, 'principal')}
              </span>
            </Box>
            {members.map(({ principal, actions }) => (
              <div key={principal.ordinal}>
                <PrincipalName of={principal} />
                <ActionsOfPrincipal
                  actions={actions}
                  who={`${principal.name} ${effectWords[effect].verb}`}
                  left={left?.principal === principal.ordinal ? left.action : null}
                  onChoose={(action) => onChoose({ principal: principal.ordinal, action })}
                />
              </div>
            ))}
          </SpaceBetween>
        </section>
      ))}
    </SpaceBetween>
  )
}

function actionsWith({ changes }: AffectedOnResource, effect: Effect): ChangeOnResource['actions'] {
  const place = (one: ChangeOnResource['actions'][number]) => actionClasses.indexOf(one.class)
  return changes
    .flatMap((change) => (change.effect.includes(effect) ? change.actions : []))
    .toSorted((one, other) => place(one) - place(other) || one.action.localeCompare(other.action))
}
