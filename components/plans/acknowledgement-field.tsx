'use client'
import Box from '@cloudscape-design/components/box'
import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { acknowledgedClauses } from '#components/removals/acknowledgement-words.ts'
import { counted } from '#components/ui/counted.ts'
import type { RequiredAcknowledgement } from '#lib/item-impact.ts'
import type { Direction } from '#lib/removal/state.ts'
import { acknowledgedText, type Given, givenFor, isGiven } from './acknowledging.ts'

interface AcknowledgementFieldProps {
  required: RequiredAcknowledgement
  impactId: string
  direction: Direction
  given: Given
  onGive: (given: Given) => void
  readOnly: boolean
  /** Of the control, so that the page can lead to it. */
  id: string
}

/** One thing to take note of: the name of the first such resource to type, or a box to tick. */
export function AcknowledgementField(props: AcknowledgementFieldProps) {
  const { required, impactId, direction, given, onGive, readOnly, id } = props
  const { kind, typed: name, resources } = required
  if (name === null) {
    const tick = (checked: boolean) => {
      const { [kind]: _, ...others } = given
      onGive(checked ? { ...others, [kind]: { typed: null, impactId, resources } } : others)
    }
    return (
      <Checkbox
        controlId={id}
        checked={isGiven(given, required, impactId)}
        readOnly={readOnly}
        onChange={({ detail }) => tick(detail.checked)}
      >
        {`I acknowledge that ${acknowledgedText(required, direction)}`}
      </Checkbox>
    )
  }
  const text = givenFor(given, required, impactId)?.typed ?? ''
  return (
    <FormField
      controlId={id}
      label={
        <span className="untag-break">
          To confirm that {acknowledgedClauses[direction][kind]}, type <Box variant="code">{name}</Box>
        </span>
      }
      description={
        resources === 1 ? 'It is the only such resource.' : `It is the first of ${counted(resources, 'such resource')}.`
      }
      {...(text !== '' && !name.startsWith(text) && { errorText: 'This is not the name' })}
    >
      <Input
        value={text}
        autoComplete={false}
        spellcheck={false}
        disableBrowserAutocorrect
        readOnly={readOnly}
        onChange={({ detail }) => onGive({ ...given, [kind]: { typed: detail.value, impactId, resources } })}
      />
    </FormField>
  )
}
