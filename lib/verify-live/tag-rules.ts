import type { Arn } from '../arn.ts'
import { paceOf } from '../aws/pace.ts'
import { pacedCall } from '../aws/paced.ts'
import { tagOperations } from '../aws/tag-operations.ts'
import type { ResourceType } from '../resource.ts'
import { secondsUntil, within } from './patience.ts'
import { refusalOf, refusedAs } from './refusal.ts'
import { didNotHold, held, type Place, type Rule } from './rule.ts'
import { MARK, SPARE } from './throwaway.ts'

/** After so long the product calls a tag still present; Terraform waits as long for the tags of keys. */
const READ_SECONDS = 600

interface TagFacts {
  readonly untagPage: string
  readonly consistencyPage: string
  readonly notFound: string
  readonly pendingDeletion: string
  /** An ARN of the right form that nothing has. */
  unknownArn(place: Place): Arn
}

const facts: Record<ResourceType, TagFacts> = {
  key: {
    untagPage: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html',
    consistencyPage: 'https://docs.aws.amazon.com/kms/latest/developerguide/accessing-kms.html',
    notFound: 'NotFoundException',
    pendingDeletion: 'KMSInvalidStateException',
    unknownArn: ({ identity: { partition, account }, region }) =>
      `arn:${partition}:kms:${region}:${account}:key/00000000-0000-4000-8000-000000000000`,
  },
  secret: {
    untagPage: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html',
    consistencyPage: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html',
    notFound: 'ResourceNotFoundException',
    pendingDeletion: 'InvalidRequestException',
    unknownArn: ({ identity: { partition, account }, region }) =>
      `arn:${partition}:secretsmanager:${region}:${account}:secret:${MARK}/nothing-AbCdEf`,
  },
}

/** What both services promise of tags. */
export const tagRules = (['key', 'secret'] as const).flatMap((on) => [
  absentTag(on),
  readBack(on),
  reservedTag(on),
  unknownResource(on),
  pendingDeletion(on),
])

function absentTag(on: ResourceType): Rule {
  return {
    on,
    rule: 'removing a tag that is not there succeeds and changes nothing; upper and lower case count',
    source: facts[on].untagPage,
    when: 'inUse',
    async attempt(place, arn) {
      const before = await readTags(on, place, arn)
      const refusal = await refusalOf(() => untag(on, place, arn, [MARK.toUpperCase()]))
      if (refusal?.told.code === 'denied') throw refusal.told
      if (refusal) return didNotHold(`${refusal.name}: ${refusal.words}`)
      const after = await readTags(on, place, arn)
      return before === after ? held('no error, the same tags') : didNotHold(`the tags were ${before}, now ${after}`)
    },
  }
}

function readBack(on: ResourceType): Rule {
  return {
    on,
    rule: `a removed tag is gone from what is read within ${READ_SECONDS / 60} minutes, and the others stay`,
    source: facts[on].consistencyPage,
    when: 'inUse',
    async attempt(place, arn) {
      const tags = await tagOperations[on].readTags(place.aws, arn)
      const others = JSON.stringify(tags.filter(({ key }) => key !== SPARE))
      await untag(on, place, arn, [SPARE])
      const seconds = await secondsUntil(place, async () => (await readTags(on, place, arn)) === others)
      return within(READ_SECONDS, seconds, place.patience)
    },
  }
}

function reservedTag(on: ResourceType): Rule {
  return {
    on,
    rule: 'a tag whose key begins with aws: cannot be removed',
    source: 'https://docs.aws.amazon.com/tag-editor/latest/userguide/reference.html',
    when: 'inUse',
    async attempt(place, arn) {
      // Under which name it is refused is not documented.
      const refusal = await refusalOf(() => untag(on, place, arn, ['aws:untag:verify']))
      if (refusal?.told.code === 'denied') throw refusal.told
      return refusal ? held(`${refusal.name}: ${refusal.words}`) : didNotHold('AWS answered without an error')
    },
  }
}

function unknownResource(on: ResourceType): Rule {
  return {
    on,
    rule: `what does not exist is answered with ${facts[on].notFound}`,
    source: facts[on].untagPage,
    when: 'inUse',
    attempt: (place) => refusedAs(facts[on].notFound, () => untag(on, place, facts[on].unknownArn(place), [SPARE])),
  }
}

function pendingDeletion(on: ResourceType): Rule {
  return {
    on,
    rule: `tags of what waits for its deletion cannot be removed: ${facts[on].pendingDeletion}`,
    source: facts[on].untagPage,
    when: 'pendingDeletion',
    async attempt(place, arn) {
      // The tag is not there, so that a call which comes through changes nothing.
      const untagAgain = () => untag(on, place, arn, [SPARE])
      await secondsUntil(place, async () => (await refusalOf(untagAgain)) !== undefined)
      return refusedAs(facts[on].pendingDeletion, untagAgain)
    },
  }
}

function untag(on: ResourceType, { aws, identity, region }: Place, arn: Arn, tagKeys: string[]): Promise<string> {
  const pace = paceOf(identity.account, region, tagOperations[on].untagQuota, 1)
  return pacedCall(pace, () => tagOperations[on].untag(aws, arn, tagKeys))
}

async function readTags(on: ResourceType, { aws }: Place, arn: Arn): Promise<string> {
  return JSON.stringify(await tagOperations[on].readTags(aws, arn))
}
