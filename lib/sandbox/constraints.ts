import { AwsError } from './errors.ts'

/** What an AWS API model says of a member. Lengths in characters, a blob's in bytes; bounds inclusive. */
export type Constraint =
  | { type: 'string'; min?: number; max?: number; values?: readonly string[]; pattern?: string; required?: boolean }
  | { type: 'integer'; min?: number; max?: number; required?: boolean }
  | { type: 'boolean'; required?: boolean }
  | { type: 'blob'; min?: number; max?: number; required?: boolean }
  | { type: 'list'; min?: number; max?: number; member: Constraint; required?: boolean }
  | { type: 'map'; max?: number; value: Constraint; required?: boolean }
  | { type: 'structure'; members: Members; required?: boolean }

export type Members = Readonly<Record<string, Constraint>>

/**
 * All violations of the model, each in the text of AWS's framework: `Value 'x' at 'tagKeys.1.member' failed to
 * satisfy constraint: Member must have length less than or equal to 128`.
 *
 * @throws AwsError `SerializationException` for a value of the wrong JSON type
 */
export function violations(input: Readonly<Record<string, unknown>>, members: Members, path = ''): string[] {
  return Object.entries(members).flatMap(([name, constraint]) =>
    violationsAt(input[name], constraint, path + name.charAt(0).toLowerCase() + name.slice(1)),
  )
}

/** AWS's sentence for the violations, or undefined when there are none. */
export function validationText(found: readonly string[]): string | undefined {
  if (found.length === 0) return undefined
  return `${found.length} validation error${found.length === 1 ? '' : 's'} detected: ${found.join('; ')}`
}

function violationsAt(value: unknown, constraint: Constraint, path: string): string[] {
  if (value === undefined || value === null) {
    return constraint.required ? [violation(null, path, 'Member must not be null')] : []
  }
  switch (constraint.type) {
    case 'string': {
      if (typeof value !== 'string') throw wrongType(value, 'String')
      // AWS counts characters, not UTF-16 units.
      return [
        ...outside([...value].length, constraint, 'have length'),
        ...(constraint.values && !constraint.values.includes(value)
          ? [`Member must satisfy enum value set: [${constraint.values.join(', ')}]`]
          : []),
        ...(constraint.pattern && !new RegExp(`^(?:${constraint.pattern})$`).test(value)
          ? [`Member must satisfy regular expression pattern: ${constraint.pattern}`]
          : []),
      ].map((text) => violation(value, path, text))
    }
    case 'integer': {
      // The query protocol sends numbers as text.
      const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
      if (typeof number !== 'number' || !Number.isInteger(number)) throw wrongType(value, 'Integer')
      return outside(number, constraint, 'have value').map((text) => violation(value, path, text))
    }
    case 'boolean':
      // The query protocol sends truth values as text too.
      if (typeof value !== 'boolean' && value !== 'true' && value !== 'false') throw wrongType(value, 'Boolean')
      return []
    case 'blob': {
      if (typeof value !== 'string') throw wrongType(value, 'Blob')
      return outside(Buffer.from(value, 'base64').length, constraint, 'have length').map((text) =>
        violation(value, path, text),
      )
    }
    case 'map': {
      if (!isRecord(value)) throw wrongType(value, 'Map')
      const entries = Object.entries(value)
      return [
        ...outside(entries.length, constraint, 'have length').map((text) =>
          violation(
            entries.map(([key]) => key),
            path,
            text,
          ),
        ),
        ...entries.flatMap(([key, inner]) => violationsAt(inner, constraint.value, `${path}.${key}.member`)),
      ]
    }
    case 'list': {
      if (!Array.isArray(value)) throw wrongType(value, 'List')
      return [
        ...outside(value.length, constraint, 'have length').map((text) => violation(value, path, text)),
        ...value.flatMap((item, index) => violationsAt(item, constraint.member, `${path}.${index + 1}.member`)),
      ]
    }
    case 'structure':
      if (!isRecord(value)) throw wrongType(value, 'Structure')
      return violations(value, constraint.members, `${path}.`)
  }
}

/** Whether the value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function outside(size: number, bounds: { min?: number; max?: number }, what: string): string[] {
  return [
    ...(bounds.min !== undefined && size < bounds.min
      ? [`Member must ${what} greater than or equal to ${bounds.min}`]
      : []),
    ...(bounds.max !== undefined && size > bounds.max
      ? [`Member must ${what} less than or equal to ${bounds.max}`]
      : []),
  ]
}

function violation(value: unknown, path: string, text: string): string {
  const shown = value === null ? 'null' : `'${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}'`
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${text}`
}

function wrongType(value: unknown, wanted: string): AwsError {
  const given = Array.isArray(value) ? 'START_ARRAY' : isRecord(value) ? 'START_OBJECT' : `${typeof value}_VALUE`
  return new AwsError('SerializationException', `${given.toUpperCase()} can not be converted to ${wanted}`)
}
