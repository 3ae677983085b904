import '#server-only'
import { unstable_rethrow } from 'next/navigation'
import { appendToConsole } from '../audit/append.ts'
import { errorStatus, isExpectedError, problemOf } from '../errors.ts'
import { store } from '../store/store.ts'
import { type Actor, requirePermission } from './actor.ts'
import type { Permission } from './permissions.ts'

/** A file as a browser saves it. */
export interface Download {
  name: string
  /** MIME type without charset; the text is UTF-8. */
  type: 'application/json' | 'application/jsonl' | 'text/csv' | 'text/html' | 'text/x-shellscript'
  /** Of a long file, parts that are made as the browser takes them. */
  text: string | AsyncIterable<string>
}

type Make<Params> = (params: Params, actor: Actor, search: URLSearchParams) => Promise<Download>

/**
 * Makes a GET route that answers with a file: session and permission are checked, failures are JSON with the status of
 * their code. The file is always saved, never shown, so that nothing in it runs in the console's origin. It is recorded
 * before its first part is made; when a later part fails, the browser is told that the file is not whole.
 */
export function download<Params>(permission: Permission, make: Make<Params>) {
  return async (request: Request, { params }: { params: Promise<Params> }): Promise<Response> => {
    try {
      const actor = await requirePermission(permission)
      const { name, type, text } = await make(await params, actor, new URL(request.url).searchParams)
      await appendToConsole(store().db, { action: 'file.downloaded', actor: actor.by, details: { name } })
      const headers = {
        'content-type': `${type}; charset=utf-8`,
        'content-disposition': `attachment; filename="${name}"`,
      }
      return new Response(typeof text === 'string' ? text : streamOf(text), { headers })
    } catch (error) {
      unstable_rethrow(error)
      if (!isExpectedError(error)) console.error(error)
      return Response.json(
        { error: problemOf(error) },
        { status: isExpectedError(error) ? errorStatus[error.code] : 500 },
      )
    }
  }
}

const encoder = new TextEncoder()

function streamOf(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = parts[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
