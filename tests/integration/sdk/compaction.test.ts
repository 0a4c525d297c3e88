import { afterEach, expect, it } from 'vitest'
import { withClient } from '../../support/postgres.ts'
import { startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, person, sharedList, titles } from './two-people.ts'

afterEach(closeAll)

it('[SNAP-4][SNAP-5][H-07] edits that arrive while a snapshot is written are in the list afterwards, which opens from it and the rows behind it', async () => {
  const first = await startServer({ env: { SNAPSHOT_EVERY: '10' } })
  const ann = await person(first.url, 'Ann')
  const ben = await person(first.url, 'Ben')
  const lists = await sharedList(first.url, ann, ben)
  const listId = lists[0]?.id ?? ''
  const ask = async (sql: string): Promise<number> => {
    const { rows } = await withClient(first.databaseUrl ?? '', (client) => client.query(sql, [listId]))
    return Number(rows[0]?.value ?? 0)
  }
  const newestSnapshot = () => ask('SELECT max(seq) AS value FROM list_snapshots WHERE list_id = $1')
  const head = () => ask('SELECT max(seq) AS value FROM list_updates WHERE list_id = $1')

  // Both go on without a pause, each edit a row of its own, until a snapshot has been taken under them.
  let isOver = false
  const writers = lists.map(async (list, who) => {
    for (let n = 0; !isOver; n++) await list.items.add(`${who}-${n}`).confirmed
  })
  await until(async () => (await newestSnapshot()) > 0, { what: 'a snapshot under load', timeoutMs: 30_000 })
  const snapshotAt = await newestSnapshot()
  await until(async () => (await head()) > snapshotAt + 20, { what: 'edits behind the snapshot' })
  isOver = true
  await Promise.all(writers)
  const counts = (): number[] => lists.map((list) => titles(list).length)
  await until(() => counts()[0] === counts()[1], { what: 'both see the same' })
  const [seen] = lists.map((list) => titles(list).sort())
  // Killed, so that no snapshot is written on the way out: the one from under load has to do.
  await first.kill()
  expect(snapshotAt).toBeGreaterThan(10)

  const second = await startServer({ databaseUrl: first.databaseUrl })
  const fresh = again(second.url, ben.identity, (await person(second.url, 'Nobody')).storage)
  const list = fresh.client.lists.open(listId)
  await until(() => isSynced(list), { what: 'a fresh device synced' })
  expect(titles(list).sort()).toEqual(seen)
  await closeAll()
  await second.stop()
  await first.stop()
}, 90_000)
