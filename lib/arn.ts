/** Amazon Resource Name of a KMS key or of a Secrets Manager secret, always complete. */
export type Arn = string

export interface ArnParts {
  partition: string
  service: string
  region: string
  account: string
  /** Everything after the fifth colon, for example `key/1234…` or `secret:pay/db-AbCdEf`. */
  resource: string
}

/**
 * Takes an ARN apart; undefined when it is none.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(arn: string): ArnParts | undefined {
  const match = /^arn:([a-z][a-z0-9-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws)?:(.+)$/s.exec(arn)
  if (!match) return undefined
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match
  return { partition, service, region, account, resource }
}

// Key ids are UUIDs; multi-Region keys start with `mrk-`. KMS API Reference, "DescribeKey", KeyId.
const KEY = /^arn:[a-z][a-z0-9-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-)?[0-9a-f-]{32,36}$/
// Name, hyphen, six random characters. Secrets Manager User Guide, "Troubleshooting: ARN".
const SECRET = /^arn:[a-z][a-z0-9-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]{1,512}-[a-zA-Z0-9]{6}$/

/** Whether this is the complete ARN of a KMS key (not of an alias) or of a secret (with its six last characters). */
export function isResourceArn(arn: string): boolean {
  return KEY.test(arn) || SECRET.test(arn)
}

/** Whether this is the ARN of a KMS key; for complete ARNs of our two types, everything else is a secret. */
export function isKeyArn(arn: Arn): boolean {
  return KEY.test(arn)
}

/** The Region of a complete ARN; the client that sends a call for this resource is built for it. */
export function regionOf(arn: Arn): string {
  return parseArn(arn)?.region ?? ''
}

/** The last part of a key's ARN. KMS calls it the key id. */
export function keyIdOf(arn: Arn): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
