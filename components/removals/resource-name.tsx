'use client'
import Box from '@cloudscape-design/components/box'
import { typeLabels } from '#components/resources/labels.ts'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'
import type { Resource } from '#lib/resource.ts'

/** A resource's name, leading to its page, with type and Region; the ARN is its title. */
export function ResourceName({
  of: { arn, name, type, region },
}: {
  of: Pick<Resource, 'arn' | 'name' | 'type' | 'region'>
}) {
  return (
    <div title={arn} className="untag-break">
      <SoftLink href={paths.resource(arn)}>{name}</SoftLink>
      <Box variant="small" display="block">
        {typeLabels[type]} in {region}
      </Box>
    </div>
  )
}
