'use client'
import Alert from '@cloudscape-design/components/alert'
import { Fragment } from 'react'
import { counted, figure } from '#components/ui/counted.ts'
import { SoftLink } from '#components/ui/soft-link.tsx'
import type { AffectedOnResource, ResourceChanges } from '#lib/impact/changes-of.ts'
import { paths } from '#lib/paths.ts'

/** Secrets Manager decrypts for whoever reads a secret, and with that principal's own permission on the key. */
const READS_A_SECRET = 'kms:Decrypt'

/**
 * The secrets of a key that somebody can no longer decrypt, or newly can; nothing where that does not change.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function EncryptedWithIt({
  principals,
  encrypts: { secrets, total },
}: Pick<ResourceChanges, 'principals' | 'encrypts'>) {
  const isTouched = principals.some(decryptChanges)
  if (!isTouched || total === 0) return null
  return (
    <Alert type="warning" header={`${counted(total, 'secret is', 'secrets are')} encrypted with this key`}>
      Whoever loses {READS_A_SECRET} cannot read {total === 1 ? 'it' : 'them'} any more; whoever gains it may:{' '}
      {secrets.map(({ arn, name }, place) => (
        <Fragment key={arn}>
          {place > 0 && ', '}
          <SoftLink href={paths.resource(arn)}>{name}</SoftLink>
        </Fragment>
      ))}
      {total > secrets.length && ` and ${figure(total - secrets.length)} more`}.
    </Alert>
  )
}

function decryptChanges({ changes }: AffectedOnResource): boolean {
  return changes.some(({ actions }) => actions.some(({ action }) => action === READS_A_SECRET))
}
