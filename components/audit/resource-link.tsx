'use client'
import Box from '@cloudscape-design/components/box'
import { typeLabels } from '#components/resources/labels.ts'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { isKeyArn, keyIdOf, parseArn, regionOf } from '#lib/arn.ts'
import { paths } from '#lib/paths.ts'

/** A resource, leading to its page; without a name it goes by what its ARN says. */
export function ResourceLink({ arn, name }: { arn: string; name: string | null }) {
  return (
    <div className="untag-break" title={arn}>
      <SoftLink href={paths.resource(arn)}>
        {name ?? (isKeyArn(arn) ? keyIdOf(arn) : parseArn(arn)?.resource.replace('secret:', ''))}
      </SoftLink>
      <Box variant="small" display="block">
        {typeLabels[isKeyArn(arn) ? 'key' : 'secret']} in {regionOf(arn)}
      </Box>
    </div>
  )
}
