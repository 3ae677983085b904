import { keyIdOf, parseArn } from '../arn.ts'
import type { Filter, FilterToken } from '../filter.ts'
import type { Resource } from '../resource.ts'
import { snapshots } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { insertResources } from './resource-rows.ts'
import { completeNow } from './snapshot.ts'

export const TEST_ACCOUNT = '111122223333'
export const TEST_SCOPE = `${TEST_ACCOUNT}:AROAEXAMPLEID`

/** For tests: a plain customer managed key or secret in eu-central-1; the number tells them apart. */
export function testResource(number: number, changes: Partial<Resource> = {}): Resource {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  const arn =
    changes.type === 'secret'
      ? `arn:aws:secretsmanager:eu-central-1:${TEST_ACCOUNT}:secret:s${number}-AbCdEf`
      : `arn:aws:kms:eu-central-1:${TEST_ACCOUNT}:key/${id}`
  const { account = '', region = '' } = parseArn(arn) ?? {}
  return {
    arn,
    type: 'key',
    account,
    region,
    name: keyIdOf(arn),
    aliases: [],
    description: '',
    state: 'Enabled',
    manager: 'customer',
    createdAt: '2026-01-02T03:04:05.000Z',
    deletionAt: null,
    primaryRegion: null,
    siblings: [],
    kmsKeyId: null,
    tags: [],
    problem: null,
    ...changes,
  }
}

/** For tests: puts these resources into a complete snapshot of {@link TEST_SCOPE}. */
export async function storeSnapshot(store: Store, found: Resource[], scope = TEST_SCOPE): Promise<string> {
  const values = { scope, state: 'scanning' } as const
  const [snapshot] = await store.db.insert(snapshots).values(values).returning({ id: snapshots.id })
  if (!snapshot) throw new Error('the snapshot was not stored')
  await insertResources(store, snapshot.id, found)
  await completeNow(store.db, snapshot.id)
  return snapshot.id
}

// Yes, no, or not known.
type Answer = boolean | null | undefined
const not = (answer: Answer): Answer => (answer == null ? null : !answer)
const any = (answers: Answer[]): Answer =>
  answers.includes(true) ? true : answers.some((answer) => answer == null) ? null : false
const all = (answers: Answer[]): Answer => not(any(answers.map(not)))

/** For tests: the meaning of a filter, read off its documentation one resource at a time. */
export function matches(resource: Resource, { operation, tokens }: Filter): boolean {
  const answers = tokens.map((token) => {
    const answer = positive(resource, token)
    return token.operator.startsWith('!') ? not(answer) : answer
  })
  return (operation === 'and' || tokens.length === 0 ? all(answers) : any(answers)) === true
}

function positive(resource: Resource, { property, tagKey, operator, value }: FilterToken): Answer {
  const is = (text: string) =>
    operator.endsWith(':') ? text.toLowerCase().includes(value.toLowerCase()) : text === value
  const { tags } = resource
  switch (property) {
    case 'type':
    case 'region':
    case 'state':
    case 'manager':
      return is(resource[property])
    case 'tagKey':
      return tags?.some(({ key }) => is(key))
    case 'tag':
      return tags?.some((tag) => tag.key === tagKey && is(tag.value))
    case 'text':
      return any([
        ...[resource.name, resource.arn, resource.description, ...resource.aliases].map(is),
        tags?.some(({ key, value: tagValue }) => is(key) || is(tagValue)),
      ])
  }
}
