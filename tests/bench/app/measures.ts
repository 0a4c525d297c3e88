import type { Page } from 'playwright-core'
import { countShifts, shiftsOf } from '../../browser/a11y/shifts.ts'
import { newPerson, type Person, share } from '../../browser/app.ts'
import { countRenders } from '../../browser/count-renders.ts'
import { type Helper, helperOn, idOf, rowOf } from '../../browser/list-page.ts'
import type { launchChromium } from '../../support/chromium.ts'
import type { RunningServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { installProbe, scrollThrough, typeIntoNotes } from './probe.ts'

type Browser = Awaited<ReturnType<typeof launchChromium>>

export interface Stage {
  readonly browser: Browser
  readonly server: RunningServer
}

export interface World {
  readonly anna: Person
  readonly listId: string
  readonly helper: Helper
}

/** Somebody with a list of so many items, which another client has made. */
export async function listOf({ browser, server }: Stage, items: number): Promise<World> {
  const anna = await newPerson(browser, server, { viewport: { width: 1000, height: 800 } })
  for (const script of [installProbe, countRenders, countShifts]) await anna.page.addInitScript(script)
  await anna.signIn('Anna')
  const listId = await anna.createList('Everything')
  await anna.untilStatus('Saved')
  const helper = await helperOn(server, anna, listId)
  for (let made = 0; made < items; made += 500) {
    helper.list.items.addMany(
      Array.from({ length: Math.min(500, items - made) }, (_, at) => `Item ${made + at}`),
    )
  }
  await helper.flush()
  await until(async () => (await anna.page.locator('.item[data-id]').count()) > 10, { timeoutMs: 60_000 })
  await until(() => anna.page.evaluate((n) => document.documentElement.scrollHeight > n * 30, items), {
    what: 'the height of all rows',
    timeoutMs: 60_000,
  })
  await anna.untilStatus('Saved')
  return { anna, listId, helper }
}

/** Presses boxes of rows that are in view, on and at once off again, or they would be folded away; `slower`: as on a processor so many times slower. */
export async function tapToPaint(page: Page, slower: number): Promise<number[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await page.evaluate(() => window.probe.taps.splice(0))
  for (let tap = 0; tap < 60; tap++) {
    await page.getByRole('checkbox', { name: `Item ${(tap >> 1) % 10}`, exact: true }).click()
    await until(() => page.evaluate((n) => window.probe.taps.length > n, tap))
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  // The first presses are those for which nothing is warm yet; they stay in.
  return page.evaluate(() => window.probe.taps)
}

/** From one person's press to the end of the frame in another's browser that shows it. */
export async function remoteVisible(stage: Stage, { anna, listId, helper }: World): Promise<number[]> {
  const bob = await newPerson(stage.browser, stage.server, { viewport: { width: 1000, height: 800 } })
  await bob.page.addInitScript(installProbe)
  await bob.signIn('Bob')
  await share(stage.server, anna, bob, listId)
  await bob.openList(listId)
  await rowOf(bob.page, 'Item 0').waitFor()
  await bob.untilStatus('Saved')
  const spent: number[] = []
  for (let edit = 0; edit < 40; edit++) {
    const id = idOf(helper.list, `Item ${(edit >> 1) % 10}`)
    await bob.page.evaluate((one) => window.probe.shown.delete(one), id)
    await anna.page.getByRole('checkbox', { name: `Item ${(edit >> 1) % 10}`, exact: true }).click()
    await until(() => bob.page.evaluate((one) => window.probe.shown.has(one), id))
    const seenAt = await bob.page.evaluate((one) => window.probe.shown.get(one) ?? 0, id)
    const pressedAt = await anna.page.evaluate((one) => window.probe.pressed.get(one) ?? 0, id)
    spent.push(seenAt - pressedAt)
  }
  await bob.leave()
  return spent
}

/** Opens the list without a network, in a page that is loaded anew: until a box can be pressed. */
export async function coldStartOffline({ anna, listId }: World): Promise<number[]> {
  const { page } = anna
  await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
  await anna.goOffline()
  const spent: number[] = []
  for (let start = 0; start < 7; start++) {
    await page.goto('about:blank')
    await anna.openList(listId)
    await until(() => page.evaluate(() => (window.probe.interactiveAt ?? -1) > 0), { timeoutMs: 30_000 })
    spent.push(await page.evaluate(() => window.probe.interactiveAt ?? Number.NaN))
  }
  await anna.goOnline()
  return spent
}

/** Ticks one row in the middle of a very long list: which rows React renders, and until when it is shown. */
export async function tickInMany({ anna }: World): Promise<{ rendered: number[]; spent: number[] }> {
  const { page } = anna
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2))
  await page.evaluate(() => new Promise(requestAnimationFrame))
  const rendered: number[] = []
  await page.evaluate(() => window.probe.taps.splice(0))
  for (let tap = 0; tap < 20; tap++) {
    await page.evaluate(() => window.rendered.clear())
    const boxes = page.locator('.item[data-id] input[type=checkbox]')
    await boxes.nth(20).click()
    await until(() => page.evaluate((n) => window.probe.taps.length > n, tap))
    rendered.push(await page.evaluate(() => window.rendered.size))
  }
  return { rendered, spent: await page.evaluate(() => window.probe.taps) }
}

export function scrollMany({ anna }: World): Promise<number[]> {
  return anna.page.evaluate(scrollThrough, 240)
}

/** Typing at the end of notes that are nearly full. */
export async function typeNotes({ anna, listId, helper }: World): Promise<number[]> {
  const id = idOf(helper.list, 'Item 3')
  await anna.page.goto(`${anna.origin}/l/${listId}/i/${id}`)
  const notes = anna.page.getByRole('textbox', { name: 'Notes', exact: true })
  await until(() => notes.isEditable())
  await notes.fill('lorem ipsum '.repeat(8_400).slice(0, 99_800))
  return anna.page.evaluate(typeIntoNotes, 120)
}

/** What 50 changes of others shift in the window, all together: once what they do to rows, once what they write into them beside the title. */
export async function shiftOfRemote({
  anna,
  listId,
  helper,
}: World): Promise<{ plain: number; given: number }> {
  const { page } = anna
  const { items } = helper.list
  await anna.openList(listId)
  await rowOf(page, 'Item 0').waitFor()
  await page.evaluate(() => scrollTo(0, 900))
  await rowOf(page, 'Item 30').waitFor()
  await anna.untilStatus('Saved')
  const sum = async (): Promise<number> =>
    (await shiftsOf(page)).reduce((total, { value }) => total + value, 0)
  await sum()
  for (let at = 0; at < 10; at++) {
    items.add({ title: `Above ${at}`, place: { at: 'start' } })
    items.update(idOf(helper.list, `Item ${20 + at}`), { title: `Renamed ${20 + at}` })
    items.toggle(idOf(helper.list, `Item ${31 + at}`), true)
    items.add(`Below ${at}`)
    items.move(idOf(helper.list, `Item ${50 + at}`), { at: 'end' })
  }
  await helper.flush()
  await until(async () => (await rowOf(page, 'Renamed 29').count()) === 1)
  const plain = await sum()
  const near = await page
    .locator('.item[data-id]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id') ?? ''))
  const label = helper.list.labels.add('for the party in the garden').value
  const give: readonly ((id: string) => void)[] = [
    (id) => void items.update(id, { due: { date: '2030-01-01' } }),
    (id) => void items.label(id, { add: [label] }),
    (id) => void items.assign(id, { add: [anna.session().user.id] }),
  ]
  for (const [at, id] of near.slice(0, 50).entries()) give[at % 3]?.(id)
  await helper.flush()
  await until(async () => (await page.locator('.item .meta').count()) >= 20)
  return { plain, given: await sum() }
}
