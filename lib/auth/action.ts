import '#server-only'
import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import { ExpectedError, isExpectedError, problemOf } from '../errors.ts'
import type { Deferred, Result } from '../result.ts'
import { isWhole } from '../text.ts'
import { type Actor, requirePermission } from './actor.ts'
import type { Permission } from './permissions.ts'

type Run<Schema extends z.ZodType, Data> = (input: z.output<Schema>, actor: Actor) => Promise<Data>

/**
 * Makes a server action that changes something: session, permission and input are checked, and failures answered as
 * values. The input is whatever a browser sent, so nothing is believed before the schema has read it.
 */
export function action<Schema extends z.ZodType, Data>(permission: Permission, schema: Schema, run: Run<Schema, Data>) {
  return async (input: z.input<Schema>): Promise<Result<Data>> => answer(permission, schema, run, input)
}

/** Makes a server action that reads. Its promise resolves at once, which frees the tab's queue of actions; see {@link Deferred}. */
export function query<Schema extends z.ZodType, Data>(permission: Permission, schema: Schema, run: Run<Schema, Data>) {
  return async (input: z.input<Schema>): Promise<Deferred<Data>> => ({ result: answer(permission, schema, run, input) })
}

async function answer<Schema extends z.ZodType, Data>(
  permission: Permission,
  schema: Schema,
  run: Run<Schema, Data>,
  input: unknown,
): Promise<Result<Data>> {
  try {
    const actor = await requirePermission(permission)
    return { ok: true, data: await run(read(schema, input), actor) }
  } catch (error) {
    unstable_rethrow(error) // redirect() and notFound() are control flow, not failures
    if (!isExpectedError(error)) console.error(error)
    return { ok: false, error: problemOf(error) }
  }
}

function read<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) {
    if (isWhole(parsed.data)) return parsed.data
    throw new ExpectedError('invalidInput', 'the input holds U+0000 or half a character, which no text of AWS does')
  }
  const [issue] = parsed.error.issues
  const place = issue?.path.join('.')
  throw new ExpectedError(
    'invalidInput',
    `${place ? `\`${place}\`: ` : ''}${issue?.message ?? 'the input is not valid'}`,
  )
}
