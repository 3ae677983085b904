import type * as cloudtrail from '@aws-sdk/client-cloudtrail'
import { AwsError } from '../errors.ts'
import { type Call, operation } from '../operation.ts'
import { page } from '../paging.ts'
import { eventsOf, type Habit } from './habits.ts'
import { recordedEvent } from './recorded.ts'
import { attributes, lookedUp, type TrailEvent } from './trail-event.ts'

/** A request as it stands on the wire: instants are seconds since 1970. */
type OnWire = Omit<cloudtrail.LookupEventsRequest, 'StartTime' | 'EndTime'> & { StartTime?: number; EndTime?: number }

const attributeKeys = [
  'EventId',
  'EventName',
  'ReadOnly',
  'Username',
  'ResourceType',
  'ResourceName',
  'EventSource',
  'AccessKeyId',
] as const satisfies cloudtrail.LookupAttributeKey[]

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const lookupEvents = operation<OnWire>({
  quota: 'cloudtrail:LookupEvents',
  members: {
    LookupAttributes: {
      type: 'list',
      member: {
        type: 'structure',
        members: {
          AttributeKey: { type: 'string', required: true, values: attributeKeys },
          AttributeValue: { type: 'string', required: true, min: 1, max: 2000 },
        },
      },
    },
    EventCategory: { type: 'string', values: ['insight'] },
    MaxResults: { type: 'integer', min: 1, max: 50 },
    NextToken: { type: 'string' },
  },
  run(call, { LookupAttributes = [], StartTime, EndTime, EventCategory, MaxResults = 50, NextToken }) {
    if (LookupAttributes.length > 1) {
      throw new AwsError('InvalidLookupAttributesException', 'You can specify only one lookup attribute.')
    }
    if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime) {
      throw new AwsError('InvalidTimeRangeException', 'The start time is later than the end time.')
    }
    const [attribute] = LookupAttributes
    const listId = [call.account.id, call.region, JSON.stringify(attribute), StartTime, EndTime].join(' ')
    // What happens between two pages must not move the second.
    const [since, token = ''] = NextToken?.split('.') ?? [String(call.now.getTime())]
    const until = Math.min(Number(since), (EndTime ?? Number.POSITIVE_INFINITY) * 1000)
    const isAsked = ({ at }: TrailEvent) => at.getTime() <= until && at.getTime() >= (StartTime ?? 0) * 1000
    const found = EventCategory === undefined ? events(call, attribute).filter(isAsked) : []
    found.sort((one, other) => other.at.getTime() - one.at.getTime())
    const { items, next } = page(found, MaxResults, NextToken && token, listId, badToken)
    return { Events: items.map(lookedUp), ...(next && { NextToken: `${since}.${next}` }) }
  },
})

const badToken = { code: 'InvalidNextTokenException', message: 'The token is not valid.' }

/** What the account did in the Region: in the sandbox, and by the demo's history before. */
function events({ world, account, region }: Call, attribute: cloudtrail.LookupAttribute | undefined): TrailEvent[] {
  const recorded = world.calls
    .find({ accountId: account.id, region })
    .flatMap((call) => recordedEvent(world, call) ?? [])
  const habits = account.id === world.accountId ? world.habits.filter((habit) => mayHave(habit, region, attribute)) : []
  const all = [...recorded, ...habits.flatMap((habit) => [...eventsOf(habit, account, world.startedAt)])]
  const { AttributeKey, AttributeValue = '' } = attribute ?? {}
  return AttributeKey ? all.filter((event) => attributes[AttributeKey](event).includes(AttributeValue)) : all
}

function mayHave(habit: Habit, region: string, attribute: cloudtrail.LookupAttribute | undefined): boolean {
  const isOther = attribute?.AttributeKey === 'ResourceName' && attribute.AttributeValue !== habit.resource
  return habit.region === region && !isOther
}

/** CloudTrail, as far as its event history goes. */
export const trailOperations = { LookupEvents: lookupEvents }
