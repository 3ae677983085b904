import type * as cloudtrail from '@aws-sdk/client-cloudtrail'
import type { Principal } from '../principals.ts'

/** One call of the past, as CloudTrail's event history keeps it. */
export interface TrailEvent {
  /** Of the event and of its request. */
  readonly id: string
  readonly at: Date
  /** `kms:Decrypt` */
  readonly action: string
  readonly region: string
  /** The key by its ARN; a secret as the request named it. Absent where the call is about neither. */
  readonly resource?: string
  readonly principal: Principal
  readonly accessKeyId: string
  /** Absent where the call succeeded. */
  readonly errorCode?: string
}

const readingNames = /^(Describe|Get|List|Lookup|Decrypt|Encrypt|Generate|Verify|Sign|ReEncrypt|Simulate)/

/** What LookupEvents finds an event by. */
export const attributes: Record<cloudtrail.LookupAttributeKey, (event: TrailEvent) => readonly string[]> = {
  EventId: ({ id }) => [id],
  EventName: (event) => [partsOf(event).name],
  ReadOnly: (event) => [String(readingNames.test(partsOf(event).name))],
  AccessKeyId: ({ accessKeyId }) => [accessKeyId],
  EventSource: (event) => [`${partsOf(event).service}.amazonaws.com`],
  Username: ({ principal }) => [userNameOf(principal)],
  ResourceName: (event) => resourcesOf(event).map(({ ResourceName = '' }) => ResourceName),
  ResourceType: (event) => resourcesOf(event).map(({ ResourceType = '' }) => ResourceType),
}

/**
 * The event as LookupEvents answers it.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
 */
export function lookedUp(event: TrailEvent): cloudtrail.Event {
  const one = (key: cloudtrail.LookupAttributeKey) => attributes[key](event)[0]
  return {
    EventId: event.id,
    EventName: one('EventName'),
    ReadOnly: one('ReadOnly'),
    AccessKeyId: event.accessKeyId,
    EventTime: event.at,
    EventSource: one('EventSource'),
    Username: one('Username'),
    Resources: resourcesOf(event),
    CloudTrailEvent: JSON.stringify(recordOf(event)),
  }
}

const resourceTypes: Record<string, string | undefined> = {
  kms: 'AWS::KMS::Key',
  secretsmanager: 'AWS::SecretsManager::Secret',
}

function resourcesOf(event: TrailEvent): cloudtrail.Resource[] {
  const type = resourceTypes[partsOf(event).service]
  return type && event.resource !== undefined ? [{ ResourceType: type, ResourceName: event.resource }] : []
}

function recordOf(event: TrailEvent): object {
  const { service, name } = partsOf(event)
  const { resource, principal, errorCode } = event
  const isKey = service === 'kms' && resource !== undefined
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(event),
    eventTime: event.at.toISOString(),
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    awsRegion: event.region,
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-sdk-js',
    ...(errorCode && { errorCode }),
    requestParameters: resource === undefined ? null : { [service === 'kms' ? 'keyId' : 'secretId']: resource },
    responseElements: null,
    requestID: event.id,
    eventID: event.id,
    readOnly: readingNames.test(name),
    ...(isKey && { resources: [{ accountId: principal.accountId, type: resourceTypes.kms, ARN: resource }] }),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: principal.accountId,
    eventCategory: 'Management',
  }
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
function userIdentity({ principal, accessKeyId }: TrailEvent): object {
  const { accountId, arn, userId, role, session, user } = principal
  const common = { principalId: userId, arn, accountId, accessKeyId }
  if (user) return { type: 'IAMUser', ...common, userName: user.name }
  if (!role) return { type: 'Root', ...common }
  const sessionIssuer = { type: 'Role', principalId: role.id, arn: role.arn, accountId, userName: role.name }
  const attributes = { creationDate: session?.issuedAt.toISOString(), mfaAuthenticated: 'false' }
  return { type: 'AssumedRole', ...common, sessionContext: { sessionIssuer, attributes } }
}

/** Of a session its name; a role's is in the record. */
function userNameOf({ user, role, arn }: Principal): string {
  return user?.name ?? (role ? (arn.split('/').at(-1) ?? '') : 'root')
}

function partsOf({ action }: TrailEvent): { service: string; name: string } {
  const [service = '', name = ''] = action.split(':')
  return { service, name }
}
