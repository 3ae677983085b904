import {
  type ContextEntry,
  type EvaluationResult,
  type PolicyEvaluationDecisionType,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import type { Arn } from '../arn.ts'
import type { Aws } from './clients.ts'
import { translated } from './translate-error.ts'

// The maximum. IAM API Reference, "SimulatePrincipalPolicy".
const RESULTS_PER_PAGE = 1000

/** May this user or role do these actions on these resources, by its own side alone? */
export interface Simulation {
  /** Of a user or role, with its path; AWS takes no session. */
  readonly principalArn: string
  readonly actions: readonly string[]
  readonly arns: readonly Arn[]
  readonly context: readonly ContextEntry[]
}

/** What AWS's simulator says of one action on one resource. */
export interface SimulationResult {
  readonly action: string
  readonly arn: Arn
  readonly decision: PolicyEvaluationDecisionType
  /** Context keys that the policies read and nobody gave, lower-case; those of SCPs are not among them. */
  readonly missing: readonly string[]
  /** Null where no SCP, or no permissions boundary, was looked at. Of SCPs told for all resources in one. */
  readonly areScpsAllowing: boolean | null
  readonly isBoundaryAllowing: boolean | null
}

/**
 * A page of what IAM's simulator says; the first one without `marker`. Identity policies, the permissions boundary and
 * SCPs count; policies of resources, RCPs and session policies do not.
 * @throws ExpectedError `denied`, `notFound`, `invalidInput`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function simulatePage(
  aws: Aws,
  { principalArn, actions, arns, context }: Simulation,
  marker: string | undefined,
): Promise<{ results: SimulationResult[]; next: string | undefined }> {
  return translated({ operation: 'iam:SimulatePrincipalPolicy', resource: principalArn }, async () => {
    const command = new SimulatePrincipalPolicyCommand({
      PolicySourceArn: principalArn,
      ActionNames: [...actions],
      ResourceArns: [...arns],
      ContextEntries: [...context],
      MaxItems: RESULTS_PER_PAGE,
      Marker: marker,
    })
    const { EvaluationResults = [], IsTruncated, Marker } = await aws.iam().send(command)
    return { results: EvaluationResults.flatMap(resultsOf), next: IsTruncated ? Marker : undefined }
  })
}

/** AWS tells all resources of an action in one result, where it once gave each its own. */
function resultsOf(result: EvaluationResult): SimulationResult[] {
  const { EvalActionName: action = '', OrganizationsDecisionDetail: organizations } = result
  const areScpsAllowing = organizations?.AllowedByOrganizations ?? null
  const each = result.ResourceSpecificResults?.length
    ? result.ResourceSpecificResults.map((one) => ({ ...one, EvalDecision: one.EvalResourceDecision }))
    : [result]
  return each.flatMap(({ EvalResourceName: arn, EvalDecision: decision, ...detail }) => {
    if (!arn || !decision) return []
    const missing = (detail.MissingContextValues ?? []).map((contextKey) => contextKey.toLowerCase())
    const boundary = detail.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary ?? null
    return { action, arn, decision, missing, areScpsAllowing, isBoundaryAllowing: boundary }
  })
}
