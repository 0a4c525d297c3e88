/** `npm run screenshots`: two people use the real app for a while, and the pictures of the README are taken of it. */
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Person } from '../tests/browser/app.ts'
import { launchChromium } from '../tests/support/chromium.ts'
import { startServer } from '../tests/support/server.ts'
import { cameBack, detailBesideTheList, offlinePhone, shareByCode } from './screenshots/scenes.ts'
import { groceries } from './screenshots/stage.ts'

/** What a README may weigh: pictures are in every clone, for ever. */
const MAX_BYTES = 200_000

const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))

/** Phones are shown as sharp as phones are; windows of a desktop would weigh four times as much for it. */
async function shoot(name: string, { page }: Person, scale: 'css' | 'device'): Promise<void> {
  const png = await page.screenshot({ scale, animations: 'disabled', caret: 'hide' })
  if (png.length > MAX_BYTES)
    throw new Error(`${name}.png has ${png.length} bytes, and ${MAX_BYTES} are allowed`)
  await writeFile(`${folder}${name}.png`, png)
  console.log(`${name}.png  ${Math.ceil(png.length / 1_000)} kB`)
}

await mkdir(folder, { recursive: true })
// A PostgreSQL of its own, as `npm start` has.
const server = await startServer({ databaseUrl: null, readyWithinMs: 120_000 })
const browser = await launchChromium()
try {
  const { anna, bo, listId } = await groceries(browser, server)
  await detailBesideTheList(anna, bo)
  await shoot('list', anna, 'css')
  await offlinePhone(bo)
  await shoot('offline', bo, 'device')
  await bo.goOnline()
  await cameBack(anna, bo, listId)
  await shoot('while-you-were-away', anna, 'css')
  await shareByCode(anna)
  await shoot('share', anna, 'device')
  for (const person of [anna, bo]) await person.leave()
} finally {
  await browser.close()
  await server.stop()
}
