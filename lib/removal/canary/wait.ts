// "Tag changes might take up to five minutes to affect KMS key authorization."
// https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
const WAIT_SECONDS_DEFAULT = 300

/**
 * Seconds until KMS follows a changed tag, which a canary with keys waits out. Set by the environment variable
 * UNTAG_CANARY_WAIT, which is validated when the console starts.
 */
export function canaryWaitSeconds(): number {
  return Number(process.env.UNTAG_CANARY_WAIT ?? WAIT_SECONDS_DEFAULT)
}

/** Seconds after which KMS follows at the latest: as long as a canary waits, and AWS's time where it does not wait at all. */
export function kmsFollowsSeconds(): number {
  return canaryWaitSeconds() || WAIT_SECONDS_DEFAULT
}
