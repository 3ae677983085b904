import type { Judgement, Layer } from '../evaluation/facts.ts'

// IAM User Guide, "Troubleshoot access denied error messages". AWS has no words of its own for grants and the root user.
const layerNames: Record<Layer, string> = {
  identityPolicy: 'an identity-based policy',
  resourcePolicy: 'a resource-based policy',
  permissionsBoundary: 'a permissions boundary',
  sessionPolicy: 'a session policy',
  scp: 'a service control policy',
  rcp: 'a resource control policy',
  grant: 'a resource-based policy',
  rootUser: 'an identity-based policy',
}

/** AWS's sentence for a refused request. It names one layer only. */
export function refusalText(
  { principalArn, action, resourceArn }: { principalArn: string; action: string; resourceArn: string },
  { decision, layer }: Pick<Judgement, 'decision' | 'layer'>,
): string {
  const name = layerNames[layer]
  const tail =
    decision === 'explicitDeny'
      ? `with an explicit deny in ${name}`
      : `because no ${name.replace(/^an? /, '')} allows the ${action} action`
  return `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resourceArn} ${tail}`
}
