import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import type { ReviewExport } from '#lib/removal/export-review.ts'
import { expect, test } from './support/fixtures.ts'
import { analysed, reviewAll } from './support/steps.ts'

/** What a link of the review saves. */
async function saved(page: Page, link: string): Promise<{ name: string; path: string; text: string }> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: link, exact: true }).click()
  const download = await downloading
  const text = await download.createReadStream().then((stream) => stream.setEncoding('utf8').toArray())
  return { name: download.suggestedFilename(), path: await download.path(), text: text.join('') }
}

test.use({
  account: {
    exactly: [
      { type: 'secret', name: 'pay/<b>db</b>', tags: { temp: `it's "here" & there`, Owner: 'pay' } },
      { type: 'secret', name: 'pay/api', tags: { temp: 'true' } },
    ],
  },
})

test('a review is taken along as JSON, to print, and as scripts of AWS CLI calls', async ({ openConsole, console }) => {
  const page = await openConsole()
  await reviewAll(page, 'temp')
  await expect(page.getByText(analysed)).toBeVisible()
  await page.getByRole('button', { name: 'Take it elsewhere' }).click()

  const json = await saved(page, 'Review as JSON')
  const exported: ReviewExport = JSON.parse(json.text)
  const planId = new URL(page.url()).pathname.split('/').at(-1)
  expect([json.name, exported.plan.id]).toEqual([`untag-review-${planId}.json`, planId])
  expect(exported.included.map(({ name, tags, impact }) => [name, tags, impact?.verdict])).toEqual([
    ['pay/<b>db</b>', [{ key: 'temp', value: `it's "here" & there` }], 'none'],
    ['pay/api', [{ key: 'temp', value: 'true' }], 'none'],
  ])

  const printed = await saved(page, 'Review to print')
  const other = await page.context().newPage()
  await other.setContent(printed.text)
  await expect(other.getByRole('heading', { name: 'Review: remove 2 tags from 2 resources' })).toBeVisible()
  await expect(other.getByRole('cell', { name: `temp = it's "here" & there` })).toBeVisible()
  await expect(other.getByRole('cell', { name: /^pay\/<b>db<\/b>/ })).toBeVisible()
  await other.close()

  const [apply, restore] = [await saved(page, 'AWS CLI script'), await saved(page, 'AWS CLI script, reversed')]
  const dryRun = ({ path }: { path: string }) =>
    execFileSync('sh', [path], { env: { ...process.env, DRY_RUN: '1' }, encoding: 'utf8' })
  expect(dryRun(apply).match(/untag-resource/g)).toHaveLength(2)
  expect(dryRun(restore).match(/tag-resource/g)).toHaveLength(2)

  const missing = await page.request.get(`${console.url}/api/plans/00000000-0000-4000-8000-000000000000/review.json`)
  expect([missing.status(), await missing.json()]).toEqual([
    404,
    { error: { code: 'notFound', message: 'there is no such plan' } },
  ])
})
