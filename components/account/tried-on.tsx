import Box from '@cloudscape-design/components/box'
import { Instant } from '#components/ui/instant.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { keyIdOf } from '#lib/arn.ts'
import { paths } from '#lib/paths.ts'
import type { AccessReport } from '#lib/principals/check-access.ts'

const secretNameOf = (arn: string) => arn.slice(arn.indexOf(':secret:') + ':secret:'.length, -'-XXXXXX'.length)

/** On what and when the calls were tried, because every key and every secret may have a policy of its own. */
export function TriedOn({ report: { region, keyArn, secretArn, checkedAt } }: { report: AccessReport }) {
  return (
    <Box variant="p" color="text-body-secondary">
      Tried <Instant at={checkedAt} as="age" /> in {region},{' '}
      {keyArn ? (
        <>
          on the key <SoftLink href={paths.resource(keyArn)}>{keyIdOf(keyArn)}</SoftLink>
        </>
      ) : (
        'on no key'
      )}{' '}
      and{' '}
      {secretArn ? (
        <>
          the secret <SoftLink href={paths.resource(secretArn)}>{secretNameOf(secretArn)}</SoftLink>
        </>
      ) : (
        'no secret'
      )}
      . Others may answer differently: each has a policy of its own.
    </Box>
  )
}
