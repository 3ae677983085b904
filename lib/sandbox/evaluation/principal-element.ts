import { listOf, type PrincipalElement } from './facts.ts'

/** The AWS principals of a Principal or NotPrincipal element; services and federated identities are not among them. */
export function awsPrincipals(element: PrincipalElement | undefined): readonly string[] {
  if (element === undefined) return []
  return element === '*' ? ['*'] : listOf(element.AWS)
}

/**
 * The account that a principal stands for: the ARN `…:root` and the bare account id "behave the same way".
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
export function accountNamed(principal: string): string | undefined {
  const [, arnAccount, bareAccount] = /^(?:arn:[^:]+:iam::(\d{12}):root|(\d{12}))$/.exec(principal) ?? []
  return arnAccount ?? bareAccount
}
