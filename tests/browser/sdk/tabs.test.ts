import { expect, it } from 'vitest'
import { createList, guest } from '../../support/people.ts'
import type {} from './page/lab.ts'
import { logOf } from './postgres-log.ts'
import { useStage } from './stage.ts'

const stage = useStage('lab.ts')

it('[LOCAL-5][F-01] two tabs show each other’s edits without a server; one is closed, and the other brings both to PostgreSQL, once', async () => {
  const anna = await stage.device(['Milk'])
  const before = await logOf(stage.databaseUrl, anna.listId)
  const one = await anna.open()
  const two = await anna.open()
  await one.untilState('synced')
  await two.untilState('synced')
  anna.goOffline()
  await one.untilState('offline')
  await two.untilState('offline')

  await one.add('Bread')
  await two.untilTitles(['Milk', 'Bread'])
  await two.tick('Milk')
  await expect.poll(() => one.done()).toEqual(['Milk'])
  await two.add('Eggs')
  await one.untilTitles(['Milk', 'Bread', 'Eggs'])
  for (const tab of [one, two]) await tab.untilStatus({ state: 'offline', pending: 3, stored: true })

  await one.close()
  anna.goOnline()
  await two.untilState('synced')
  const after = await logOf(stage.databaseUrl, anna.listId)
  expect(after.items).toEqual([
    { title: 'Milk', done: true },
    { title: 'Bread', done: false },
    { title: 'Eggs', done: false },
  ])
  expect(after.rows).toBe(before.rows + 1)
  // Nothing is left behind for the next start.
  await two.leave()
  anna.goOffline()
  const later = await anna.open({ token: null })
  await later.untilStatus({ state: 'offline', pending: 0 })
  expect(await later.titles()).toEqual(['Milk', 'Bread', 'Eggs'])
})

it('[LOCAL-5][F-01] a tab opened while there is no server has what another tab has just done, and goes on with it when that one closes', async () => {
  const anna = await stage.device(['Milk'])
  anna.goOffline()
  const one = await anna.open({ token: null })
  await one.untilTitles(['Milk'])
  await one.add('Bread')
  const two = await anna.open({ token: null })
  await two.untilTitles(['Milk', 'Bread'])
  await one.add('Eggs')
  await two.untilTitles(['Milk', 'Bread', 'Eggs'])
  await one.close()
  await two.add('Butter')
  await two.untilStatus({ state: 'offline', pending: 3, stored: true })
  await two.page.reload()
  await two.untilTitles(['Milk', 'Bread', 'Eggs', 'Butter'])
})

it('[LOCAL-7] the next person on the same browser sees nothing of the first, who finds everything again', async () => {
  const anna = await stage.device(['Anna’s secret'])
  anna.goOffline()
  const hers = await anna.open()
  await hers.untilTitles(['Anna’s secret'])
  await hers.add('Not yet sent')
  await hers.untilStatus({ state: 'offline', pending: 1, stored: true })
  await hers.close()

  const bo = await guest(stage.server.url, 'Bo')
  const { id: listId } = await createList(stage.server.url, bo.token, { title: 'Bo’s' })
  // Bo opens Anna’s list, as somebody would who has its address, and the device has it.
  const snoop = await anna.open({ token: bo.token })
  await snoop.untilState('offline')
  expect(await snoop.titles()).toEqual([])
  expect(await snoop.page.evaluate(() => window.lab.client.user.getSnapshot()?.name)).toBe('Bo')
  expect(await snoop.page.evaluate(() => window.lab.client.lists.getSnapshot().map((l) => l.title))).toEqual([
    '',
  ])
  anna.goOnline()
  await snoop.untilStatus({ state: 'attention', reason: 'access-revoked' })
  const seen = await snoop.seen()
  expect(seen.flatMap(({ titles }) => titles)).toEqual([])
  await snoop.close()

  const his = await anna.open({ token: bo.token, listId })
  await his.untilState('synced')
  await his.add('Beer')
  await his.untilState('synced')
  expect(await his.page.evaluate(() => window.lab.client.lists.getSnapshot().map((l) => l.title))).toEqual([
    'Bo’s',
  ])
  await his.close()

  anna.goOffline()
  const again = await anna.open()
  await again.untilTitles(['Anna’s secret', 'Not yet sent'])
  await again.untilStatus({ state: 'offline', pending: 1, stored: true })
  await again.close()
  anna.goOnline()
  const online = await anna.open()
  await online.untilState('synced')
  const { items } = await logOf(stage.databaseUrl, anna.listId)
  expect(items.map((item) => item.title)).toEqual(['Anna’s secret', 'Not yet sent'])
})

it('[LOCAL-10][SDK-3] signing out leaves nothing of the person on the device, in no tab, and not before everything was saved', async () => {
  const anna = await stage.device(['Anna’s secret'])
  const tab = await anna.open()
  const other = await anna.open()
  await other.untilState('synced')
  anna.goOffline()
  await tab.untilState('offline')
  await tab.add('Not yet sent')
  const signOut = () =>
    tab.page.evaluate(() =>
      window.lab.client.signOut().then(
        () => 'signed out',
        (error: { code: string }) => error.code,
      ),
    )
  expect(await signOut()).toBe('pending')
  anna.goOnline()
  await tab.untilState('synced')
  expect(await signOut()).toBe('signed out')
  await other.close()
  await tab.close()

  anna.goOffline()
  const later = await anna.open({ token: null })
  expect(await later.titles()).toEqual([])
  expect(await later.page.evaluate(() => window.lab.client.user.getSnapshot())).toBeNull()
  const names = () => later.page.evaluate(async () => (await indexedDB.databases()).map((db) => db.name))
  expect((await names()).filter((name) => name?.includes(anna.person.userId))).toEqual([])
})
