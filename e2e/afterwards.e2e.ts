import { readFileSync } from 'node:fs'
import type { RemovalReport } from '#lib/removal/removal-report.ts'
import { expect, expectNoAxeViolations, type Page, test } from './support/fixtures.ts'
import { expectEnd, reviewAll, scan, start } from './support/steps.ts'

const name = `pay/${'a-long-name-'.repeat(12)}<b>db</b>`

test.use({ account: { exactly: [{ type: 'secret', name, tags: { temp: 'old value', Owner: 'pay' } }] } })

/** What a link saves. */
async function saved(page: Page, link: string): Promise<string> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: link }).click()
  return readFileSync(await (await downloading).path(), 'utf8')
}

test('after a removal: what came back is seen by a scan, the report is taken along, the old values are purged', async ({
  openConsole,
  sandbox,
}) => {
  const page = await openConsole()
  await reviewAll(page, 'temp')
  await start(page)
  await expectEnd(page, '1 tag: 1 removed and proved')
  const removal = page.url()
  const review = await page.getByRole('link', { name: 'Open the review' }).getAttribute('href')

  await page.getByRole('checkbox', { name: 'Watch for 7 days' }).click()
  await expect(page.getByText(/^Until .* No scan has looked at all of it yet\.$/)).toBeVisible()
  const [arn = ''] = (await sandbox.resources()).map((resource) => resource.arn)
  await sandbox.putTag(arn, 'temp', 'theirs')
  await page.getByRole('link', { name: 'Resources', exact: true }).click()
  await scan(page)
  await expect(page.getByText('1 tag came back since a watched removal.')).toBeVisible()
  await page.getByRole('link', { name: 'Open', exact: true }).click()
  await expect(page).toHaveURL(`${removal}?show=cameBack`)
  await expect(page.getByRole('row', { name: /temp=old value Removed Came back .* with theirs/ })).toBeVisible()

  const report: RemovalReport & { items: object[] } = JSON.parse(await saved(page, 'Report as JSON'))
  expect(report.items).toMatchObject([{ name, tags: [{ value: 'old value', cameBack: { value: 'theirs' } }] }])
  const printed = await page.context().newPage()
  await printed.setContent(await saved(page, 'Report to print'))
  await expect(printed.getByRole('heading', { name: 'Report: Removal of 1 tag from 1 resource' })).toBeVisible()
  await expect(printed.getByRole('cell', { name: 'temp = old value' })).toBeVisible()
  await printed.close()

  await page.getByRole('button', { name: 'Purge now…' }).click()
  await page.getByRole('button', { name: 'Purge old values' }).click()
  await expect(page.getByText(/^Purged on .*, with the reviewed plan\.$/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Put back all…' })).toBeDisabled()
  await expect(page.getByText(/value purged on/)).toHaveCount(2)
  expect(await saved(page, 'Report as JSON')).not.toMatch(/old value|theirs/)
  await expectNoAxeViolations(page)

  await page.goto(new URL(review ?? '', removal).href)
  await expect(page.getByRole('heading', { name: 'This review was purged' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Open the removal' })).toHaveAttribute('href', new URL(removal).pathname)
  await expectNoAxeViolations(page)

  await page.getByRole('link', { name: 'Settings', exact: true }).first().click()
  await page.getByRole('textbox', { name: 'Days' }).fill('30')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/^Last changed .* by /)).toBeVisible()
  await expectNoAxeViolations(page)
})
