import { unwrap } from '#lib/result.ts'
import { actionRequest, readAnswer } from '../support/actions.ts'
import type { ConsoleProcess } from '../support/console-process.ts'

/** A browser signed in to a console, without its screen. */
export interface Visit {
  /** A page's HTML. Throws where there is none. */
  open(path: string): Promise<string>
  /** What a server action answers. Throws where it fails. */
  act<Data>(name: string, argument: unknown): Promise<Data>
}

/** Follows a one-time link of the console. */
export async function openVisit(untag: Pick<ConsoleProcess, 'url' | 'link'>): Promise<Visit> {
  const signedIn = await fetch(await untag.link(), { redirect: 'manual' })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''

  async function ask(path: string, init: RequestInit = {}): Promise<string> {
    const answer = await fetch(new URL(path, untag.url), { ...init, headers: { ...init.headers, cookie } })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return text
  }

  return {
    open: (path) => ask(path),
    async act<Data>(name: string, argument: unknown) {
      const { url, headers } = actionRequest(name, untag.url)
      const answer = await ask(url, { method: 'POST', headers, body: JSON.stringify([argument]) })
      const result = readAnswer<Data>(answer)
      if (!result) throw new Error(`${name} was not answered`)
      return unwrap(result)
    },
  }
}
