import { type Event, type LookupAttribute, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { z } from 'zod'
import type { Aws } from './clients.ts'
import { translated } from './translate-error.ts'

// The maximum. CloudTrail API Reference, "LookupEvents".
const EVENTS_PER_PAGE = 50

/** A call that succeeded. */
export interface RecordedUse {
  /** Of the role, with its path, where a session made the call; of a user or the root user. */
  readonly principalArn: string
  /** Service and operation, `kms:Decrypt`; `kms:ReEncrypt` where IAM knows two actions. */
  readonly action: string
  /** ISO 8601, UTC. */
  readonly at: string
}

/** What to look up in CloudTrail's event history of a Region. */
export interface HistoryQuery {
  readonly region: string
  /** A key by its ARN; a secret by its ARN or its name, for only what the request named it by is found. */
  readonly resourceName: string
  readonly from: Date
  readonly to: Date
}

export interface HistoryPage {
  /** Newest first. Calls that failed and calls of AWS services are left out. */
  readonly uses: readonly RecordedUse[]
  /** When the oldest event of the page happened, ISO 8601; null on an empty page. */
  readonly oldestAt: string | null
  readonly next: string | undefined
}

/** A call as CloudTrail recorded it, whether it succeeded or not. */
export interface RecordedCall {
  readonly eventId: string
  /** The id that the caller was answered with. */
  readonly requestId: string
  /** ISO 8601, UTC, to the second. */
  readonly at: string
  readonly accessKeyId: string
  /** The key by its ARN; a secret as the request named it. Null when the record does not tell. */
  readonly resource: string | null
  /** Null for a call that succeeded. */
  readonly errorCode: string | null
}

/** Which calls to look up in CloudTrail's event history of a Region. */
export interface CallsQuery {
  readonly region: string
  readonly eventName: 'TagResource' | 'UntagResource'
  readonly from: Date
  readonly to: Date
}

// Of the record of an event, what tells who made the call and whether it succeeded. CloudTrail User Guide, "CloudTrail
// userIdentity element".
const recordShape = z.object({
  errorCode: z.string().optional(),
  userIdentity: z.object({
    arn: z.string().optional(),
    sessionContext: z.object({ sessionIssuer: z.object({ arn: z.string().optional() }).optional() }).optional(),
  }),
})

/**
 * A page of who called AWS about one key or secret, newest first; the first page without `token`. Events show minutes
 * after the call, and for 90 days.
 * @throws ExpectedError `denied`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function lookUpUses(
  aws: Aws,
  { region, resourceName, from, to }: HistoryQuery,
  token: string | undefined,
): Promise<HistoryPage> {
  return translated({ operation: 'cloudtrail:LookupEvents', resource: resourceName, region }, async () => {
    const attribute = { AttributeKey: 'ResourceName', AttributeValue: resourceName } as const
    const { events, next } = await pageOfEvents(aws, { region, attribute, from, to }, token)
    const oldestAt = events.at(-1)?.EventTime?.toISOString() ?? null
    return { uses: events.flatMap(useOf), oldestAt, next }
  })
}

const callShape = z.object({
  requestID: z.string(),
  errorCode: z.string().optional(),
  userIdentity: z.object({ accessKeyId: z.string() }),
  requestParameters: z.object({ keyId: z.string().optional(), secretId: z.string().optional() }).nullish(),
  resources: z.array(z.object({ ARN: z.string().optional() })).optional(),
})
const tagging = new Set(['kms.amazonaws.com', 'secretsmanager.amazonaws.com'])

/**
 * A page of the calls that changed tags of keys and secrets, whoever made them, newest first; the first page without
 * `token`. By the operation's name, because by an access key's id every read that it made would come too.
 * @throws ExpectedError `denied`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function lookUpCalls(
  aws: Aws,
  { region, eventName, from, to }: CallsQuery,
  token: string | undefined,
): Promise<{ readonly calls: readonly RecordedCall[]; readonly next: string | undefined }> {
  return translated({ operation: 'cloudtrail:LookupEvents', region }, async () => {
    const attribute = { AttributeKey: 'EventName', AttributeValue: eventName } as const
    const { events, next } = await pageOfEvents(aws, { region, attribute, from, to }, token)
    return { calls: events.flatMap(callOf), next }
  })
}

interface EventsQuery {
  region: string
  attribute: LookupAttribute
  from: Date
  to: Date
}

async function pageOfEvents(
  aws: Aws,
  { region, attribute, from, to }: EventsQuery,
  token: string | undefined,
): Promise<{ events: Event[]; next: string | undefined }> {
  const command = new LookupEventsCommand({
    LookupAttributes: [attribute],
    StartTime: from,
    EndTime: to,
    MaxResults: EVENTS_PER_PAGE,
    NextToken: token,
  })
  const { Events = [], NextToken } = await aws.cloudTrail(region).send(command)
  return { events: Events, next: NextToken }
}

function callOf({ EventId, EventSource = '', EventTime, CloudTrailEvent = '' }: Event): RecordedCall[] {
  const record = tagging.has(EventSource) ? callShape.safeParse(parsed(CloudTrailEvent)).data : undefined
  if (!EventId || !EventTime || !record) return []
  const { requestID, errorCode, userIdentity, requestParameters, resources } = record
  return [
    {
      eventId: EventId,
      requestId: requestID,
      at: EventTime.toISOString(),
      accessKeyId: userIdentity.accessKeyId,
      resource: resources?.[0]?.ARN ?? requestParameters?.keyId ?? requestParameters?.secretId ?? null,
      errorCode: errorCode ?? null,
    },
  ]
}

function useOf({ EventName, EventSource, EventTime, CloudTrailEvent = '' }: Event): RecordedUse[] {
  const record = recordShape.safeParse(parsed(CloudTrailEvent)).data
  if (!EventName || !EventTime || !record || record.errorCode !== undefined) return []
  const { arn, sessionContext } = record.userIdentity
  const principalArn = sessionContext?.sessionIssuer?.arn ?? arn
  if (principalArn === undefined) return []
  const service = EventSource?.replace(/\.amazonaws\.com$/, '')
  return [{ principalArn, action: `${service}:${EventName}`, at: EventTime.toISOString() }]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
