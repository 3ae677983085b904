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
  type: 'application/json' | 'text/html' | 'text/x-shellscript'
  text: string
}

/**
 * Makes a GET route that answers with a file: session and permission are checked, failures are JSON with the status of
 * their code. The file is always saved, never shown, so that nothing in it runs in the console's origin.
 */
export function download<Params>(permission: Permission, make: (params: Params, actor: Actor) => Promise<Download>) {
  return async (_request: Request, { params }: { params: Promise<Params> }): Promise<Response> => {
    try {
      const actor = await requirePermission(permission)
      const { name, type, text } = await make(await params, actor)
      await appendToConsole(store().db, { action: 'file.downloaded', actor: actor.by, details: { name } })
      const headers = {
        'content-type': `${type}; charset=utf-8`,
        'content-disposition': `attachment; filename="${name}"`,
      }
      return new Response(text, { headers })
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
