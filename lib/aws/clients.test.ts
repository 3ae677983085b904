import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, vi } from 'vitest'
import { openAws } from './clients.ts'
import { untagSecret } from './secrets.ts'

// Waits for the real timeout of a write, so that it takes some seconds.
test('an answer that stops half-way ends as one whose fate is unknown', { timeout: 30_000 }, async () => {
  const server = createServer((_, res) => {
    res.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '2' }).write('{')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example')
  const call = untagSecret(openAws(), 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf', ['team'])
  await expect(call).rejects.toMatchObject({ code: 'unknownOutcome' })
  server.closeAllConnections()
  server.close()
  vi.unstubAllEnvs()
})
