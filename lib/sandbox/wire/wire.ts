import type { AwsError } from '../errors.ts'
import type { HttpRequest, HttpResponse } from '../http.ts'

/** What a request asks for, still unchecked. */
export interface Asked {
  readonly operation: string
  readonly input: Record<string, unknown>
}

export type Output = Record<string, unknown> | undefined

/** One of AWS's protocols, set up for one service. */
export interface Wire {
  /** @throws AwsError when the request names no operation of the service or its body cannot be read */
  read(request: HttpRequest): Asked
  write(operation: string, output: Output, requestId: string): HttpResponse
  writeError(error: AwsError, requestId: string): HttpResponse
}

/** The key or secret as the request names it: an ARN, an id or a name. */
export function namedResource({ KeyId, SecretId, RoleArn }: Record<string, unknown>): string | undefined {
  return [KeyId, SecretId, RoleArn].find((id) => typeof id === 'string')
}

/** aws:TagKeys: the tag keys that the request removes or sets. */
export function namedTagKeys({ TagKeys, Tags }: Record<string, unknown>): string[] {
  const removed: unknown[] = Array.isArray(TagKeys) ? TagKeys : []
  const set: unknown[] = Array.isArray(Tags) ? Tags.map((tag) => tag?.TagKey ?? tag?.Key) : []
  return [...removed, ...set].filter((tagKey) => typeof tagKey === 'string')
}
