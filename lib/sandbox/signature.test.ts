import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ exactly: [] })
})
afterAll(() => sandbox.stop())

interface Raw {
  service: string
  path?: string
  headers: Record<string, string>
  body: string
}

const kms: Raw = {
  service: 'kms',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' },
  body: '{}',
}
const secrets: Raw = {
  ...kms,
  service: 'secretsmanager',
  headers: { ...kms.headers, 'x-amz-target': 'secretsmanager.ListSecrets' },
}
const sts: Raw = {
  service: 'sts',
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
}
const account: Raw = {
  service: 'account',
  path: '/listRegions',
  headers: { 'content-type': 'application/json' },
  body: '{}',
}

/** Signs as the AWS CLI does: without a content hash among the headers. */
async function sign(raw: Raw, signingDate = new Date()): Promise<Record<string, string>> {
  const { host, hostname } = new URL(sandbox.url)
  const { service, path = '/', headers, body } = raw
  const signer = new SignatureV4({
    service,
    region: 'eu-central-1',
    credentials: sandbox.credentials,
    sha256: Sha256,
    applyChecksum: false,
  })
  const request = { method: 'POST', protocol: 'http:', hostname, path, headers: { ...headers, host }, body }
  const { host: _, ...signed } = (await signer.sign(request, { signingDate })).headers
  return signed
}

const send = async ({ path = '/', body }: Raw, headers: Record<string, string>) => {
  const response = await fetch(sandbox.url + path, { method: 'POST', headers, body })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)

test.each([
  ['KMS', kms, '"Keys"'],
  ['Secrets Manager', secrets, '"SecretList"'],
  ['STS', sts, '<Account>111122223333</Account>'],
  ['Account', account, '"Regions"'],
])('%s takes a request signed by hand and names its request id', async (_, raw, text) => {
  const answer = await send(raw, await sign(raw))
  expect(answer).toMatchObject({ status: 200, text: expect.stringContaining(text) })
  expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/)
})

const refusals: [
  rule: string,
  raw: Raw,
  change: (headers: Record<string, string>) => Record<string, string>,
  status: number,
  text: string,
][] = [
  ['no signature', kms, ({ authorization: _, ...rest }) => rest, 403, 'MissingAuthenticationTokenException'],
  ['no signature, query', sts, ({ authorization: _, ...rest }) => rest, 403, '<Code>MissingAuthenticationToken</Code>'],
  [
    'half a signature',
    kms,
    (headers) => ({ ...headers, authorization: 'AWS4-HMAC-SHA256 Credential=x' }),
    403,
    'IncompleteSignatureException',
  ],
  [
    'a signature changed',
    kms,
    (headers) => ({ ...headers, authorization: `${headers.authorization?.slice(0, -4)}0000` }),
    400,
    'InvalidSignatureException',
  ],
  [
    'a signature changed, query',
    sts,
    (headers) => ({ ...headers, authorization: `${headers.authorization?.slice(0, -4)}0000` }),
    403,
    '<Code>SignatureDoesNotMatch</Code>',
  ],
  [
    'a signed header changed',
    kms,
    (headers) => ({ ...headers, 'x-amz-target': 'TrentService.ListAliases' }),
    400,
    'InvalidSignatureException',
  ],
  [
    'a content hash that is not the body’s',
    kms,
    (headers) => ({ ...headers, 'x-amz-content-sha256': '0'.repeat(64) }),
    400,
    'InvalidSignatureException',
  ],
  [
    'the scope of another service',
    { ...kms, service: 'secretsmanager' },
    (headers) => headers,
    400,
    "Credential should be scoped to correct service: 'kms'.",
  ],
]

test.each(refusals)('refuses %s', async (_, raw, change, status, text) => {
  expect(await send(raw, change(await sign(raw)))).toMatchObject({ status, text: expect.stringContaining(text) })
})

test('refuses a body that was changed on the way', async () => {
  const headers = await sign(kms)
  expect(await send({ ...kms, body: '{"Limit":1}' }, headers)).toMatchObject({
    status: 400,
    text: expect.stringContaining('InvalidSignatureException'),
  })
})

test.each([
  ['16 minutes late', 16, 400, 'Signature expired'],
  ['16 minutes early', -16, 400, 'Signature not yet current'],
  ['10 minutes late', 10, 200, 'Keys'],
])('a clock that is %s', async (_, minutes, status, text) => {
  expect(await send(kms, await sign(kms, minutesAgo(minutes)))).toMatchObject({
    status,
    text: expect.stringContaining(text),
  })
})

const target = (name: string): Raw => ({ ...kms, headers: { ...kms.headers, 'x-amz-target': name } })

test.each([
  ['an unknown JSON operation', target('TrentService.DoAsYouLike'), 404, 'UnknownOperationException'],
  [
    'an operation named like a member of every object',
    target('TrentService.constructor'),
    404,
    'UnknownOperationException',
  ],
  [
    'an unknown query action',
    { ...sts, body: 'Action=DoAsYouLike&Version=2011-06-15' },
    400,
    '<Code>InvalidAction</Code>',
  ],
  [
    'another version',
    { ...sts, body: 'Action=GetCallerIdentity&Version=2000-01-01' },
    400,
    '<Code>InvalidAction</Code>',
  ],
  ['an unknown path', { ...account, path: '/nothing' }, 404, ''],
  ['a body that is no JSON', { ...kms, body: '{' }, 400, 'SerializationException'],
  [
    'a list where text belongs',
    { ...target('TrentService.DescribeKey'), body: '{"KeyId":[]}' },
    400,
    'SerializationException',
  ],
])('answers %s', async (_, raw, status, text) => {
  expect(await send(raw, await sign(raw))).toMatchObject({ status, text: expect.stringContaining(text) })
})
