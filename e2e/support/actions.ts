import { readFileSync } from 'node:fs'
import type { APIResponse, Page } from '@playwright/test'
import type { Result } from '#lib/result.ts'

interface BuiltAction {
  filename: string
  exportedName: string
  /** Keyed by the pages that have the action. */
  workers: Record<string, unknown>
}

/** Every server action of the build, by its id. */
export const builtActions: Record<string, BuiltAction> = JSON.parse(
  readFileSync('.next/server/server-reference-manifest.json', 'utf8'),
).node

/** A page that has the action: `app/(console)/plans/[planId]/page` is found under `/plans/x`. Elsewhere it does not run. */
export function addressOf({ workers }: BuiltAction): string {
  return (Object.keys(workers)[0] ?? '')
    .replace(/^app|\/page$/g, '')
    .replace(/\/\([^)]+\)/g, '')
    .replace(/\[\w+\]/g, 'x')
}

/** Where and how a page's script posts to a server action. */
export function actionRequest(exportedName: string, origin: string): { url: string; headers: Record<string, string> } {
  const [id, action] = Object.entries(builtActions).find(([, built]) => built.exportedName === exportedName) ?? []
  if (!id || !action) throw new Error(`there is no action ${exportedName}`)
  return {
    url: origin + addressOf(action),
    headers: { origin, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
  }
}

/** Posts to a server action as a page's script does, with the session of the page's browser, but with any body. */
export function postAction(page: Page, exportedName: string, body: string): Promise<APIResponse> {
  const { url, headers } = actionRequest(exportedName, new URL(page.url()).origin)
  return page.request.post(url, { headers, data: body })
}

/** What an action has answered, out of the rows in which it came; undefined where there is no answer in them. */
export function readAnswer<Data>(rows: string): Result<Data> | undefined {
  const [, result] = /^\w+:(\{"ok":(?:true|false).*)$/m.exec(rows) ?? []
  return result === undefined ? undefined : JSON.parse(result)
}
