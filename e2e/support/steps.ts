import { ACKNOWLEDGEMENT } from '#lib/acknowledgement.ts'
import { expect, type Page } from './fixtures.ts'
import type { Sandbox } from './sandbox.ts'

/** Scans all Regions from the resources page and waits for the table. */
export async function scan(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Scan', exact: true }).click()
  await expect(page.getByRole('grid', { name: 'Resources' })).toBeVisible()
}

/** Chooses everything that the table's filter matches. */
export async function chooseAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Choose all \d/ }).click()
}

/** From chosen resources through the dialog to the review that is ready. */
export async function review(page: Page, ...tagKeys: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Remove tags…' }).click()
  for (const tagKey of tagKeys) {
    await page.getByRole('checkbox', { name: `Choose tag key ${tagKey}`, exact: true }).check()
  }
  await confirmChoice(page)
}

/** From the dialog, with tag keys ticked, to the review that is ready. */
export async function confirmChoice(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Review \d/ }).click()
  await expect(page.getByRole('heading', { name: /^Review: / })).toBeVisible()
}

/** Types the words and starts; the page then is the removal's. */
export async function start(page: Page): Promise<void> {
  await page.getByLabel('To confirm, type').fill(ACKNOWLEDGEMENT)
  await page.getByRole('button', { name: /^Start / }).click()
  await expect(page).toHaveURL(/\/removals\/[0-9a-f-]{36}/)
}

/** Waits for the last proof and expects this summary of all outcomes. */
export async function expectEnd(page: Page, summary: string): Promise<void> {
  await expect(page.getByText(`${summary}.`, { exact: true })).toBeVisible({ timeout: 40_000 })
}

/** The tags of every resource as AWS has them, by ARN. */
export async function allTags(sandbox: Sandbox): Promise<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries((await sandbox.resources()).map(({ arn, tags }) => [arn, tags]))
}
