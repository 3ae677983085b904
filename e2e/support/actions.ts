import { readFileSync } from 'node:fs'
import type { APIResponse, Page } from '@playwright/test'

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

/** Posts to a server action as a page's script does, with the session of the page's browser, but with any body. */
export function postAction(page: Page, exportedName: string, body: string): Promise<APIResponse> {
  const [id, action] = Object.entries(builtActions).find(([, built]) => built.exportedName === exportedName) ?? []
  if (!id || !action) throw new Error(`there is no action ${exportedName}`)
  const { origin } = new URL(page.url())
  return page.request.post(origin + addressOf(action), {
    headers: { origin, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
    data: body,
  })
}
