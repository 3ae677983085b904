import type { ProtocolFamily } from './errors.ts'

/** Facts of each service's wire. The key is the service's name in the credential scope and in IAM actions. */
export const services = {
  kms: { family: 'json', targetPrefix: 'TrentService', errorTextMember: 'message' },
  secretsmanager: { family: 'json', targetPrefix: 'secretsmanager', errorTextMember: 'Message' },
  sts: { family: 'query', version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
  iam: { family: 'query', version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/' },
  organizations: { family: 'json', targetPrefix: 'AWSOrganizationsV20161128', errorTextMember: 'Message' },
  cloudtrail: { family: 'json', targetPrefix: 'CloudTrail_20131101', errorTextMember: 'Message' },
  account: { family: 'rest' },
} as const satisfies Record<string, { family: ProtocolFamily; [fact: string]: string }>

export type ServiceName = keyof typeof services

/** Whether the sandbox speaks this service; the name is the one of the credential scope. */
export function isService(name: string): name is ServiceName {
  return Object.hasOwn(services, name)
}
