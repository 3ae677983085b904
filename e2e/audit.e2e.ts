import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Download } from '@playwright/test'
import { expect, expectNoAxeViolations, type Page, test } from './support/fixtures.ts'
import { expectEnd, reviewAll, start } from './support/steps.ts'

test.use({
  account: {
    exactly: ['a', 'b', 'c'].map((name) => ({ type: 'secret' as const, name, tags: { team: 'pay', '=cmd()': 'x' } })),
  },
})

async function downloaded(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download') as Promise<Download>,
    page.getByRole('link', { name }).click(),
  ])
  return file.path()
}

/** What an auditor does on a computer of their own. */
function verify(file: string): { status: number | null; told: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['lib/audit/verify-audit.ts', file], {
    encoding: 'utf8',
  })
  return { status, told: stdout + stderr }
}

test('an auditor finds what was done, holds it against CloudTrail, and catches an export that was tampered with', async ({
  openConsole,
  sandbox,
}) => {
  const page = await openConsole('/resources')
  await reviewAll(page, 'team', '=cmd()')
  await start(page)
  await expectEnd(page, '6 tags: 6 removed and proved')

  await page.getByRole('button', { name: 'Compare with CloudTrail' }).click()
  await expect(page.getByText('3 in our log, 3 in CloudTrail')).toBeVisible()
  await page.getByRole('link', { name: 'Events of this removal' }).click()
  const events = page.getByRole('table', { name: 'Events' })
  await expect(events.getByRole('rowheader', { name: 'Outcome of a tag' })).toHaveCount(12)
  await expectNoAxeViolations(page)

  const [call] = await sandbox.calls({ operation: 'secretsmanager:UntagResource' })
  await page.goto(new URL(`/audit?requestId=${call?.requestId}`, page.url()).href)
  await expect(events.getByRole('rowheader')).toHaveCount(2)
  const csv = readFileSync(await downloaded(page, 'Shown events as CSV'), 'utf8')
  expect(csv.trimEnd().split('\r\n')).toHaveLength(3)
  expect(csv).toContain(`,'=cmd(),`)
  await events.getByRole('button', { name: 'Outcome of a tag' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Outcome of a tag' })
  await expect(dialog).toContainText('what stands here gives this hash')
  await expect(page).toHaveURL(/event=[0-9a-f-]{36}(%3A|:)\d+/)
  await expectNoAxeViolations(page)
  await page.reload()
  await expect(dialog).toContainText(call?.requestId ?? '')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Verify now' }).click()
  await expect(page.getByText(/^\d+ chains whole and as signed/)).toBeVisible()
  const file = await downloaded(page, 'Signed log as JSONL')
  expect(verify(file)).toEqual({ status: 0, told: expect.stringContaining('Whole, in order, and as it was signed') })
  const tampered = `${file}.tampered`
  writeFileSync(tampered, readFileSync(file, 'utf8').replace('"removed"', '"denied"'))
  expect(verify(tampered)).toEqual({ status: 1, told: expect.stringContaining('NOT AS IT WAS WRITTEN') })
})
