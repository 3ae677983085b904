import { isRecord, type Members } from '../constraints.ts'
import { AwsError } from '../errors.ts'
import type { Wire } from './wire.ts'

/**
 * AWS Query: a form with `Action` and `Version` in, XML out; lists as `Tags.member.1.Key`.
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function queryWire({ version, namespace }: { version: string; namespace: string }): Wire {
  const headers = (requestId: string) => ({ 'content-type': 'text/xml', 'x-amzn-requestid': requestId })
  return {
    read(request) {
      const form = new URLSearchParams(Buffer.from(request.body).toString())
      const operation = form.get('Action') ?? ''
      if (form.get('Version') !== version) {
        throw new AwsError(
          'InvalidAction',
          `Could not find operation ${operation} for version ${form.get('Version') ?? 'NO_VERSION_SPECIFIED'}`,
        )
      }
      return { operation, input: readForm(form) }
    },
    write(operation, output, requestId) {
      const result = output ? element(`${operation}Result`, output) : ''
      const metadata = element('ResponseMetadata', { RequestId: requestId })
      const body = `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`
      return { status: 200, headers: headers(requestId), body }
    },
    writeError(error, requestId) {
      const details = { Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message }
      const body = `<ErrorResponse xmlns="${namespace}">${element('Error', details)}${element('RequestId', requestId)}</ErrorResponse>`
      return { status: error.status, headers: headers(requestId), body }
    },
  }
}

/**
 * The input with its empty lists: they are written `Tags=`, which only the operation's members tell from an empty text.
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#collections
 */
export function withEmptyLists(input: Record<string, unknown>, members: Members): Record<string, unknown> {
  const isEmptyList = (name: string, value: unknown) => value === '' && members[name]?.type === 'list'
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, isEmptyList(name, value) ? [] : value]))
}

function readForm(form: URLSearchParams): Record<string, unknown> {
  const root: Record<string, unknown> = Object.create(null)
  for (const [name, value] of form) {
    if (name === 'Action' || name === 'Version') continue
    const steps = name.split('.')
    const last = steps.pop() ?? name
    let place = root
    for (const step of steps) {
      const inner = place[step]
      place = isRecord(inner) ? inner : Object.assign(place, { [step]: Object.create(null) })[step]
    }
    place[last] = value
  }
  return listsOf(root) as Record<string, unknown>
}

/** `{ member: { 1: a, 2: b } }` → `[a, b]`, at any depth. */
function listsOf(value: unknown): unknown {
  if (!isRecord(value)) return value
  if (isRecord(value.member)) return Object.values(value.member).map(listsOf)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, listsOf(inner)]))
}

function element(name: string, value: unknown): string {
  if (value === undefined) return ''
  return `<${name}>${content(value)}</${name}>`
}

function content(value: unknown): string {
  if (value instanceof Date) return value.toISOString().replace(/\.\d{3}Z$/, 'Z')
  if (Array.isArray(value)) return value.map((item) => element('member', item)).join('')
  if (isRecord(value))
    return Object.entries(value)
      .map(([name, inner]) => element(name, inner))
      .join('')
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
