const SHARE_DEFAULT = 0.8

/**
 * The share of AWS's write quotas that removals may use, 0.05 to 1; the rest is left to everybody else in the account.
 * Set by the environment variable UNTAG_SHARE, which is validated when the console starts.
 */
export function writeShare(): number {
  return Number(process.env.UNTAG_SHARE ?? SHARE_DEFAULT)
}
