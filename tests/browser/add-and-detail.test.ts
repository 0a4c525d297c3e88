import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { giveRole } from '../support/people.ts'
import { until } from '../support/until.ts'
import { newPerson, type Person, share } from './app.ts'
import { madeList } from './made-list.ts'
import { useApp } from './use-app.ts'

const app = useApp()

const WIDE = { viewport: { width: 1400, height: 900 } }
let owner: Person
let bob: Person

beforeAll(async () => {
  ;[owner, bob] = [
    await newPerson(app.browser, app.server, WIDE),
    await newPerson(app.browser, app.server, WIDE),
  ]
  await owner.become('Ann Smith')
  await bob.become('Bob')
})
afterEach(async () => {
  await owner.goOnline()
  expect([...owner.complaints.splice(0), ...bob.complaints.splice(0)]).toEqual([])
})
afterAll(async () => {
  await owner?.leave()
  await bob?.leave()
})

/** A list of its own for each test, open on Ann's page. */
async function opened(title: string, items: readonly string[] = []): Promise<string> {
  const listId = await madeList(app.server, owner, title, items)
  await owner.openList(listId)
  await owner.untilTitles(items)
  return listId
}

async function openedByBoth(title: string, items: readonly string[] = []): Promise<string> {
  const listId = await madeList(app.server, owner, title, items)
  await share(app.server, owner, bob, listId)
  await Promise.all([owner.openList(listId), bob.openList(listId)])
  for (const person of [owner, bob]) await person.untilTitles(items)
  return listId
}

const field = (page: Page) => page.getByLabel('New item', { exact: true })
const row = (page: Page, title: string) =>
  page.locator('.item').filter({ has: page.getByRole('checkbox', { name: title, exact: true }) })
const detail = (page: Page) => page.locator('.detail')

async function paste(page: Page, text: string): Promise<void> {
  await field(page).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

/** Whether this tab is the one that is looked at. */
async function look(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

async function openDetail(person: Person, title: string): Promise<void> {
  await row(person.page, title).hover()
  await person.page.getByRole('button', { name: `Details of ${title}`, exact: true }).click()
  await detail(person.page).getByLabel('Title', { exact: true }).waitFor()
}

function untilText(page: Page, selector: string, text: string | RegExp): Promise<unknown> {
  return page.locator(selector, { hasText: text }).first().waitFor({ timeout: 20_000 })
}

describe('adding', () => {
  it('[APP-30][APP-31] takes everything of an item from one line, also offline, and a chip that is taken off is text again', async () => {
    const listId = await opened('Groceries')
    const { page } = owner
    await owner.goOffline()
    await field(page).fill('2x Oat milk tomorrow 5pm every monday @Ann #errands /Dairy !3')
    await page.locator('.add-chip').nth(6).waitFor()
    await field(page).press('Enter')
    const milk = row(page, 'Oat milk')
    await milk.getByText('errands').waitFor()
    for (const said of ['2 ×', 'Tomorrow, 5:00 PM', 'every Monday', 'High priority']) {
      await milk.getByText(said).waitFor()
    }
    expect(await field(page).inputValue()).toBe('')
    await page.getByText('Dairy', { exact: true }).first().waitFor()

    // Suggested while it is typed; Enter takes the suggestion, the next one adds.
    await field(page).pressSequentially('Cheese /dai')
    await page.getByRole('option', { name: 'Dairy' }).waitFor()
    await field(page).press('Enter')
    expect(await field(page).inputValue()).toBe('Cheese /Dairy ')
    await field(page).press('Enter')
    await row(page, 'Cheese').waitFor()

    await field(page).fill('Call Sam 1 march')
    // Whatever that day is called today.
    await page.getByRole('button', { name: /take it as plain text$/ }).click()
    await page.locator('.add-chip').waitFor({ state: 'detached' })
    await field(page).press('Enter')
    await row(page, 'Call Sam 1 march').waitFor()

    // What a filter hides is not lost, and says so.
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('option', { name: 'errands' }).click()
    await row(page, 'Cheese').waitFor({ state: 'detached' })
    await field(page).fill('Soap')
    await field(page).press('Enter')
    const hidden = page.locator('.toast', { hasText: 'which the filter hides' })
    await hidden.getByRole('button', { name: 'Show all items' }).click()
    await row(page, 'Soap').waitFor()

    // What is half typed is there after a reload.
    await owner.goOnline()
    await field(page).fill('Half a thought')
    await owner.openList(listId)
    await until(async () => (await field(page).inputValue()) === 'Half a thought', { what: 'the draft' })
    await owner.untilStatus('Saved')
  })

  it('[APP-32][APP-33] offers to add pasted lines, keeps ticks, takes all back in one step; says what is there already', async () => {
    await opened('Pasted')
    const { page } = owner
    const lines = [
      'Milk',
      'Bread',
      'Eggs',
      'Tea',
      'Jam',
      'Salt',
      'Oil',
      'Rice',
      'Soap',
      'Fish',
      'Corn',
      'Figs',
    ]
    await paste(page, lines.map((line, at) => `${at === 1 ? '- [x]' : '- [ ]'} ${line}`).join('\n'))
    await page.getByRole('button', { name: 'Add 12 items' }).click()
    await row(page, 'Figs').waitFor()
    await owner.openDone()
    expect(await row(page, 'Bread').getByRole('checkbox').isChecked()).toBe(true)

    await field(page).fill('milk')
    await page.getByText('is already on the list').waitFor()
    await field(page).fill('BREAD 500 g')
    await field(page).fill('3x BREAD')
    await page.getByText('was ticked today').waitFor()
    await page.getByRole('button', { name: 'Put back' }).click()
    await row(page, 'Bread').getByText('3 ×').waitFor()
    expect(await row(page, 'Bread').getByRole('checkbox').isChecked()).toBe(false)

    await field(page).press('Escape')
    await page.getByRole('button', { name: /^Undo/ }).first().click()
    await page.getByRole('button', { name: /^Undo/ }).first().click()
    await owner.untilTitles([])

    await paste(page, 'Cake\nfour eggs\nsome flour')
    await page.getByRole('button', { name: 'Add as one item' }).click()
    await row(page, 'Cake').getByRole('img', { name: 'Has notes' }).waitFor()
    await field(page).fill('x'.repeat(10_001))
    await page.getByText('This is 1 too many').waitFor()
    await field(page).press('Enter')
    await owner.untilTitles(['Cake'])
  })

  it('[APP-34] keeps what was being typed when the right to add goes', async () => {
    const listId = await openedByBoth('Roles')
    await field(bob.page).fill('Not lost')
    const { token } = owner.session()
    await giveRole(app.server.url, token, { listId, userId: bob.session().user.id, role: 'viewer' })
    await bob.page.getByText('You can no longer add to this list').waitFor()
    expect(await field(bob.page).inputValue()).toBe('Not lost')
    await field(bob.page).press('Enter')
    await giveRole(app.server.url, token, { listId, userId: bob.session().user.id, role: 'editor' })
    await bob.page.getByRole('button', { name: 'Add', exact: true }).click()
    await owner.untilTitles(['Not lost'])

    // Lines that were pasted wait just the same.
    await paste(bob.page, 'Cake\nCoffee')
    await giveRole(app.server.url, token, { listId, userId: bob.session().user.id, role: 'viewer' })
    await bob.page.getByText('You can no longer add to this list').waitFor()
    await giveRole(app.server.url, token, { listId, userId: bob.session().user.id, role: 'editor' })
    await bob.page.getByText('You can no longer add to this list').waitFor({ state: 'detached' })
    await bob.page.getByRole('button', { name: 'Add 2 items' }).click()
    await owner.untilTitles(['Not lost', 'Cake', 'Coffee'])
  })
})

describe('the panel of an item', () => {
  it('[APP-97][APP-35] keeps what is typed however its field is left, and lets numbers and times be typed part by part', async () => {
    const listId = await opened('Half typed', ['Milk', 'Bread'])
    const { page } = owner
    await page.goto(owner.origin)
    await page.locator('#content').getByRole('link', { name: 'Half typed' }).click()
    await page.getByRole('button', { name: 'Rename Milk', exact: true }).click()
    await page.getByLabel('New name of Milk').fill('Oat milk')
    // Nothing is left first: the page goes, with the field in it.
    await page.goBack()
    await page.getByRole('heading', { name: 'Lists' }).waitFor()
    await page.goForward()
    await row(page, 'Oat milk').waitFor()
    await owner.fromMenu('Oat milk', 'Add a subtask')
    await page.getByLabel('New subtask of').fill('Of oats')
    await owner.openList(listId)
    await row(page, 'Of oats').waitFor()
    expect(await owner.titles()).toEqual(['Oat milk', 'Of oats', 'Bread'])

    await openDetail(owner, 'Bread')
    const panel = detail(page)
    await panel.getByLabel('Add a subtask').fill('Half a')
    await panel.getByLabel('Write a comment').fill('The dark one')
    await panel.getByRole('button', { name: 'Send' }).click()
    await panel.locator('.comment').getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await panel.getByLabel('Edit the comment').fill('The dark one, half of')
    await page.getByRole('button', { name: 'Close the details' }).click()
    await panel.waitFor({ state: 'detached' })
    await openDetail(owner, 'Bread')
    expect(await panel.getByLabel('Add a subtask').inputValue()).toBe('Half a')
    expect(await panel.getByLabel('Edit the comment').inputValue()).toBe('The dark one, half of')
    await panel.locator('.comment').getByRole('button', { name: 'Cancel' }).click()
    await panel.getByText('The dark one', { exact: true }).waitFor()

    await panel.getByLabel('Repeat').selectOption({ label: 'Something else …' })
    const count = panel.getByRole('spinbutton')
    await count.press('Control+a')
    await count.press('Backspace')
    expect(await count.inputValue()).toBe('')
    await count.press('3')
    await panel.getByRole('status').filter({ hasText: 'Every 3 weeks' }).waitFor()

    await panel.getByRole('button', { name: 'Add a reminder' }).click()
    await page.getByRole('menuitem', { name: 'At a time of your own' }).click()
    const time = panel.getByLabel('Remind at')
    await time.fill('2031-05-06T09:03')
    await time.fill('2031-05-06T09:30')
    await panel.getByLabel('Quantity').focus()
    await time.waitFor({ state: 'detached' })
    expect(await panel.locator('.pill', { hasText: '2031' }).allTextContents()).toEqual([
      expect.stringContaining('9:30'),
    ])
  })

  it('[APP-35] shows what others change at once, and overwrites nothing that is being typed', async () => {
    await openedByBoth('Together', ['Milk'])
    await row(bob.page, 'Milk').waitFor()
    await openDetail(owner, 'Milk')
    await openDetail(bob, 'Milk')

    const annTitle = detail(owner.page).getByLabel('Title', { exact: true })
    await annTitle.fill('Oat milk')
    const bobs = detail(bob.page)
    await bobs.getByLabel('Title', { exact: true }).fill('Goat milk')
    await bobs.getByLabel('Title', { exact: true }).press('Enter')
    await bobs.getByLabel('Quantity').fill('2 l')
    await bobs.getByLabel('Quantity').press('Enter')
    await bobs.getByRole('button', { name: 'Tomorrow', exact: true }).click()
    await bobs.getByRole('radio', { name: 'High' }).check()
    await bobs.getByLabel('Repeat').selectOption({ label: 'Every day' })
    await bobs.getByRole('button', { name: 'Add a reminder' }).click()
    await bob.page.getByRole('menuitem', { name: '1 day before' }).click()
    await bobs.getByLabel('Add a subtask').fill('Look at the date')
    await bobs.getByLabel('Add a subtask').press('Enter')
    await bobs.getByRole('button', { name: 'Labels …' }).click()
    await bob.page.getByRole('combobox', { name: 'Labels of' }).fill('dairy')
    await bob.page.getByRole('option', { name: /dairy/ }).click()
    await bob.page.keyboard.press('Escape')

    const anns = detail(owner.page)
    await anns.getByText('Somebody has changed it to').waitFor()
    expect(await annTitle.inputValue()).toBe('Oat milk')
    await until(async () => (await anns.getByLabel('Quantity').inputValue()) === '2 l', {
      what: 'the quantity',
    })
    await untilText(owner.page, '.detail .prop-said', 'Tomorrow')
    expect(await anns.getByRole('radio', { name: 'High' }).isChecked()).toBe(true)
    await anns.getByRole('checkbox', { name: 'Look at the date' }).waitFor()
    await untilText(owner.page, '.detail .pill', 'dairy')
    await until(async () => (await anns.getByLabel('Repeat').inputValue()) === 'FREQ=DAILY', {
      what: 'the rule',
    })
    // Kept when she leaves the field, and shown to him.
    await annTitle.press('Enter')
    await until(async () => (await bobs.getByLabel('Title', { exact: true }).inputValue()) === 'Oat milk', {
      what: 'her title at his side',
    })
  }, 90_000)

  it('[APP-36] is locked by role: a commenter writes comments and nothing else, a viewer nothing', async () => {
    const listId = await openedByBoth('Locked', ['Milk'])
    const { token } = owner.session()
    const become = (role: string) =>
      giveRole(app.server.url, token, { listId, userId: bob.session().user.id, role })
    await become('commenter')
    await openDetail(bob, 'Milk')
    const panel = detail(bob.page)
    await panel.getByText('You can read this list, and not change it.').waitFor()
    expect(await panel.getByLabel('Title', { exact: true }).isEditable()).toBe(false)
    expect(await panel.getByLabel('Quantity').isEditable()).toBe(false)
    expect(await panel.getByRole('button', { name: 'Assign' }).count()).toBe(0)
    await panel.getByLabel('Write a comment').fill('Which one? See https://example.org/milk')
    await panel.getByRole('button', { name: 'Send' }).click()
    await panel.getByText('Which one?').waitFor()

    await row(owner.page, 'Milk').getByText('1 comment').waitFor({ state: 'attached' })
    await openDetail(owner, 'Milk')
    await detail(owner.page).getByText('Which one?').waitFor()
    await detail(owner.page).locator('.comment').getByRole('button', { name: 'More' }).click()
    await owner.page.getByRole('menuitem', { name: 'Resolve' }).click()
    await panel.getByText('1 resolved comment').waitFor()

    await become('viewer')
    await panel.getByText('You can read the comments, and not write any.').waitFor()
  }, 90_000)

  it('[APP-36][Z-07] keeps hostile titles, links and comments what they are: text', async () => {
    await opened('Hostile')
    const { page } = owner
    const title = '<img src=x onerror="window.ran=1"><script>window.ran=1</script> 😀 مرحبا'
    await owner.add(title)
    await openDetail(owner, title)
    const panel = detail(page)
    expect(await panel.getByLabel('Title', { exact: true }).inputValue()).toBe(title)
    await panel.getByLabel('Link', { exact: true }).fill('javascript:window.ran=1')
    await panel.getByLabel('Link', { exact: true }).press('Enter')
    await panel.getByText('Only addresses that begin with https:// are kept as links.').waitFor()
    expect(await panel.getByRole('link').count()).toBe(0)
    await panel.getByLabel('Link', { exact: true }).fill('example.org/milk')
    await panel.getByLabel('Link', { exact: true }).press('Enter')
    const link = panel.getByRole('link', { name: 'Open the link' })
    expect(await link.getAttribute('href')).toBe('https://example.org/milk')
    expect(await link.getAttribute('rel')).toContain('noopener')
    await panel.getByLabel('Write a comment').fill('javascript:window.ran=1 <b>x</b> data:text/html,x')
    await panel.getByRole('button', { name: 'Send' }).click()
    await panel.locator('.comment-body', { hasText: '<b>x</b>' }).waitFor()
    expect(await panel.locator('.comment-body a').count()).toBe(0)
    expect(await page.evaluate(() => Object.hasOwn(window, 'ran'))).toBe(false)
  })

  it('[APP-37] reminds once on a device of what fell due while the app was closed', async () => {
    const listId = await opened('Reminded', ['Feed the cat'])
    const { page } = owner
    await openDetail(owner, 'Feed the cat')
    await detail(page).getByRole('button', { name: 'Add a reminder' }).click()
    await page.getByRole('menuitem', { name: 'At a time of your own' }).click()
    const anHourAgo = new Date(Date.now() - 3_600_000)
    const clock = new Date(anHourAgo.getTime() - anHourAgo.getTimezoneOffset() * 60_000)
      .toISOString()
      .slice(0, 16)
    // Not while nobody looks at this tab: then it is another one's, or comes later.
    await look(page, 'hidden')
    await detail(page).getByLabel('Remind at').fill(clock)
    await detail(page)
      .getByRole('button', { name: /reminder/ })
      .first()
      .waitFor()
    await owner.untilStatus('Saved')
    const notice = page.locator('.toast', { hasText: 'Feed the cat' })
    expect(await notice.count()).toBe(0)
    await look(page, 'visible')
    await notice.waitFor()
    await notice.getByRole('button', { name: 'Done' }).click()
    await until(() => row(page, 'Feed the cat').getByRole('checkbox').isChecked(), { what: 'the tick' })

    await row(page, 'Feed the cat').getByRole('checkbox').uncheck()
    await owner.openList(listId)
    await row(page, 'Feed the cat').waitFor()
    // The reminders have been looked at once the sidebar counts, and nothing is said again.
    await owner.untilStatus('Saved')
    expect(await notice.count()).toBe(0)
  })
})
