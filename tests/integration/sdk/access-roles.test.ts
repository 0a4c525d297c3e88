import type { List } from '@tandem/client-sdk'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
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

async function annAndBen(): Promise<{ ann: Person; ben: Person; hers: List; his: List; milk: string }> {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There are no lists.')
  const milk = hers.items.add('Milk')
  await milk.confirmed
  await until(() => titles(his).includes('Milk') && isSynced(his), { what: 'Ben has the milk' })
  return { ann, ben, hers, his, milk: milk.value }
}

const make = (role: string, listId: string, by: Person, { identity }: Person): Promise<void> =>
  giveRole(server.url, by.identity.token, { listId, userId: identity.userId, role })

it('[A6.12][P-21][SDKA-9][SDKA-10] lowered to viewer while connected: inputs lock, what was on its way is refused and off the screen; raised again, nothing is sent by itself', async () => {
  const { ann, ben, hers, his, milk } = await annAndBen()
  // What he does in the moment before he can know: on his screen, and on its way when the role is lowered.
  ben.network.stall()
  const forged = his.items.update(milk, { title: 'Ben’s milk' })
  his.items.add('Beer')
  await make('viewer', his.id, ann, ben)
  expect(titles(his)).toEqual(['Ben’s milk', 'Beer'])
  ben.network.restore()
  await until(() => !his.can.getSnapshot().edit, { what: 'his inputs lock' })
  await expect(forged.confirmed).rejects.toMatchObject({ code: 'update-rejected' })
  await until(() => titles(his).join() === 'Milk', { what: 'his screen shows the truth' })
  expect(his.access.getSnapshot()).toEqual({ state: 'member', lastChange: { role: 'viewer', byName: 'Ann' } })
  await expect(his.items.add('Wine').confirmed).rejects.toMatchObject({ code: 'not-allowed' })
  const refused = his.refused.getSnapshot()
  expect(refused).toMatchObject([{ label: 'Edit' }, { label: 'Add' }])
  expect(refused.flatMap(({ keys }) => keys)).toContain(`items/${milk}/title`)
  expect(titles(hers)).toEqual(['Milk'])

  await make('editor', his.id, ann, ben)
  await until(() => his.can.getSnapshot().edit, { what: 'he may edit again' })
  ben.network.cut()
  ben.network.restore()
  await his.items.add('Tea').confirmed
  await until(() => titles(hers).includes('Tea'))
  expect(titles(hers)).toEqual(['Milk', 'Tea'])
  await his.refused.retry().confirmed
  await until(() => ['Ben’s milk', 'Beer'].every((title) => titles(hers).includes(title)))
})

it('[F-13][SDKA-9] lowered to viewer while offline with edits: refused once, said, kept; no endless trying', async () => {
  const { ann, ben, hers, his, milk } = await annAndBen()
  ben.network.cut()
  for (const title of ['Beer', 'Wine']) his.items.add(title)
  await his.items.toggle(milk).stored
  await make('viewer', his.id, ann, ben)
  ben.network.restore()
  await until(() => his.refused.getSnapshot().length === 3, { what: 'all of them are set aside' })
  await until(() => titles(his).join() === 'Milk', { what: 'his screen shows the truth' })
  expect(his.status.getSnapshot()).toMatchObject({
    state: 'attention',
    reason: 'update-rejected',
    pending: 0,
  })
  // Quiet: what the server sends him is what Ann does, and the screen stays what it is.
  const before = ben.network.received
  await hers.items.add('Tea').confirmed
  await until(() => titles(his).join() === 'Milk,Tea')
  expect(ben.network.received - before).toBeLessThan(4_000)
  expect(his.refused.getSnapshot()).toHaveLength(3)
})

it('[P-21][SDKA-1][SDKA-9] a checker ticks and a commenter comments, and what their edits of before also did is set aside', async () => {
  const { ann, ben, hers, his, milk } = await annAndBen()
  ben.network.cut()
  his.items.add('Beer')
  await his.items.toggle(milk).stored
  await make('checker', his.id, ann, ben)
  ben.network.restore()
  await until(() => hers.items.item(milk).getSnapshot()?.done === true, { what: 'the tick is saved' })
  await until(() => his.refused.getSnapshot().length === 1 && titles(his).join() === 'Milk')
  expect(his.refused.getSnapshot()).toMatchObject([{ label: 'Add', code: 'read-only' }])
  await his.items.toggle(milk).confirmed
  await make('commenter', his.id, ann, ben)
  await until(() => his.can.getSnapshot().comment, { what: 'he is a commenter' })
  await expect(his.items.toggle(milk).confirmed).rejects.toMatchObject({ code: 'not-allowed' })
  const comment = his.comments.add(milk, 'Which one?')
  await comment.confirmed
  await his.comments.edit(comment.value, 'The blue one?').confirmed
  await until(() => hers.comments.on(milk).getSnapshot()[0]?.body === 'The blue one?')
  const reply = hers.comments.add(milk, 'Yes')
  await reply.confirmed
  await until(() => his.comments.on(milk).getSnapshot().length === 2)
  await expect(his.comments.remove(reply.value).confirmed).rejects.toMatchObject({ code: 'not-allowed' })
  await his.comments.remove(comment.value).confirmed
})

it('[SDKA-8] who asked not to be named writes under another id, after a cold start without a network too, and owns what they write', async () => {
  const { ann, ben, hers, his } = await annAndBen()
  await make('commenter', his.id, ann, ben)
  await until(() => !his.can.getSnapshot().edit)
  await make('editor', his.id, ann, ben)
  await until(() => his.can.getSnapshot().edit)
  expect(his.me.getSnapshot()).toBe(ben.identity.userId)
  ben.network.cut()
  const named = his.items.add('By name')
  await named.stored
  const url = `${server.url}/api/v1/lists/${his.id}/members/me`
  const { status } = await ask(url, { method: 'PATCH', token: ben.identity.token, json: { anonymous: true } })
  expect(status).toBe(200)
  ben.network.restore()
  // What he wrote by name would be a forgery now: kept, and made again by hand under the id of now.
  await until(() => his.refused.getSnapshot().length === 1, { what: 'it is set aside' })
  const me = his.me.getSnapshot() ?? ''
  expect(me).toMatch(/^anon_/)
  await his.refused.retry().confirmed
  await until(() => titles(hers).includes('By name'))
  const [mine] = hers.items.ids().getSnapshot().slice(-1)
  expect(hers.items.item(mine ?? '').getSnapshot()?.created.by).toBe(me)
  await ben.client.close()

  const cold = again(server.url, ben.identity, ben.storage, { offline: true })
  const list = cold.client.lists.open(his.id)
  await until(() => list.me.getSnapshot() === me, { what: 'the device remembers' })
  const write = list.items.add('Offline')
  cold.network.restore()
  await write.confirmed
  await until(() => titles(hers).includes('Offline'))
  expect(list.undo().value).toBe(true)
  expect(JSON.stringify(hers.items.item(write.value).getSnapshot())).not.toContain(ben.identity.userId)
})
