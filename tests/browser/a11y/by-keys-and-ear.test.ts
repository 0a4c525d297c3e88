import { expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { newPerson } from '../app.ts'
import { helperOn, idOf, rowOf } from '../list-page.ts'
import { useApp } from '../use-app.ts'
import { keysOn } from './focus.ts'
import { countShifts, shiftsOf } from './shifts.ts'

const app = useApp()

it('[APP-91] without a mouse: from signing in over a list, its items, what is due and who does it, to sharing and signing out; the focus is never lost or hidden', {
  timeout: 120_000,
}, async () => {
  // Narrow, as at 200 %: with the bar at the foot and a drawer.
  const anna = await newPerson(app.browser, app.server, {
    viewport: { width: 800, height: 560 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const { page } = anna
  const { press, type, at, tabTo } = keysOn(page)
  const path = () => new URL(page.url()).pathname
  await page.goto(anna.origin)
  await page.getByRole('button', { name: 'Start' }).waitFor()
  await tabTo(/Your name/)
  await type('Anna')
  await press('Enter')
  await at('Lists')
  await tabTo('Name of the new list')
  await type('Groceries')
  await press('Enter')
  await at('Groceries')
  await press('n')
  await at('New item')
  for (const title of ['Milk', 'Bread', 'Cheese', 'Soap']) {
    await type(title)
    await press('Enter')
    await rowOf(page, title).waitFor()
    await at('New item')
  }
  const listId = path().split('/')[2] ?? ''
  const more = Array.from({ length: 20 }, (_, one) => `More ${one}`)
  await page.evaluate((text) => navigator.clipboard.writeText(text), more.join('\n'))
  await press('Control+v')
  await at(/^Add 20 items/)
  await press('Enter')
  await rowOf(page, 'More 19').waitFor()
  await at('New item')

  await tabTo('Milk')
  await press('Space')
  await until(() => page.getByRole('checkbox', { name: 'Milk' }).isChecked())
  await press('u')
  await until(async () => !(await page.getByRole('checkbox', { name: 'Milk' }).isChecked()))
  await press('j', 'e')
  await at('New name of Bread')
  await type('Rye bread')
  await press('Enter')
  await at('Rye bread')
  await press('Alt+Shift+ArrowUp')
  await anna.untilTitles(['Rye bread', 'Milk', ...(await anna.titles()).slice(2)])
  await at('Rye bread')
  await press('a')
  await page.getByRole('option', { name: 'Anna (you)' }).waitFor()
  await press('ArrowDown', 'Enter', 'Escape')
  await at('Rye bread')
  await press('Enter')
  await page.getByRole('dialog').getByLabel('Title', { exact: true }).waitFor()
  await tabTo('Tomorrow')
  await press('Enter')
  await press('Escape')
  await at('Rye bread')
  await rowOf(page, 'Rye bread').getByText('Tomorrow').first().waitFor()

  // Through all rows, while notices stand above the bar at the foot.
  await press('j', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Delete')
  await page.getByText('Deleted 3 items').waitFor()
  for (let row = 0; row < 20; row++) await press('j')
  await at('More 19')
  for (let row = 0; row < 20; row++) await press('k')
  await at('Rye bread')
  await press('Control+z')
  await rowOf(page, 'Milk').waitFor()
  await at('Rye bread')

  await press('/')
  await at('Search in all lists')
  await type('soap')
  // What was found for the first letters goes again, and whoever is on it with it.
  await until(async () => (await page.locator('mark').allTextContents()).join() === 'Soap')
  await tabTo(/Soap.*Groceries/s)
  await press('Enter')
  await until(() => path().includes('/i/'))
  await page.getByRole('dialog').getByLabel('Title', { exact: true }).waitFor()
  await press('Escape')
  await until(() => !path().includes('/i/'))
  await at('Soap')
  await press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await type('today')
  await page.getByRole('option', { name: 'Today' }).first().waitFor()
  await press('Enter')
  await until(() => path() === '/today')
  await at('Today')
  await press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await type('groc')
  await page.getByRole('option', { name: 'Groceries' }).first().waitFor()
  await press('Enter')
  await until(() => path() === `/l/${listId}`)
  await at('Groceries')
  await tabTo('Share')
  await press('Enter')
  await page.getByRole('dialog').getByText('(you)').waitFor()
  await tabTo('Make a link')
  await press('Enter')
  await page.getByLabel('Address of the link').waitFor()
  await tabTo('Copy')
  await press('Enter', 'Escape')
  await at('Share')

  await press('g', 's')
  await at('Settings')
  await tabTo('Sign out')
  await press('Enter')
  await page.getByRole('alertdialog').waitFor()
  await tabTo('Sign out')
  await press('Enter')
  await at('Tandem')
  expect(anna.complaints).toEqual([])
  await anna.leave()
})

it('[APP-92] who hears the page knows what each thing is, and is told what others do and what is saved, now and then and not for ever', async () => {
  const anna = await newPerson(app.browser, app.server)
  const { page } = anna
  await anna.signIn('Anna')
  const listId = await anna.createList('Groceries')
  await anna.add('Milk')
  await anna.add('Bread')
  await anna.untilStatus('Saved')
  const { client, list, flush } = await helperOn(app.server, anna, listId)
  const milk = idOf(list, 'Milk')
  list.items.add({ title: 'Semi-skimmed', place: { at: 'end', parent: milk } })
  await rowOf(page, 'Semi-skimmed').waitFor()
  const snapshot = await page.locator('main').ariaSnapshot()
  const said = snapshot.split('\n').map((line) => line.trim().replace(/^- /, ''))
  for (const line of [
    'heading "Groceries" [level=1]:',
    'status:',
    'combobox "New item"',
    'list "Items":',
    'checkbox "Milk"',
    'button "Rename Milk": Milk',
    'button "Details of Milk"',
    'button "More for Milk"',
    'checkbox "Semi-skimmed"',
  ]) {
    expect.soft(said, snapshot).toContain(line)
  }
  const subtask = page.getByRole('checkbox', { name: 'Semi-skimmed' })
  expect(await subtask.getAttribute('aria-description')).toBe('Subtask of Milk')
  expect(await page.locator('output.status').getAttribute('aria-live')).toBe('polite')

  await page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const region = document.getElementById('announcements')
    const note = (): void => void heard.push(region?.textContent ?? '')
    if (region !== null) new MutationObserver(note).observe(region, { childList: true })
  })
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard)
  const startedAt = performance.now()
  for (let at = 0; at < 15; at++) {
    list.items.add(`New ${at}`)
    // Each arrives by itself.
    await flush()
  }
  const itemsIn = (sentences: string[]): number =>
    sentences.reduce((sum, one) => {
      const several = /^(\d+) items were changed$/.exec(one)?.[1]
      return sum + (several === undefined ? Number(one.endsWith(' was added')) : Number(several))
    }, 0)
  await until(async () => itemsIn(await heard()) >= 15, {
    what: 'all of them to be told of',
    timeoutMs: 60_000,
  })
  expect((await heard()).some((one) => /items were changed$/.test(one))).toBe(true)
  const [count, seconds] = [(await heard()).length, (performance.now() - startedAt) / 1_000]
  expect(count, (await heard()).join('; ')).toBeLessThanOrEqual(3 + seconds / 5)
  list.items.update(idOf(list, 'Bread'), { title: 'Rye bread' })
  await until(async () => (await heard()).at(-1)?.includes('Rye bread') === true, {
    what: 'a sentence about the bread',
    timeoutMs: 20_000,
  })
  expect(anna.complaints).toEqual([])
  await client.close()
  await anna.leave()
})

it('[APP-93] nothing moves for who wants no motion', async () => {
  const anna = await newPerson(app.browser, app.server, { reducedMotion: 'reduce' })
  const { page } = anna
  await anna.signIn('Anna')
  await anna.createList('Groceries')
  await anna.add('Milk')
  await anna.tick('Milk')
  await page.getByText('Ticked').first().waitFor()
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('dialog').waitFor()
  const longest = await page.evaluate(() => {
    const seconds = (all: string): number[] => all.split(',').map(Number.parseFloat)
    return Math.max(
      ...[...document.querySelectorAll('*')].flatMap((one) =>
        ['', '::before', '::after'].flatMap((part) => {
          const { transitionDuration, animationDuration } = getComputedStyle(one, part)
          return [...seconds(transitionDuration), ...seconds(animationDuration)]
        }),
      ),
    )
  })
  expect(longest).toBeLessThan(0.001)
  await anna.leave()
})

/** Anna's empty list in a window that notes what shifts in it, and somebody who edits it by program. */
async function shiftsCounted(width: number) {
  const anna = await newPerson(app.browser, app.server, { viewport: { width, height: 700 } })
  const { page } = anna
  await page.addInitScript(countShifts)
  await anna.signIn('Anna')
  const listId = await anna.createList('Groceries')
  await anna.untilStatus('Saved')
  return { anna, page, helper: await helperOn(app.server, anna, listId) }
}

it('[APP-94][G-10] fifty changes of others shift nothing that is in view: what they rename, tick, add above and below, and move where nobody looks', async () => {
  const { anna, page, helper } = await shiftsCounted(1000)
  const { items } = helper.list
  items.addMany(Array.from({ length: 60 }, (_, at) => `Item ${at}`))
  await rowOf(page, 'Item 59').waitFor()
  await rowOf(page, 'Item 30').scrollIntoViewIfNeeded()
  await until(() => page.evaluate(() => scrollY > 0))
  await anna.untilStatus('Saved')
  const middle = idOf(helper.list, 'Item 25')
  const top = () => page.locator(`[data-id="${middle}"]`).evaluate((row) => row.getBoundingClientRect().top)
  const before = await top()
  await shiftsOf(page)

  for (let at = 0; at < 10; at++) {
    items.add({ title: `Above ${at}`, place: { at: 'start' } })
    items.update(idOf(helper.list, `Item ${20 + at}`), { title: `Renamed ${20 + at}` })
    items.toggle(idOf(helper.list, `Item ${31 + at}`), true)
    items.add(`Below ${at}`)
    items.move(idOf(helper.list, `Item ${at}`), { at: 'end' })
  }
  await helper.flush()
  await rowOf(page, 'Below 9').waitFor({ state: 'attached' })
  await rowOf(page, 'Renamed 29').waitFor({ state: 'attached' })
  const shifts = await shiftsOf(page)
  expect(shifts).toEqual([])
  expect(await top()).toBe(before)
  // And it would have been seen.
  await page.locator('.items').evaluate((rows) => rows.style.setProperty('padding-top', '40px'))
  expect((await shiftsOf(page)).length).toBeGreaterThan(0)
  expect(anna.complaints).toEqual([])
  await helper.client.close()
  await anna.leave()
})

it('[APP-94][G-10] dates, labels and people that others give to fifty rows make none higher that is in view, wide or on a phone; neither does a press to rename', {
  timeout: 60_000,
}, async () => {
  const { anna, page, helper } = await shiftsCounted(390)
  const { list, client, flush } = helper
  const label = list.labels.add('market').value
  // One that leaves room in its line, one that fills it, one that needs several.
  const titles = [
    'short',
    'as long as its line may be',
    'which goes on until it needs a second line, and on a phone a third and a fourth one as well',
  ]
  const ids = list.items.addMany(
    Array.from({ length: 60 }, (_, at) => ({ title: `${at} ${titles[(at >> 1) % 3]}` })),
  ).value
  await flush()
  const rows = page.locator('.item[data-id]')
  await rows.nth(59).waitFor({ state: 'attached' })
  await anna.untilStatus('Saved')
  const tops = () =>
    rows.evaluateAll((all) =>
      all.map((row) => row.getBoundingClientRect().top).filter((top) => top > 0 && top < innerHeight),
    )
  const given: readonly ((id: string) => void)[] = [
    (id) => void list.items.update(id, { due: { date: '2030-01-01' } }),
    (id) => void list.items.label(id, { add: [label] }),
    (id) => void list.items.assign(id, { add: [anna.session().user.id] }),
  ]

  for (const [turn, width] of [390, 1000].entries()) {
    await page.setViewportSize({ width, height: 700 })
    await page.locator('[data-still]').first().waitFor({ state: 'detached' })
    await page.evaluate(() => scrollTo(0, 700))
    await shiftsOf(page)
    const before = await tops()
    expect(before.length).toBeGreaterThan(8)
    for (const [at, id] of ids.slice(0, 50).entries()) given[(at + turn) % 3]?.(id)
    await flush()
    await until(async () => (await page.locator('.item:has(.meta)').count()) === 50, {
      what: 'what the others gave',
    })
    const [last = ''] = ids.slice(49)
    await until(async () => (await page.locator(`[data-id="${last}"] .meta-part`).count()) > turn)
    // What is known of an item already makes room in its line for what comes; its row stays.
    if (turn === 0) expect(await shiftsOf(page)).toEqual([])
    expect(await tops()).toEqual(before)
  }

  const still = page.locator('.item[data-still]')
  const [kept = ''] = await still.evaluateAll((all) =>
    all
      .filter((row) => row.getBoundingClientRect().top > 100)
      .map((row) => (row instanceof HTMLElement ? (row.dataset['id'] ?? '') : '')),
  )
  const row = page.locator(`[data-id="${kept}"]`)
  const before = await tops()
  await row.locator('.title').click()
  await row.locator('.title-field').waitFor()
  expect(await tops()).toEqual(before)
  await row.locator('.title-field').fill('Mine now')
  await page.keyboard.press('Enter')
  await row.locator('bdi', { hasText: 'Mine now' }).first().waitFor()
  expect(await row.getAttribute('data-still')).toBe(null)
  expect(anna.complaints).toEqual([])
  await client.close()
  await anna.leave()
})
