'use client'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'

/** A resource of which the log knows no more than its ARN, leading to its page. */
export function ResourceLink({ arn }: { arn: string }) {
  const [, , service, region, , ...rest] = arn.split(':')
  return (
    <span className="untag-break" title={arn}>
      <SoftLink href={paths.resource(arn)}>{rest.join(':')}</SoftLink>{' '}
      {service !== undefined && `${service === 'kms' ? 'KMS' : 'Secrets Manager'} in ${region}`}
    </span>
  )
}
