import { expect, it } from 'vitest'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import type { Person } from '../app.ts'
import { useStage } from './pair.ts'

const stage = useStage()

for (const first of ['anna', 'bo'] as const) {
  it(`[SYNC-1][A6.1][A-07][F-08] ten items added without a network and two with one make twelve, in one order, ${first} saved first`, async () => {
    const pair = await stage.pair()
    const { anna, bo } = pair
    await anna.goOffline()
    await anna.untilStatus('Offline')
    for (let n = 1; n <= 10; n += 1) await anna.add(`offline ${n}`)
    await anna.untilStatus('Offline · 10 changes kept on this device')
    await bo.add('online 1')
    await bo.add('online 2')
    await bo.untilStatus('Saved')
    await bo.goOffline()
    await bo.untilStatus('Offline')
    await pair.comeBack(pair[first])
    expect(new Set(await pair.agree(12)).size).toBe(12)
  })
}

it('[MODEL-1][A6.2][A-03] one renames while the other ticks, both without a network: both survive', async () => {
  const pair = await stage.pair('Milk', 'Bread')
  const { anna, bo } = pair
  await pair.goOffline()
  await anna.rename('Milk', 'Oat milk')
  await bo.tick('Milk')
  await pair.comeBack()
  await pair.agree(2)
  await pair.untilTicked(['Oat milk'])
})

it('[ORDER-2][A6.5] an item that both moved is there once, at the same place for both', async () => {
  const pair = await stage.pair('a', 'b', 'c', 'd')
  const { anna, bo } = pair
  await pair.goOffline()
  await anna.moveTo('b', 'bottom')
  await anna.untilTitles(['a', 'c', 'd', 'b'])
  await bo.moveTo('b', 'top')
  await bo.untilTitles(['b', 'a', 'c', 'd'])
  await pair.comeBack()
  expect([...(await pair.agree(4))].sort()).toEqual(['a', 'b', 'c', 'd'])
})

it('[REC-1][A6.6] a weekly item that both complete without a network comes back once', async () => {
  const pair = await stage.pair()
  const { anna, bo } = pair
  await anna.addWith('Bins every week', 'Bins')
  await anna.untilStatus('Saved')
  await bo.untilTitles(['Bins'])
  await pair.goOffline()
  await anna.tick('Bins')
  await bo.tick('Bins')
  await pair.comeBack()
  await pair.agree(2)
  await pair.untilTicked(['Bins'])
})

it('[UNDO-1][A6.13][U-01] who undoes takes back what they wrote, and nothing the other one wrote since', async () => {
  const { anna, bo, agree, untilTicked } = await stage.pair('Milk', 'Bread')
  await anna.rename('Milk', 'Oat milk')
  await bo.untilTitles(['Oat milk', 'Bread'])
  await bo.tick('Oat milk')
  await untilTicked(['Oat milk'])
  await anna.page.keyboard.press('Control+z')
  await untilTicked(['Milk'])
  expect(new Set(await agree(2))).toEqual(new Set(['Milk', 'Bread']))
})

it('[UNDO-2][A6.13][U-04] twenty items ticked at once come back at once', async () => {
  const names = Array.from({ length: 20 }, (_, n) => `item ${n}`)
  const { anna, untilTicked, agree } = await stage.pair(...names)
  await anna.selectAll()
  await anna.page.getByRole('toolbar').getByRole('button', { name: 'Done', exact: true }).click()
  await untilTicked(names)
  await anna.page.getByRole('button', { name: 'Undo: tick' }).click()
  await untilTicked([])
  expect(await agree(20)).toEqual(names)
})

it('[STATUS-5][A6.14] a page that meets a list of a later version reads on, locks what it could break, asks to be reloaded, and loses nothing', async () => {
  const { anna, bo, listId, server } = await stage.pair('Milk')
  await bo.goOffline()
  await bo.untilStatus('Offline')
  await bo.add('Bread')
  const { token, user } = anna.session()
  const newer = new RawClient({ url: `${server.wsUrl}/sync`, token, listId, version: 'tandem/1' })
  await newer.synced
  const register = (value: unknown) => [value, user.id, Date.now()]
  newer.document.getMap('list').set('format', register(2))
  await anna.untilStatus('Needs attention')
  await anna.page
    .getByText(/reload/i)
    .first()
    .waitFor()
  expect(await anna.page.getByRole('checkbox', { name: 'Milk' }).isDisabled()).toBe(true)

  // What was written before is kept, and sent by a version that understands the list.
  await bo.goOnline()
  await bo.untilStatus('Needs attention')
  await bo.untilTitles(['Milk', 'Bread'])
  newer.document.getMap('list').set('format', register(1))
  await bo.untilStatus('Saved')
  await anna.untilTitles(['Milk', 'Bread'])
  await until(() => anna.page.getByRole('checkbox', { name: 'Milk' }).isEnabled())
  newer.drop()
})

it('[APP-80][LOCAL-14][A6.15] folder, pin, sort and muting are one’s own: they outlast a reload, and the other person’s list and sidebar stay as they were', async () => {
  const { anna, bo } = await stage.pair('Pears', 'Apples', 'Milk')
  await fromListMenu(bo, 'Folder …')
  await bo.page.getByLabel('Name of a new folder').fill('Errands')
  await bo.page.getByRole('button', { name: 'Make' }).click()
  await groupOf(bo, 'Errands').getByRole('link', { name: 'Groceries' }).waitFor()
  await fromListMenu(bo, 'Sort …')
  await bo.page.getByRole('radio', { name: 'By title' }).check()
  await bo.page.getByRole('button', { name: 'Done', exact: true }).click()
  await bo.untilTitles(['Apples', 'Milk', 'Pears'])
  await fromListMenu(bo, 'Mute')
  await fromListMenu(bo, 'Pin to the top')
  const pinned = groupOf(bo, 'Pinned').getByRole('link', { name: 'Groceries' })
  await pinned.getByLabel('muted').waitFor()

  await bo.page.reload()
  await bo.untilTitles(['Apples', 'Milk', 'Pears'])
  await pinned.getByLabel('muted').waitFor()
  // What came last to Anna's page came after all of it.
  await bo.add('Bread')
  await anna.untilTitles(['Pears', 'Apples', 'Milk', 'Bread'])
  await anna.page.reload()
  await anna.untilTitles(['Pears', 'Apples', 'Milk', 'Bread'])
  const side = await anna.page.getByRole('navigation', { name: 'Lists' }).innerText()
  expect(side).toContain('Groceries')
  for (const words of ['Errands', 'Pinned']) expect(side).not.toContain(words)
  expect(await anna.page.getByLabel('muted').count()).toBe(0)

  await fromListMenu(bo, 'Unpin')
  await groupOf(bo, 'Errands').getByRole('link', { name: 'Groceries' }).waitFor()
})

function groupOf({ page }: Person, name: string) {
  return page.getByRole('navigation', { name: 'Lists' }).getByRole('list', { name, exact: true })
}

async function fromListMenu({ page }: Person, action: string): Promise<void> {
  await page.getByRole('button', { name: 'More for this list' }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}
