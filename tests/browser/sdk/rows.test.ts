import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { createClient } from '../../../client-sdk/src/index.ts'
import { until } from '../../support/until.ts'
import type {} from './page/rows.tsx'
import { useStage } from './stage.ts'

const ITEMS = 5_000
const stage = useStage('rows.tsx')

it('[SDK-4][LOCAL-1] with 5,000 items on the screen, a tick renders one row, and so does another person’s', {
  timeout: 60_000,
}, async () => {
  const anna = await stage.device()
  const { token } = anna.person
  const other = createClient({ url: stage.server.url, token, storage: 'memory' })
  const list = other.lists.open(anna.listId)
  await until(() => list.status.getSnapshot().state === 'synced', { what: 'the other device' })
  for (let made = 0; made < ITEMS; made += 500) {
    list.items.addMany(Array.from({ length: 500 }, (_, at) => `Item ${made + at}`))
  }
  expect(await other.flush({ timeoutMs: 20_000 })).toBe(true)

  const { page } = await anna.open()
  const boxes = page.locator('#root input')
  await until(async () => (await boxes.count()) === ITEMS, { what: '5,000 rows', timeoutMs: 20_000 })
  await until(() => page.evaluate(() => window.rows.list.status.getSnapshot().state === 'synced'))

  const tick = await page.evaluate(async () => {
    const { list, renders } = window.rows
    const id = list.items.ids().getSnapshot()[2_500] ?? ''
    renders.clear()
    const box = document.querySelectorAll<HTMLInputElement>('#root input')[2_500]
    const startedAt = performance.now()
    box?.click()
    const handledMs = performance.now() - startedAt
    const shown = Object.fromEntries(renders)
    await new Promise<void>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve()
        port2.postMessage(null)
      })
    })
    return { id, shown, isDone: box?.checked, handledMs, paintedMs: performance.now() - startedAt }
  })
  console.info(
    `tick of one of ${ITEMS}: handled in ${tick.handledMs.toFixed(1)} ms, painted after ${tick.paintedMs.toFixed(1)} ms`,
  )
  expect(tick.isDone).toBe(true)
  expect(tick.shown).toEqual({ [tick.id]: 1 })

  // Until it is confirmed and no longer marked as waiting, nothing but this row is touched.
  await until(() => page.evaluate(() => window.rows.list.status.getSnapshot().state === 'synced'))
  expect(await rendered(page)).toEqual([tick.id])

  await page.evaluate(() => window.rows.renders.clear())
  const theirs = list.items.ids().getSnapshot()[10] ?? ''
  list.items.toggle(theirs)
  await until(() => boxes.nth(10).isChecked(), { what: 'the other person’s tick' })
  expect(await rendered(page)).toEqual([theirs])
  await other.close()
})

function rendered(page: Page): Promise<string[]> {
  return page.evaluate(() => [...window.rows.renders.keys()])
}
