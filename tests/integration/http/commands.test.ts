import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { ListId } from '../../../persistence/src/index.ts'
import { openPostgresStorage } from '../../../persistence/src/index.ts'
import { createList, guest } from '../../support/people.ts'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { runTandem } from './run-tandem.ts'
import { documentAfter, storeList } from './stored-list.ts'

describe('verify and dump', () => {
  let database: FreshDatabase
  let good: ListId
  let list: ListId
  const tandem = (...words: string[]) => runTandem(words, { DATABASE_URL: database.url })
  const sql = (text: string, values: unknown[] = []) =>
    withClient(database.url, (client) => client.query(text, values))

  beforeEach(async () => {
    database = await freshDatabase()
    good = await storeList(database.url, 5, 3)
    list = await storeList(database.url, 12, 8)
    return () => database.drop()
  })

  it('[OPS-1][W-12] sound lists: says so and exits with 0', async () => {
    const ran = await tandem('verify')
    expect(ran).toEqual({
      code: 0,
      out: 'Replayed 17 updates of 2 lists: everything is as it was written.\n',
      err: '',
    })
  })

  it('[OPS-1][W-12] a missing row: names list and position, exits with 1', async () => {
    await sql('DELETE FROM list_updates WHERE list_id = $1 AND seq = 10', [list])
    const ran = await tandem('verify')
    expect(ran.code).toBe(1)
    expect(ran.out).toContain(`DAMAGED ${list}`)
    expect(ran.out).toMatch(/missing-row +update 10 is missing/)
    expect(ran.out).toContain('Replayed 16 updates of 2 lists: 1 list damaged.')
    expect(ran.out).not.toContain(good)
  })

  it('[OPS-1][W-12] a flipped byte in a row whose content a snapshot still holds says exactly that', async () => {
    await sql(
      'UPDATE list_updates SET data = set_byte(data, 3, get_byte(data, 3) # 1) WHERE list_id = $1 AND seq = 2',
      [list],
    )
    const ran = await tandem('verify', '--list', list)
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(/corrupt-row +update 2: checksum .*; its content is still in snapshot 8/)
  })

  it('[OPS-1][W-12] a flipped byte in a snapshot', async () => {
    await sql(
      'UPDATE list_snapshots SET data = set_byte(data, 9, get_byte(data, 9) # 255) WHERE list_id = $1',
      [list],
    )
    const ran = await tandem('verify')
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(/corrupt-snapshot +snapshot 8: checksum/)
    expect((await tandem('verify', '--list', good)).code).toBe(0)
  })

  it('[OPS-1][W-12] a snapshot with a right checksum and another content: names the place that differs', async () => {
    const storage = await openPostgresStorage({ connectionString: database.url })
    const drifted = documentAfter(12)
    drifted.getMap('items').set('item-0000/title', ['Tampered', 'u_1', 0])
    await storage.snapshots.write(list, 12, Y.encodeStateAsUpdate(drifted))
    await storage.close(5_000)
    const ran = await tandem('verify')
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(
      /snapshot-drift +snapshot 12 is not what the log says: items\/item-0000\/title differs/,
    )
    expect(ran.out).not.toContain('Tampered')
  })

  it('[OPS-1][W-12] --json gives one object a list', async () => {
    await sql('DELETE FROM list_updates WHERE list_id = $1 AND seq = 10', [list])
    const ran = await tandem('verify', '--json')
    expect(ran.code).toBe(1)
    const reports = ran.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(reports).toHaveLength(2)
    expect(reports).toContainEqual({ list: good, updates: 5, snapshotSeq: 3, findings: [] })
    expect(reports).toContainEqual({
      list,
      updates: 11,
      snapshotSeq: 8,
      findings: [{ kind: 'missing-row', seq: 10, detail: 'update 10 is missing' }],
    })
  })

  it('[OPS-2] dump prints each update as sentences, and where one is missing', async () => {
    await sql('DELETE FROM list_updates WHERE list_id = $1 AND seq = 4', [good])
    const ran = await tandem('dump', good)
    expect(ran.code).toBe(1)
    const lines = ran.out.trimEnd().split('\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toMatch(
      /^ {5}1 {2}\d{4}-\d\d-\d\dT[\d:.]+Z {2}u_1 {2}set item item-0000 title: "Item 0"$/,
    )
    expect(lines[3]).toBe('     4  !! missing-row: update 4 is missing')
  })

  it('[OPS-2] a list that does not exist is an error and not an empty log', async () => {
    const nobody = '0b2c4e1a-9d3f-4c58-8a67-5e21d0c9b3f4'
    for (const words of [
      ['dump', nobody],
      ['verify', '--list', nobody],
      ['resync', nobody],
    ]) {
      const ran = await tandem(...words)
      expect(ran).toMatchObject({ code: 1, out: '' })
      expect(ran.err).toContain('There is no list with this id.')
    }
  })
})

describe('other commands', () => {
  let database: FreshDatabase
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database.drop())

  it('[PG-5][OPS-1] migrate says that the schema is current, however often it is run', async () => {
    for (let time = 1; time <= 2; time++) {
      expect(await runTandem(['migrate'], { DATABASE_URL: database.url })).toEqual({
        code: 0,
        out: 'The database has the current schema.\n',
        err: '',
      })
    }
  })

  it('[OPS-5] a command that looks never makes a database', async () => {
    const ran = await runTandem(['verify'], { DATA_DIR: '/tmp/tandem-no-such-folder' })
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toContain('There is no database in /tmp/tandem-no-such-folder')
  })

  it('[OPS-5] commands work beside a server that holds the embedded database', {
    timeout: 60_000,
  }, async () => {
    const server = await startServer({ databaseUrl: null })
    const ana = await guest(server.url, 'Ana')
    const { id } = await createList(server.url, ana.token, { title: 'Groceries' })
    const env = { DATA_DIR: server.dataDir }
    expect(await runTandem(['verify'], env)).toMatchObject({ code: 0 })
    expect((await runTandem(['dump', id], env)).out).toContain(`${ana.userId}  set list title: "Groceries"`)
    expect(await runTandem(['migrate'], env)).toMatchObject({ code: 0 })
    await server.stop()
  })

  it('[OPS-6][E-24] resync reaches the clients that have the list open', async () => {
    const server = await startServer({ databaseUrl: database.url })
    const ana = await guest(server.url, 'Ana')
    const { id } = await createList(server.url, ana.token, { title: 'Groceries' })
    const client = new RawClient({ url: `${server.wsUrl}/sync`, token: ana.token, listId: id })
    await client.synced
    const ran = await runTandem(['resync', id, '--reason', 'restored from backup'], {
      DATABASE_URL: database.url,
    })
    expect(ran).toMatchObject({ code: 0, err: '' })
    const heard = '{"type":"resync","reason":"restored from backup"}'
    await until(() => client.messages.includes(heard), { what: 'the request to resync' })
    client.drop()
    await server.stop()
  })
})
