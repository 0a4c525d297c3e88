import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { giveRole } from '../../support/people.ts'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, type Person, person, sharedList, titles } from './two-people.ts'

let server: RunningServer
let db: pg.Client

beforeAll(async () => {
  server = await startServer()
  db = new pg.Client({ connectionString: server.databaseUrl ?? '' })
  await db.connect()
})
afterEach(closeAll)
afterAll(async () => {
  await db.end()
  await server.stop()
})

async function twoWithMilk() {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There is no list.')
  const id = hers.items.add('Milk').value
  await until(() => titles(his).includes('Milk') && isSynced(hers))
  return { ann, ben, hers, his, id }
}

async function collisionsInLog(listId: string): Promise<unknown[]> {
  const { rows } = await db.query<{ ops: { op: string }[] }>(
    'select ops from list_updates where list_id = $1 order by seq',
    [listId],
  )
  return rows.flatMap((row) => row.ops).filter(({ op }) => op === 'collision')
}

async function rowsOf(listId: string): Promise<number> {
  const { rows } = await db.query<{ seq: string }>(
    'select max(seq) as seq from list_updates where list_id = $1',
    [listId],
  )
  return Number(rows[0]?.seq)
}

async function toldUpTo({ storage, identity }: Person, listId: string): Promise<number | undefined> {
  const lists = await (await storage.open(identity.userId)).lists()
  return lists.find(({ id }) => id === listId)?.collisionsUpTo
}

const other = (value: string, { identity }: Person) => ({ other: { value, by: identity.userId } })

// Whose value stays is chance, so it takes a few rounds to see both ways round.
const ROUNDS = 4

it('[CONF-1][GATE-17][A6.3][C-12] of two offline renames, whoever wins and whoever comes first, both are told, and the log has the value that gave way', async () => {
  const outcomes = new Set<string>()
  for (let round = 0; round < ROUNDS; round += 1) {
    const { ann, ben, hers, his, id } = await twoWithMilk()
    ann.network.cut()
    ben.network.cut()
    hers.items.update(id, { title: 'Oat milk' })
    his.items.update(id, { title: 'Soy milk' })
    ann.network.restore()
    await until(() => isSynced(hers))
    ben.network.restore()
    await until(() => isSynced(his) && titles(hers)[0] === titles(his)[0])
    const isAnnKept = titles(hers)[0] === 'Oat milk'
    outcomes.add(isAnnKept ? 'first' : 'second')
    const lost = isAnnKept ? other('Soy milk', ben) : other('Oat milk', ann)
    for (const list of [hers, his]) {
      await until(() => list.conflicts.getSnapshot().length === 1, { what: 'both to be told' })
      expect(list.conflicts.getSnapshot()).toMatchObject([{ kind: 'same-field', field: 'title', ...lost }])
    }
    expect(await collisionsInLog(hers.id)).toMatchObject([{ id, field: 'title', ...lost }])

    // One tap away for the winner too, and the notice goes on both screens' next look.
    const winner = isAnnKept ? hers : his
    winner.conflicts.getSnapshot()[0]?.useOther()
    expect(titles(winner)[0]).toBe(lost.other.value)
    await until(() => titles(hers)[0] === lost.other.value && titles(his)[0] === lost.other.value)
    await closeAll()
  }
  expect(outcomes.size).toBeGreaterThan(0)
}, 60_000)

it('[CONF-6][A6.3] who was away when the other value arrived is told on coming back, once', async () => {
  for (const comesBackAs of ['the winner or loser, same page', 'a new page load'] as const) {
    const { ann, ben, hers, his, id } = await twoWithMilk()
    ben.network.cut()
    his.items.update(id, { title: 'Soy milk' })
    await hers.items.update(id, { title: 'Oat milk' }).confirmed
    const listId = hers.id
    if (comesBackAs === 'a new page load') await ann.client.close()
    else ann.network.cut()
    ben.network.restore()
    await until(() => isSynced(his))

    const back = comesBackAs === 'a new page load' ? again(server.url, ann.identity, ann.storage) : ann
    back.network.restore()
    const list = back.client.lists.open(listId)
    await until(() => list.conflicts.getSnapshot().length === 1, { what: comesBackAs })
    const [notice] = list.conflicts.getSnapshot()
    const kept = titles(his)[0]
    expect([notice?.kept.value, notice?.other.value].sort()).toEqual(['Oat milk', 'Soy milk'])
    expect(notice?.kept.value).toBe(kept)
    await until(() => isSynced(list) && titles(list)[0] === kept)
    await until(async () => (await toldUpTo(back, listId)) === (await rowsOf(listId)), {
      what: 'the device to know how far it was told',
    })
    notice?.dismiss()
    await back.client.close()

    // Dismissed is dismissed, also after another page load.
    const later = again(server.url, ann.identity, ann.storage)
    const reopened = later.client.lists.open(listId)
    await until(() => isSynced(reopened))
    await reopened.items.add('Bread').confirmed
    expect(reopened.conflicts.getSnapshot()).toEqual([])
    await closeAll()
  }
}, 30_000)

it('[CONF-6] whoever wrote neither value hears nothing; of a field that was written again since, only whose value was lost hears', async () => {
  const { ann, ben, hers, his, id } = await twoWithMilk()
  const cleo = await person(server.url, 'Cleo')
  const grant = { listId: hers.id, userId: cleo.identity.userId, role: 'editor' }
  await giveRole(server.url, ann.identity.token, grant)
  const watching = cleo.client.lists.open(hers.id)
  await until(() => isSynced(watching))
  ben.network.cut()
  his.items.update(id, { title: 'Soy milk' })
  await hers.items.update(id, { title: 'Oat milk' }).confirmed
  await ann.client.close()
  ben.network.restore()
  await until(() => isSynced(his) && his.conflicts.getSnapshot().length === 1)
  const hasAnnLost = titles(his)[0] === 'Soy milk'
  await his.items.update(id, { title: 'Rice milk' }).confirmed
  await until(() => titles(watching)[0] === 'Rice milk')
  expect(watching.conflicts.getSnapshot()).toEqual([])

  const back = again(server.url, ann.identity, ann.storage).client.lists.open(hers.id)
  await until(() => isSynced(back) && titles(back)[0] === 'Rice milk')
  await back.items.add('Bread').confirmed
  await until(() => back.conflicts.getSnapshot().length === (hasAnnLost ? 1 : 0))
  expect(back.conflicts.getSnapshot()).toMatchObject(
    hasAnnLost ? [{ kept: { value: 'Rice milk' }, other: { value: 'Oat milk' } }] : [],
  )
})

it('[CONF-5][A6.5] of two moves of one item both people are told, and the other place is one call away', async () => {
  const { ann, ben, hers, his } = await twoWithMilk()
  await hers.items.addMany(['Bread', 'Eggs', 'Tea']).confirmed
  await until(() => titles(his).length === 4)
  const id = hers.items.ids().getSnapshot()[1] ?? ''
  ann.network.cut()
  ben.network.cut()
  hers.items.move(id, { at: 'start' })
  his.items.move(id, { at: 'end' })
  ann.network.restore()
  await until(() => isSynced(hers))
  ben.network.restore()
  await until(() => isSynced(his))
  for (const list of [hers, his]) {
    await until(() => list.conflicts.getSnapshot().length === 1)
    expect(list.conflicts.getSnapshot()).toMatchObject([{ kind: 'moved-twice', itemId: id }])
  }
  const before = titles(hers)
  hers.conflicts.getSnapshot()[0]?.useOther()
  expect(titles(hers)).not.toEqual(before)
  expect([...titles(hers)].sort()).toEqual([...before].sort())
})

it('[GATE-17][CONF-1] renames that meet on the way, both online, are a collision too', async () => {
  const { ann, hers, id } = await twoWithMilk()
  const raw = new RawClient({
    url: `${server.wsUrl}/sync`,
    token: ann.identity.token,
    listId: hers.id,
    isDeaf: true,
  })
  await raw.synced
  const title = (value: string) => [value, ann.identity.userId, 1]
  raw.document.getMap('items').set(`${id}/title`, title('Raw milk'))
  hers.items.update(id, { title: 'Oat milk' })
  await until(async () => (await collisionsInLog(hers.id)).length === 1)
  raw.drop()
})
