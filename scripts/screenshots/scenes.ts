import type { Locator } from 'playwright-core'
import type { Person } from '../../tests/browser/app.ts'
import { looked, notesOf } from '../../tests/browser/together-page.ts'
import { DESKTOP, openDetails, PHONE } from './stage.ts'

const row = ({ page }: Person, title: string): Locator => page.locator('.item', { hasText: title })

/** Anna reads about the cake while Bo writes in another row. */
export async function detailBesideTheList(anna: Person, bo: Person): Promise<void> {
  await openDetails(anna, 'Birthday cake')
  await notesOf(anna).click()
  await bo.page.getByRole('button', { name: 'Rename Butter', exact: true }).click()
  await row(anna, 'Butter').getByText('is typing').waitFor()
  await anna.untilStatus('Saved')
  await settled(anna)
}

/** Bo in a shop without a signal. */
export async function offlinePhone(bo: Person): Promise<void> {
  await bo.page.keyboard.press('Escape')
  // What Anna did while he opened the page is told, and he has read it.
  const summary = bo.page.getByRole('button', { name: 'Close this summary' })
  if (await summary.isVisible()) await summary.click()
  await bo.goOffline()
  await bo.untilStatus('Offline')
  await bo.add('Paper cups')
  await bo.add('Napkins')
  await bo.tick('Apples')
  await bo.untilStatus('3 changes kept on this device')
  await settled(bo)
}

/** Both rename the cheese without knowing of each other; then Anna comes back in the evening. */
export async function cameBack(anna: Person, bo: Person, listId: string): Promise<void> {
  const { page, origin } = anna
  await looked(anna, listId, 1)
  await anna.untilStatus('Saved')
  await anna.goOffline()
  await anna.rename('Cheddar', 'Gouda')
  await anna.untilStatus('1 change')
  await page.goto('about:blank')
  await bo.rename('Cheddar', 'Goat cheese')
  await bo.addWith('2x Sparkling water /Fridge', 'Sparkling water')
  await bo.tick('Basil')
  await bo.untilStatus('Saved')
  await anna.goOnline()
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`${origin}/l/${listId}`)
  await page.locator('.item .collision').waitFor()
  await page.getByRole('region', { name: 'While you were away' }).waitFor()
  await settled(anna)
}

/** On a phone as the other would hold it up. */
export async function shareByCode({ page }: Person): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(PHONE)
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /^Share / })
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  await dialog.getByRole('button', { name: 'QR code' }).click()
  await dialog.locator('.qr path').waitFor()
  // Below the title of the sheet, which stays.
  await dialog.getByRole('heading', { name: 'Share by link' }).evaluate((heading) => {
    heading.style.scrollMarginBlockStart = '4.6rem'
    heading.scrollIntoView({ block: 'start' })
  })
}

/** As somebody finds the page: from its top, with what was done to it saved or said, and toasts gone by themselves. */
async function settled({ page }: Person): Promise<void> {
  await page.mouse.move(DESKTOP.width / 2, 5)
  await page.locator('.toast').first().waitFor({ state: 'detached' })
  await page.evaluate(() => scrollTo(0, 0))
}
