import { type Deferred, type Result, unwrap } from '#lib/result.ts'

/** A server action that only reads; its answer does not hold up the other actions of this tab. */
export type Read<Input, Data> = (input: Input) => Promise<Deferred<Data>>
/** A server action that changes something. */
export type Change<Input, Data> = (input: Input) => Promise<Result<Data>>

/** Calls a reading action as TanStack Query wants it: the data, or a thrown error with `code`. */
export async function read<Input, Data>(action: Read<Input, Data>, input: Input): Promise<Data> {
  return unwrap(await (await action(input)).result)
}

/** Calls a changing action in the same way. */
export async function change<Input, Data>(action: Change<Input, Data>, input: Input): Promise<Data> {
  return unwrap(await action(input))
}
