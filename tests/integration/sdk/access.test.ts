import type { List } from '@tandem/client-sdk'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { logOf } from '../../browser/sdk/postgres-log.ts'
import { giveRole } from '../../support/people.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { ask } from '../http/ask.ts'
import { again, closeAll, isSynced, type Person, person, sharedList, titles } from './two-people.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server?.stop())

const REMOVED = 'Ann removed you from this list.'

async function annAndBen(): Promise<{ ann: Person; ben: Person; hers: List; his: List }> {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There are no lists.')
  await hers.items.add('Milk').confirmed
  await until(() => titles(his).includes('Milk') && isSynced(his), { what: 'Ben has the milk' })
  return { ann, ben, hers, his }
}

const member = (listId: string, { identity }: Person): string =>
  `${server.url}/api/v1/lists/${listId}/members/${identity.userId}`

async function remove(listId: string, by: Person, who: Person): Promise<void> {
  const { status } = await ask(member(listId, who), { method: 'DELETE', token: by.identity.token })
  expect(status).toBe(200)
}

const letIn = (listId: string, by: Person, { identity }: Person, role = 'editor'): Promise<void> =>
  giveRole(server.url, by.identity.token, { listId, userId: identity.userId, role })

const ended = (list: List): boolean => list.access.getSnapshot().state === 'ended'
const row = ({ client }: Person, id: string) => client.lists.getSnapshot().find((list) => list.id === id)
const storeOf = ({ storage, identity }: Person) => storage.open(identity.userId)

async function everythingStored(who: Person, listId: string): Promise<string> {
  const store = await storeOf(who)
  const { base, pending } = await store.load(listId)
  const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)
  return [...base.map(text), ...pending.map(({ update }) => text(update))].join('\n')
}

it('[A6.11][F-12][P-10][P-24][SDKA-2][SDKA-3][SDKA-4] removed while offline with 3 edits: nothing is applied, they can be exported, the copy is purged', async () => {
  const { ann, ben, hers, his } = await annAndBen()
  const [milk = ''] = his.items.ids().getSnapshot()
  ben.network.cut()
  his.items.add('Beer')
  his.items.toggle(milk)
  await his.items.update(milk, { title: 'Ben’s milk' }).stored
  const before = await logOf(server.databaseUrl ?? '', his.id)
  await remove(his.id, ann, ben)
  ben.network.restore()
  await until(() => ended(his), { what: 'Ben is told' })
  expect(his.access.getSnapshot()).toMatchObject({ why: 'access-ended', message: REMOVED, pending: 3 })
  expect(his.status.getSnapshot()).toMatchObject({
    state: 'attention',
    reason: 'access-revoked',
    message: REMOVED,
  })
  expect(titles(his)).toEqual([])
  const exported = JSON.parse(await his.exportPending().text())
  expect(exported.refused).toMatchObject([{ label: 'Add' }, { label: 'Tick' }, { label: 'Edit' }])
  expect(JSON.stringify(exported)).toContain('Beer')
  await until(async () => (await (await storeOf(ben)).ends()).length === 1)
  expect(await everythingStored(ben, his.id)).toBe('')
  expect(row(ben, his.id)).toMatchObject({ title: 'Groceries', ended: true, role: null })

  // And later: the connection comes and goes, the page is loaded again, other lists are used.
  ben.network.cut()
  ben.network.restore()
  const other = ben.client.lists.create({ title: 'His own' })
  await other.confirmed
  await ben.client.close()
  const reloaded = again(server.url, ben.identity, ben.storage)
  await until(() => row(reloaded, other.value.id)?.role === 'owner' && row(reloaded, his.id)?.ended === true)
  await reloaded.client.flush()
  expect(titles(hers)).toEqual(['Milk'])
  expect(await logOf(server.databaseUrl ?? '', his.id)).toEqual(before)
})

it('[P-10][SDKA-2][SDKA-5] removed while looking: told why, off the screen, the other lists go on; let go of, it is gone from the overview for good', async () => {
  const { ann, ben, his } = await annAndBen()
  const other = ben.client.lists.create({ title: 'His own' })
  await other.confirmed
  await until(() => isSynced(other.value))
  const sockets = ben.network.opened
  await remove(his.id, ann, ben)
  await until(() => ended(his), { what: 'Ben is told' })
  expect(titles(his)).toEqual([])
  await expect(his.items.add('Beer').confirmed).rejects.toMatchObject({
    code: 'access-revoked',
    message: REMOVED,
  })
  await other.value.items.add('Tent').confirmed
  expect(ben.network.opened).toBe(sockets)
  expect(row(ben, his.id)).toMatchObject({ title: 'Groceries', ended: true })
  const status = his.status.getSnapshot()
  if (status.state !== 'attention') throw new Error('It must ask for attention.')
  await status.resolve()
  expect(row(ben, his.id)).toBeUndefined()
  expect((await (await storeOf(ben)).lists()).map(({ id }) => id)).toEqual([other.value.id])
  await ben.client.lists.refresh()

  // An old address of it leads to the same words, and leaves nothing behind.
  const opened = ben.client.lists.open(his.id)
  await until(() => ended(opened), { what: 'told again' })
  expect(opened.access.getSnapshot()).toMatchObject({ message: REMOVED, pending: 0 })
  expect(row(ben, his.id)).toBeUndefined()
  await ben.client.close()
  expect(await (await storeOf(ben)).ends()).toEqual([])
  const reloaded = again(server.url, ben.identity, ben.storage)
  await until(() => row(reloaded, other.value.id) !== undefined)
  expect(row(reloaded, his.id)).toBeUndefined()
})

it('[SDKA-3][SDKA-6] let in again after a reload: the list comes back whole when the server names it, nothing is sent, and a retry by hand is', async () => {
  const { ann, ben, hers, his } = await annAndBen()
  ben.network.cut()
  await his.items.add('Beer').stored
  await remove(his.id, ann, ben)
  ben.network.restore()
  await until(() => ended(his) && his.refused.getSnapshot().length === 1)
  await ben.client.close()
  await hers.items.add('Eggs').confirmed
  await letIn(his.id, ann, ben)
  const later = again(server.url, ben.identity, ben.storage)
  await until(() => row(later, his.id)?.ended === false, { what: 'the server named it' })
  const list = later.client.lists.open(his.id)
  await until(() => titles(list).length === 2 && list.can.getSnapshot().edit, { what: 'it is back' })
  expect(titles(list)).toEqual(['Milk', 'Eggs'])
  await later.client.lists.refresh()
  await hers.items.add('Tea').confirmed
  await until(() => titles(list).includes('Tea'))
  expect(titles(hers)).toEqual(['Milk', 'Eggs', 'Tea'])
  expect(list.status.getSnapshot()).toMatchObject({ reason: 'update-rejected' })
  await list.refused.retry().confirmed
  await until(() => titles(hers).includes('Beer') && isSynced(list))
  expect(await everythingStored(later, his.id)).toContain('Milk')
})

it('[F-11][SDKA-3][SDKA-6] a list deleted while offline with edits: said and exportable; restored, it comes back, and the edits still wait for a decision', async () => {
  const { ann, ben, hers, his } = await annAndBen()
  ben.network.cut()
  await his.items.add('Beer').stored
  const url = `${server.url}/api/v1/lists/${his.id}`
  expect((await ask(url, { method: 'DELETE', token: ann.identity.token })).status).toBeLessThan(300)
  await until(() => ended(hers), { what: 'Ann’s own screen' })
  ben.network.restore()
  await until(() => ended(his), { what: 'Ben is told' })
  const words = { why: 'list-deleted', message: 'Ann deleted this list.' }
  expect(his.access.getSnapshot()).toMatchObject({ ...words, pending: 1 })
  expect(JSON.stringify(JSON.parse(await his.exportPending().text()))).toContain('Beer')
  expect((await ask(`${url}/restore`, { method: 'POST', token: ann.identity.token })).status).toBeLessThan(
    300,
  )
  await ben.client.lists.refresh()
  await until(() => his.access.getSnapshot().state === 'member' && titles(his).length === 1)
  expect(titles(his)).toEqual(['Milk'])
  expect(row(ben, his.id)).toMatchObject({ ended: false, role: 'editor' })
  expect(his.refused.getSnapshot()).toMatchObject([{ label: 'Add', code: 'list-deleted' }])
  await his.refused.retry().confirmed
  expect(titles(his)).toEqual(['Milk', 'Beer'])
})

it('[SDKA-7][SDKA-4] a list that the server does not name is asked itself: taken away, it is purged unopened; merely unknown, it stays', async () => {
  const { ann, ben, his } = await annAndBen()
  const unknown = '00000000-0000-4000-8000-0000000000ff'
  const store = await storeOf(ben)
  await ben.client.close()
  await store.putList({ id: unknown, title: 'Lost', role: 'editor', creating: false, syncedAt: 1 })
  await store.appendBase(unknown, new Uint8Array([0, 0]))
  await remove(his.id, ann, ben)
  expect(await everythingStored(ben, his.id)).toContain('Milk')
  const later = again(server.url, ben.identity, ben.storage)
  await until(() => row(later, his.id)?.ended === true, { what: 'asked, and told' })
  await until(async () => (await everythingStored(later, his.id)) === '')
  expect(later.client.status.getSnapshot().lists).not.toHaveProperty(his.id)
  expect(row(later, unknown)).toMatchObject({ title: 'Lost', ended: false })
  const found = again(server.url, ben.identity, ben.storage).client.lists.open(unknown)
  await until(() => found.status.getSnapshot().state === 'attention', {
    what: 'no access to what nobody knows',
  })
  expect((await store.load(unknown)).base).toHaveLength(1)
  expect((await store.lists()).map(({ id }) => id)).toContain(unknown)
})

it('[SDKA-2][SDKA-6] an explicit open asks once, however often the screen is drawn; given by then, the list is back without the server’s list of lists', async () => {
  const { ann, ben, his } = await annAndBen()
  await ben.client.close()
  // The server's own account of his lists never comes.
  const deaf = again(server.url, ben.identity, ben.storage, {
    fetch: async () => {
      throw new TypeError('There is no network here.')
    },
  })
  const list = deaf.client.lists.open(his.id)
  await until(() => isSynced(list))
  await remove(his.id, ann, ben)
  await until(() => ended(list))
  await list.close()
  const asked = deaf.network.received
  for (let drawn = 0; drawn < 100; drawn += 1) expect(deaf.client.lists.open(his.id)).toBe(list)
  await until(() => deaf.network.received > asked, { what: 'the server is asked, and says no' })
  expect(deaf.network.received - asked).toBeLessThan(1_000)
  expect(ended(list)).toBe(true)

  await letIn(his.id, ann, ben)
  // Taken up again and again, as a person would: while one question is under way no other is asked, and its answer may be from before.
  const isBack = async (): Promise<boolean> => {
    await list.close()
    deaf.client.lists.open(his.id)
    return titles(list).join() === 'Milk' && isSynced(list)
  }
  await until(isBack, { what: 'it is back' })
})
