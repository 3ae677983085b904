/** Who started a removal: role and session, or user; the whole ARN is the title. */
export function StartedBy({ arn }: { arn: string }) {
  const name = arn.slice(arn.lastIndexOf(':') + 1).replace(/^(assumed-role|user)\//, '')
  return (
    <span className="untag-break" title={arn}>
      {name}
    </span>
  )
}
