import { readFileSync } from 'node:fs'
import type { APIResponse, Page } from '@playwright/test'

interface BuiltAction {
  exportedName: string
  /** Keyed by the pages that have the action. */
  workers: Record<string, unknown>
}

/** Posts to a server action as a page's script does, with the session of the page's browser, but with any body. */
export function postAction(page: Page, exportedName: string, body: string): Promise<APIResponse> {
  const actions: Record<string, BuiltAction> = JSON.parse(
    readFileSync('.next/server/server-reference-manifest.json', 'utf8'),
  ).node
  const [id, action] = Object.entries(actions).find(([, built]) => built.exportedName === exportedName) ?? []
  if (!id || !action) throw new Error(`there is no action ${exportedName}`)
  const { origin } = new URL(page.url())
  return page.request.post(origin + addressOf(Object.keys(action.workers)[0] ?? ''), {
    headers: { origin, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
    data: body,
  })
}

/** `app/(console)/plans/[planId]/page` is found under `/plans/x`. */
function addressOf(worker: string): string {
  return worker
    .replace(/^app|\/page$/g, '')
    .replace(/\/\([^)]+\)/g, '')
    .replace(/\[\w+\]/g, 'x')
}
