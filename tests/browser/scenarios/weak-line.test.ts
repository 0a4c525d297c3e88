import { expect, it } from 'vitest'
import { seededRandom } from '../../support/seed.ts'
import { until } from '../../support/until.ts'
import { ticked, useStage } from './pair.ts'

const stage = useStage()
const ITEMS = 30
/** Each way, which makes a round trip of three seconds. */
const DELAY_MS = 1_500
const STALL_MS = 300
const LOSS = 0.3

it('[ACK-3][SYNC-4][STATUS-1][A6.7][F-09][V-03] thirty ticks over a line with a 3 s round trip that stands still 30% of the time and breaks twice (what lost packets are to a stream): no tick comes back', async () => {
  const random = seededRandom('weak line in the browser')
  const names = Array.from({ length: ITEMS }, (_, n) => `item ${n}`)
  const { anna, bo, untilTicked } = await stage.pair(...names)
  // Every change of any box to unticked is a tick that came back, however short.
  await anna.page.evaluate(() => {
    const seen = new Set<string>()
    const look = (): void => {
      for (const box of document.querySelectorAll<HTMLInputElement>('.item input[type=checkbox]')) {
        const name = box.getAttribute('aria-label') ?? ''
        if (box.checked) seen.add(name)
        else if (seen.has(name)) (window as { cameBack?: string }).cameBack = name
      }
      requestAnimationFrame(look)
    }
    look()
  })
  anna.network.delay(DELAY_MS)
  const weather = setInterval(() => {
    if (random.next() < LOSS) anna.network.pause()
    else anna.network.resume()
  }, STALL_MS)
  try {
    for (const [n, name] of names.entries()) {
      await anna.tick(name)
      if (n === 9 || n === 19) anna.network.cut()
    }
  } finally {
    clearInterval(weather)
    anna.network.resume()
  }
  expect(await ticked(anna)).toEqual([...names].sort())
  await until(async () => (await ticked(bo)).length === ITEMS, {
    timeoutMs: 40_000,
    what: 'Bo to see all ticks',
  })
  anna.network.delay(0)
  await anna.untilStatus('Saved')
  await untilTicked(names)
  expect(await anna.page.evaluate(() => (window as { cameBack?: string }).cameBack ?? null)).toBeNull()
})
