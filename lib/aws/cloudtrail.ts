import { type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
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
    const command = new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: resourceName }],
      StartTime: from,
      EndTime: to,
      MaxResults: EVENTS_PER_PAGE,
      NextToken: token,
    })
    const { Events = [], NextToken } = await aws.cloudTrail(region).send(command)
    const oldestAt = Events.at(-1)?.EventTime?.toISOString() ?? null
    return { uses: Events.flatMap(useOf), oldestAt, next: NextToken }
  })
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
