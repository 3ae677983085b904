import type { ImpactReview } from '#lib/impact-review.ts'
import type { StartInput } from '#lib/removal/start.ts'
import { unwrap } from '#lib/result.ts'
import { postAction, readAnswer } from './actions.ts'
import { expect, type Page } from './fixtures.ts'
import type { Sandbox } from './sandbox.ts'

/** What stands on a review once its access impact is known. */
export const analysed = /^Predicted from AWS.s documentation/

/** The choice in the review to try a removal on a few resources first. */
export const canaryBox = /^(First only|Check) .* ask me/

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

/** From the resources page through a scan to the review of removing these tag keys from everything. */
export async function reviewAll(page: Page, ...tagKeys: string[]): Promise<void> {
  await scan(page)
  await chooseAll(page)
  await review(page, ...tagKeys)
}

/** From the dialog, with tag keys ticked, to the review that is ready. */
export async function confirmChoice(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Review \d/ }).click()
  await expect(page.getByRole('heading', { name: /^Review: / })).toBeVisible()
}

/** Waits for the analysis of a review, and gives every acknowledgement that its start asks for. */
export async function acknowledge(page: Page): Promise<void> {
  await expect(page.getByText(analysed)).toBeVisible()
  for (const box of await page.getByRole('checkbox', { name: /^I acknowledge that / }).all()) await box.check()
  for (const field of await page.getByRole('textbox', { name: /^To confirm that / }).all()) {
    const label = await field.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent)
    await field.fill(label?.split(', type ').at(-1) ?? '')
  }
}

/** Acknowledges what is asked for and starts, with nothing going first; the page then is the removal's. */
export async function start(page: Page): Promise<void> {
  await acknowledge(page)
  const startButton = page.getByRole('button', { name: /^Start / })
  await expect(startButton).toBeEnabled()
  for (const box of await page.getByRole('checkbox', { name: canaryBox }).all())
    if (await box.isEnabled()) await box.uncheck()
  await startButton.click()
  // The account is read and analysed once more before that.
  await expect(page).toHaveURL(/\/removals\/[0-9a-f-]{36}/)
}

/** What a start sends that acknowledges everything, for the review that the page shows. */
export async function startInput(page: Page): Promise<StartInput> {
  await expect(page.getByText(analysed)).toBeVisible()
  const planId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const reviewedPlanDigest = (await page.getByTitle(/^[0-9a-f]{64}$/).getAttribute('title')) ?? ''
  const answer = await (await postAction(page, 'readImpactAction', JSON.stringify([{ planId }]))).text()
  const result = readAnswer<ImpactReview>(answer)
  if (!result) throw new Error(`the review was not answered: ${answer}`)
  const { impactId, required } = unwrap(result)
  return { planId, reviewedPlanDigest, reviewedImpactId: impactId ?? '', acknowledgements: required, canary: false }
}

/** Waits for the last proof and expects this summary of all outcomes. */
export async function expectEnd(page: Page, summary: string): Promise<void> {
  await expect(page.getByText(`${summary}.`, { exact: true })).toBeVisible()
  const items = page.getByRole('table', { name: 'Items of this removal' })
  await expect(items.getByText(/^(Settling|Waiting)$/)).toHaveCount(0)
}

/** The tags of every resource as AWS has them, by ARN. */
export async function allTags(sandbox: Sandbox): Promise<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries((await sandbox.resources()).map(({ arn, tags }) => [arn, tags]))
}
