import { AwsError } from '../errors.ts'
import { readJson } from './json.ts'
import type { Wire } from './wire.ts'

/**
 * AWS REST-JSON as the Account service uses it: the operation is the path.
 * @see https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
 */
export function restWire(operationByPath: Readonly<Record<string, string>>): Wire {
  const headers = (requestId: string) => ({ 'content-type': 'application/json', 'x-amzn-requestid': requestId })
  return {
    read(request) {
      const operation = request.method === 'POST' ? operationByPath[request.path] : undefined
      if (!operation) throw new AwsError('UnknownOperationException', '', 404)
      return { operation, input: readJson(request) }
    },
    write: (_operation, output, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: JSON.stringify(output ?? {}),
    }),
    writeError: (error, requestId) => ({
      status: error.status,
      headers: { ...headers(requestId), 'x-amzn-errortype': error.code },
      body: JSON.stringify({ message: error.message }),
    }),
  }
}
