import { isRecord } from '../constraints.ts'
import { AwsError } from '../errors.ts'
import type { HttpRequest } from '../http.ts'
import type { Wire } from './wire.ts'

/**
 * AWS JSON 1.1: the operation in `X-Amz-Target`, dates as seconds since 1970. An operation without output has an
 * empty body.
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function jsonWire({ targetPrefix, errorTextMember }: { targetPrefix: string; errorTextMember: string }): Wire {
  const headers = (requestId: string) => ({
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': requestId,
  })
  return {
    read(request) {
      const [prefix, operation] = (request.headers['x-amz-target'] ?? '').split('.')
      if (prefix !== targetPrefix || !operation) throw new AwsError('UnknownOperationException', '', 404)
      return { operation, input: readJson(request) }
    },
    write: (_operation, output, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: output ? writeJson(output) : '',
    }),
    writeError: (error, requestId) => ({
      status: error.status,
      headers: headers(requestId),
      body: JSON.stringify({ __type: error.code, [errorTextMember]: error.message }),
    }),
  }
}

/** The body as a JSON object. @throws AwsError `SerializationException` */
export function readJson(request: HttpRequest): Record<string, unknown> {
  const text = Buffer.from(request.body).toString()
  if (text === '') return {}
  const value = parse(text)
  if (!isRecord(value))
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected.')
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AwsError('SerializationException', 'Could not parse the request body as JSON.')
  }
}

function writeJson(output: Record<string, unknown>): string {
  return JSON.stringify(output, function (this: Record<string, unknown>, key, value: unknown) {
    const original = this[key]
    return original instanceof Date ? original.getTime() / 1_000 : value
  })
}
