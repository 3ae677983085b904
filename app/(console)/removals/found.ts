import { notFound } from 'next/navigation'
import { z } from 'zod'
import { isExpectedError } from '#lib/errors.ts'

/** Reads what an address names; an id that is none, or that this caller has nothing under, is a page that is not found. */
export async function found<Data>(id: string, read: (id: string) => Promise<Data>): Promise<Data> {
  if (!z.uuid().safeParse(id).success) notFound()
  try {
    return await read(id)
  } catch (error) {
    if (isExpectedError(error) && error.code === 'notFound') notFound()
    throw error
  }
}
