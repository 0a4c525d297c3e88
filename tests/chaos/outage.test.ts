import { parseServerMessage } from '@tandem/client-sdk/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isLong } from '../support/long.ts'
import { type FreshDatabase, freshDatabase, withClient } from '../support/postgres.ts'
import { type TcpProxy, tcpProxy } from '../support/proxy.ts'
import { RawClient } from '../support/raw-client.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import type { CrowdLists } from './crowd.ts'
import { addedTwice, makeLists } from './crowd-helpers.ts'

const OUTAGE_MS = isLong ? 30_000 : 10_000

describe('a database that goes away', () => {
  let database: FreshDatabase
  let proxy: TcpProxy
  let server: RunningServer
  let lists: CrowdLists
  let listId = ''
  beforeAll(async () => {
    database = await freshDatabase()
    const direct = new URL(database.url)
    proxy = await tcpProxy({ host: direct.hostname, port: Number(direct.port) })
    const through = new URL(database.url)
    through.hostname = '127.0.0.1'
    through.port = String(proxy.port)
    server = await startServer({ databaseUrl: through.href })
    lists = await makeLists(server.url, 1)
    listId = lists.listIds[0] ?? ''
  })
  afterAll(async () => {
    await server.stop()
    await proxy.close()
    await database.drop()
  })

  /** `answers`: what it was told about each of its edits, true for saved. */
  const connect = async (answers: boolean[] = []): Promise<RawClient> => {
    const client = new RawClient({
      url: `${server.wsUrl}/sync`,
      token: lists.owner.token,
      listId,
      onAck: (accepted) => answers.push(accepted),
    })
    await client.synced
    await until(() => client.unanswered === 0, { what: 'the handshake to be answered' })
    answers.length = 0
    return client
  }
  const add = (client: RawClient, id: string): void => {
    const by = lists.owner.userId
    client.document.getMap('items').set(id, { title: id, order: 'a0V', by, at: 1_700_000_000_000 })
  }
  // Past the proxy, so that the test sees what the server cannot.
  const isLogged = (id: string): Promise<boolean> =>
    withClient(database.url, async (client) => {
      const { rowCount } = await client.query(
        'SELECT 1 FROM list_updates WHERE list_id = $1 AND ops::text LIKE $2',
        [listId, `%${id}%`],
      )
      return (rowCount ?? 0) > 0
    })
  const storageStates = (client: RawClient): string[] =>
    client.messages.map(parseServerMessage).flatMap((m) => (m?.type === 'storage' ? [m.state] : []))

  it(`[DUR-3][DUR-4][DUR-5][E-02][E-03][V-02] through ${OUTAGE_MS / 1_000} s without a database an edit is neither shown, logged nor acknowledged; then it is, once, by itself`, async () => {
    const answers: boolean[] = []
    const author = await connect(answers)
    const other = await connect()
    // One edit is committed and the answer to it lost, as the last before an outage may be; the next finds no database.
    proxy.pause('down')
    add(author, 'commit-item-1')
    await until(() => isLogged('commit-item-1'), { what: 'a commit whose answer is held back' })
    proxy.dropNewConnections(true)
    proxy.cut()
    proxy.resume()
    const start = performance.now()
    add(author, 'outage-item-1')
    await until(() => storageStates(author).includes('failing') && storageStates(other).includes('failing'), {
      timeoutMs: 20_000,
      what: 'both to be told that the server cannot write',
    })
    // Bounded waiting is the point of this test: the outage lasts.
    await until(() => performance.now() - start >= OUTAGE_MS, {
      timeoutMs: OUTAGE_MS + 5_000,
      what: 'the outage to pass',
    })
    expect(author.unanswered).toBe(2)
    expect([...other.document.getMap('items').keys()]).toEqual([])
    expect(await isLogged('outage-item-1')).toBe(false)
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(503)
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200)

    proxy.dropNewConnections(false)
    await until(() => author.unanswered === 0 && other.document.getMap('items').size === 2, {
      timeoutMs: 20_000,
      what: 'both edits to be saved and seen without anybody doing anything',
    })
    expect(answers).toEqual([true, true])
    expect(await isLogged('outage-item-1')).toBe(true)
    expect(await addedTwice(database.url, lists)).toEqual([])
    await until(() => storageStates(author).at(-1) === 'recovered', { what: 'the all-clear' })
    await until(async () => (await fetch(`${server.url}/health/ready`)).status === 200, {
      what: 'ready again',
    })
    expect(author.closed ?? other.closed).toBeNull()
    author.drop()
    other.drop()
  }, 90_000)
})
