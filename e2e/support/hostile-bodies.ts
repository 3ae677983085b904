import fc from 'fast-check'
import { mutated, mutation } from '#lib/access/testing.ts'
import { hostileText, tampered } from '#lib/testing.ts'

/** A request to a page as no page of ours sends it; `action` chooses one of the actions that there are. */
export interface HostileRequest {
  action: number
  headers: Record<string, string>
  body: string
}

const id = '00000000-0000-4000-8000-000000000000'
const arn = 'arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000'
const filter = { operation: 'and', tokens: [{ property: 'tag', tagKey: 'Owner', operator: '=', value: 'x' }] }

/** Arguments such as our pages send, which mutations start from; every action gets each of them. */
const real = [
  {},
  { planId: id, impactId: id, principal: 0, action: 'kms:Decrypt', arn },
  { planId: id, show: 'included', text: '', verdict: null, sign: null, page: 1, size: 20 },
  { planId: id, reviewedPlanDigest: '0'.repeat(64), drop: { by: 'arns', arns: [arn] }, arns: [arn] },
  { planId: id, reviewedPlanDigest: '0'.repeat(64), reviewedImpactId: id, acknowledgements: [] },
  { removalId: id, move: 'cancel', itemIds: [1, 2], outcome: 'all', text: '', page: 1, size: 20 },
  { filter, sort: 'name', descending: false, page: 1, size: 50 },
  { selection: { by: 'filter', filter, except: [arn] }, tags: [{ key: 'Owner' }], includeServiceOwned: false },
  { kind: 'scp', levels: [[{ name: 'a.json', text: '{}' }]], pattern: 'a*', note: '' },
].map((argument) => JSON.stringify([argument]))

/** What a string of React's Flight format may stand for: files, maps, streams, promises, functions, paths into a part. */
const references = [
  '$0',
  '$1',
  '$@0',
  '$F1',
  '$T1',
  '$Q1',
  '$W1',
  '$K1',
  '$B1',
  '$i1',
  '$h1',
  '$X1',
  '$x1',
  '$R1',
  '$r1',
  '$A1',
  '$undefined',
  '$NaN',
  '$-Infinity',
  '$n99999999999999999999',
  '$D2026-13-45',
  '$Sx',
  '$Z',
  '$Yx',
  '$1:__proto__:then',
  '$0:constructor:constructor',
  '$1:a:b:c',
  '$ffffffffffffffffffff',
]
const thenable = JSON.stringify({
  // biome-ignore lint/suspicious/noThenProperty: it is what an attacker sends.
  then: '$1:__proto__:then',
  status: 'resolved_model',
  reason: -1,
  value: '{"then":"$B1337"}',
  _response: { _prefix: 'process.exit(7)//', _chunks: '$Q2', _formData: { get: '$1:constructor:constructor' } },
})

const flight = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...real), mutation).map(([text, change]) => mutated(text, change)) },
  { weight: 2, arbitrary: tampered(fc.constantFrom(...real)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...real), fc.nat(), fc.constantFrom(...references))
      .map(([text, at, by]) => mutated(text, { at, by: JSON.stringify(by), kind: 'value' })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(thenable, `[${thenable}]`, '["$@0"]', `${'['.repeat(5000)}${']'.repeat(5000)}`),
  },
  { weight: 1, arbitrary: hostileText },
)

const BOUNDARY = 'untag-boundary'
const partName = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('0', '1', '2', '$ACTION_REF_1', '$ACTION_1:0', '$ACTION_1:1', '$ACTION_KEY'),
  },
  { weight: 1, arbitrary: hostileText.map((text) => text.replace(/[\r\n"]/g, '')) },
)
const multipart = fc
  .tuple(fc.array(fc.tuple(partName, flight), { maxLength: 4 }), fc.boolean())
  .map(([parts, isWhole]) => {
    const told = parts.map(
      ([name, text]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
    )
    return told.join('') + (isWhole ? `--${BOUNDARY}--\r\n` : '')
  })

const withType = (type: string, bodies: fc.Arbitrary<string>) => bodies.map((body) => ({ type, body }))
const typed = fc.oneof(
  { weight: 6, arbitrary: withType('text/plain;charset=UTF-8', flight) },
  { weight: 3, arbitrary: withType(`multipart/form-data; boundary=${BOUNDARY}`, multipart) },
  { weight: 1, arbitrary: withType('multipart/form-data', multipart) },
  { weight: 1, arbitrary: withType('application/x-www-form-urlencoded', flight) },
  { weight: 1, arbitrary: withType('application/json', flight) },
)
const oddHeaders = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('x', '__proto__', '0'.repeat(42), '').map((name) => ({ 'next-action': name })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('%zz', '{', '%5B%5D', 'null')
      .map((tree) => ({ rsc: '1', 'next-router-state-tree': tree })),
  },
)

/** Requests mutated from real ones and made from nothing; the same ones for the same seed. */
export function hostileRequests(seed: number, count: number): HostileRequest[] {
  const one = fc.record({ action: fc.nat(), typed, odd: oddHeaders }).map(({ action, typed: { type, body }, odd }) => ({
    action,
    headers: { 'content-type': type, ...odd },
    body: body.toWellFormed(),
  }))
  return fc.sample(one, { seed, numRuns: count })
}
