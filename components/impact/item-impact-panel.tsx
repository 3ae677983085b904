'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { ImpactProps } from './actions.ts'
import { EffectGroups } from './effect-groups.tsx'
import { EncryptedWithIt } from './encrypted-with-it.tsx'
import { Explanation } from './explanation.tsx'
import { changesOfQuery } from './queries.ts'
import { UseTold } from './use-told.tsx'

interface Chosen {
  principal: number
  action: string
}

/** Who is affected on one resource, by what becomes of them; an action leads to its explanation and back. */
export function ItemImpactPanel({ arn, ...props }: ImpactProps & { arn: string }) {
  const { data, error, refetch } = useQuery(changesOfQuery(props.actions.changesOf, props, arn))
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [left, setLeft] = useState<Chosen | null>(null)
  if (error) return <ErrorNote title="Who is affected could not be read" error={error} retry={refetch} />
  if (!data) {
    return (
      <Box>
        <Spinner /> Reading who is affected
      </Box>
    )
  }
  if (chosen) {
    const back = () => {
      setLeft(chosen)
      setChosen(null)
    }
    return (
      <SpaceBetween size="s">
        <div ref={focusFirst}>
          <Button iconName="arrow-left" onClick={back}>
            Everybody who is affected
          </Button>
        </div>
        <Explanation {...props} question={{ ...chosen, arn }} />
      </SpaceBetween>
    )
  }
  const { principals, total, encrypts, use } = data
  return (
    <SpaceBetween size="m">
      <EncryptedWithIt principals={principals} encrypts={encrypts} />
      {use && <UseTold arn={arn} use={use} />}
      <EffectGroups principals={principals} left={left} onChoose={setChosen} />
      {total > principals.length && (
        <Box variant="small">and {figure(total - principals.length)} more principals, see “Who is affected”</Box>
      )}
    </SpaceBetween>
  )
}

/** What was activated is gone, so the focus goes to what has come in its place. */
function focusFirst(place: HTMLElement | null) {
  place?.querySelector('button')?.focus()
}
