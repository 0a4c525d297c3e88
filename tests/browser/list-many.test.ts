import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { newPerson } from './app.ts'
import { countRenders } from './count-renders.ts'
import { helperOn, idOf, rowOf } from './list-page.ts'
import { useApp } from './use-app.ts'

const app = useApp()

const ITEMS = 5_000
const MOST_ROWS = 150

it('[APP-26][APP-27] 5,000 items scroll, tick and stay put with a window of rows in the page; a tick renders its row alone', {
  timeout: 120_000,
}, async () => {
  const anna = await newPerson(app.browser, app.server, { viewport: { width: 1000, height: 800 } })
  const { page } = anna
  await page.addInitScript(countRenders)
  await anna.signIn('Anna')
  const listId = await anna.createList('Everything')
  await anna.untilStatus('Saved')
  const helper = await helperOn(app.server, anna, listId)
  for (let made = 0; made < ITEMS; made += 500) {
    helper.list.items.addMany(Array.from({ length: 500 }, (_, at) => `Item ${made + at}`))
  }
  await helper.flush()
  await anna.untilStatus('Saved')
  await until(() => page.evaluate(() => document.documentElement.scrollHeight > 5_000 * 30), {
    what: 'the height of 5,000 rows',
    timeoutMs: 30_000,
  })
  expect(await rowCount(page)).toBeLessThan(MOST_ROWS)

  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  await rowOf(page, 'Item 4999').waitFor()
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2))
  await until(async () => (await seen(page)) !== null && (await rowCount(page)) < MOST_ROWS, {
    what: 'rows in the middle',
  })
  const title = (await seen(page)) ?? ''
  const box = page.getByRole('checkbox', { name: title, exact: true })
  const id = idOf(helper.list, title)

  // Focused, it stays where it is however long this takes.
  await box.focus()
  const tick = await page.evaluate(async (one) => {
    window.rendered.clear()
    const element = document.querySelector<HTMLInputElement>(`[data-id="${one}"] input[type=checkbox]`)
    const startedAt = performance.now()
    element?.click()
    await new Promise<void>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve()
        port2.postMessage(null)
      })
    })
    return { rendered: [...window.rendered], tookMs: performance.now() - startedAt }
  }, id)
  console.info(`tick of one of ${ITEMS}: painted after ${tick.tookMs.toFixed(1)} ms`)
  expect(tick.rendered).toEqual([id])
  await until(() => box.isChecked())
  const theirs = await page.evaluate((one) => {
    window.rendered.clear()
    return document.querySelector(`[data-id="${one}"]`)?.nextElementSibling?.getAttribute('data-id') ?? ''
  }, id)
  helper.list.items.update(theirs, { title: 'Theirs' })
  await rowOf(page, 'Theirs').waitFor()
  // Also the mark that the own tick waits has gone by now, or goes: nothing but these two rows is touched.
  const touched = await page.evaluate(() => [...window.rendered])
  expect(touched.filter((one) => one !== id)).toEqual([theirs])

  // What is edited stays in the page, however far away the person scrolls meanwhile.
  await page.getByRole('button', { name: 'Rename Theirs' }).click()
  await page.getByLabel('New name of Theirs').fill('Mine')
  const rested = (one: string) => page.evaluate(topAtRest, one)
  await page.evaluate(() => scrollTo(0, 0))
  await rowOf(page, 'Item 0').waitFor()
  await page.keyboard.type('!')
  await page.keyboard.press('Enter')
  await until(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Mine!'), {
    what: 'the new name',
  })
  const isInView = (at: number) => at > 0 && at < 800
  await until(async () => isInView(await rested(theirs)), { what: 'the row to come into view' })

  // What comes far above does not move what is seen.
  const before = await rested(theirs)
  helper.list.items.addMany(
    ['New 1', 'New 2'].map((name) => ({ title: name, place: { at: 'start' as const } })),
  )
  const chip = page.getByRole('button', { name: '2 new above' })
  await chip.waitFor()
  await until(async () => Math.abs((await rested(theirs)) - before) < 2, { what: 'the row to stay' })
  await chip.click()
  await until(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'New 1'), {
    what: 'the new row',
  })

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await until(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Item 0'))
  await anna.untilStatus('Saved')
  expect(await rowCount(page)).toBeLessThan(MOST_ROWS)
  expect(anna.complaints).toEqual([])
  await helper.client.close()
  await anna.leave()
})

/** Runs in the page: where a row's top edge stands once it has stood there for a while; 0 for none. */
async function topAtRest(id: string): Promise<number> {
  let top = Number.NaN
  for (let frames = 0; frames < 10; frames++) {
    await new Promise(requestAnimationFrame)
    const now = document.querySelector(`[data-id="${id}"]`)?.getBoundingClientRect().top ?? 0
    if (now !== top) frames = 0
    top = now
  }
  return top
}

function rowCount(page: Page): Promise<number> {
  return page.locator('.item[data-id]').count()
}

/** The title of a row in the middle of the window. */
function seen(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const row = document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest('.item[data-id]')
    return row?.querySelector('input[type=checkbox]')?.getAttribute('aria-label') ?? null
  })
}
