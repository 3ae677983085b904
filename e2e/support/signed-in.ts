import { type Result, unwrap } from '#lib/result.ts'
import { actionRequest, readAnswer } from './actions.ts'

/** A browser's session without a browser: what pages ask of the console, over the same door. */
export interface SignedIn {
  /**
   * Calls a server action and answers with its data.
   *
   * @throws Error with the `code` of a refusal; the error of the connection where the console does not answer
   */
  call<Data>(exportedName: string, input: unknown): Promise<Data>
}

/** Opens a console's one-time link and keeps its cookie. */
export async function signIn(link: string): Promise<SignedIn> {
  const opened = await fetch(link, { redirect: 'manual' })
  const [cookie] = opened.headers.get('set-cookie')?.split(';') ?? []
  if (cookie === undefined) throw new Error(`the link does not open: ${opened.status}`)
  const { origin } = new URL(link)
  return {
    async call<Data>(exportedName: string, input: unknown) {
      const { url, headers } = actionRequest(exportedName, origin)
      const body = JSON.stringify([input])
      const response = await fetch(url, { method: 'POST', headers: { ...headers, cookie }, body })
      const rows = await response.text()
      const result: Result<Data> | undefined = readAnswer(rows)
      if (!result) throw new Error(`${exportedName} did not answer: ${response.status} ${rows.slice(0, 200)}`)
      return unwrap(result)
    },
  }
}
