import { readFileSync } from 'node:fs'
import type { APIResponse, Page } from '@playwright/test'

const manifest: { node: Record<string, { exportedName: string }> } = JSON.parse(
  readFileSync('.next/server/server-reference-manifest.json', 'utf8'),
)

/** Posts to a server action as a page's script does, with the session of the page's browser, but with any body. */
export function postAction(page: Page, exportedName: string, body: string): Promise<APIResponse> {
  const [id = ''] = Object.entries(manifest.node).find(([, action]) => action.exportedName === exportedName) ?? []
  return page.request.post(page.url(), {
    headers: { origin: new URL(page.url()).origin, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
    data: body,
  })
}
