import type { Page } from 'playwright-core'
import { until } from '../support/until.ts'
import type { Person } from './app.ts'

/** Chooses from the menu of a list in the sidebar. */
export async function listMenu({ page }: Person, list: string, action: string): Promise<void> {
  const side = page.locator('.side')
  await side.getByRole('link', { name: list }).hover()
  await side.getByRole('button', { name: `More for \u2068${list}\u2069`, exact: true }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

/** What stands in the sidebar below the views: groups with their lists, folded ones without. */
export async function sideOf({ page }: Person): Promise<Record<string, string[]>> {
  const groups = await page.locator('.sidebar-lists .list-group').evaluateAll((sections) =>
    sections.map((section) => {
      const name = section.querySelector('.group-name, .only-read')?.textContent?.trim() ?? ''
      return [name, [...section.querySelectorAll('.list-link bdi')].map((one) => one.textContent ?? '')]
    }),
  )
  return Object.fromEntries(groups) as Record<string, string[]>
}

/** Waits until the groups are these. */
export function untilSide(person: Person, groups: Record<string, string[]>): Promise<void> {
  const wanted = JSON.stringify(groups)
  return until(async () => JSON.stringify(await sideOf(person)) === wanted, { what: `the sidebar ${wanted}` })
}

/** Brings a file into the import dialog that is open. */
export function chooseFile(page: Page, name: string, text: string): Promise<void> {
  return page
    .locator('input[type="file"]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
}

/** Exports by hand, and reads what was downloaded. */
export async function exported(
  person: Person,
  list: string,
  format: string,
): Promise<{ name: string; text: string }> {
  await listMenu(person, list, 'Export')
  const started = person.page.waitForEvent('download')
  await person.page.getByRole('button', { name: format }).click()
  const download = await started
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') }
}

/** The import dialog, for a new list. */
export async function startImport({ page }: Person): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Other ways to make a list' }).click()
  await page.getByRole('menuitem', { name: 'Import a file' }).click()
}
