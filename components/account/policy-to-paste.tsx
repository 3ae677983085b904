'use client'
import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { JsonView } from '#components/ui/json-view.tsx'
import { minimalPolicy } from '#lib/minimal-policies.ts'
import type { Purpose } from '#lib/needed-actions.ts'

interface PolicyToPasteProps {
  purpose: Purpose
  account: string
  partition: string
}

const listed = (text: string) =>
  text
    .split(',')
    .map((tagKey) => tagKey.trim())
    .filter((tagKey) => tagKey !== '')

/** The smallest identity policy for a purpose, ready to be copied. */
export function PolicyToPaste({ purpose, account, partition }: PolicyToPasteProps) {
  const [tagKeys, setTagKeys] = useState('')
  return (
    <ExpandableSection variant="footer" headerText="Policy to paste">
      <SpaceBetween size="s">
        <Box variant="p" color="text-body-secondary">
          Attach it in IAM to the role, user or permission set that you work as. It lets nobody read a secret’s value or
          use a key. A key whose own policy does not leave access to IAM stays closed.
        </Box>
        {purpose === 'remove' && (
          <FormField
            label="Only these tag keys"
            description="Separated by commas; * stands for any text. Empty: every tag key."
          >
            <Input
              value={tagKeys}
              onChange={({ detail }) => setTagKeys(detail.value)}
              placeholder="temp-*, CostCenter"
              spellcheck={false}
            />
          </FormField>
        )}
        <JsonView
          label={`Policy to ${purpose}`}
          text={minimalPolicy(purpose, { account, partition }, listed(tagKeys))}
        />
      </SpaceBetween>
    </ExpandableSection>
  )
}
