import { expect, it } from 'vitest'
import { createList, guest } from '../../support/people.ts'
import { freshDatabase, withClient } from '../../support/postgres.ts'
import { tcpProxy } from '../../support/proxy.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { ask } from './ask.ts'

it('[API-4][DUR-7] a stop waits for an edit that is being written, and tells everybody else to try again', async () => {
  const database = await freshDatabase()
  const url = new URL(database.url)
  const proxy = await tcpProxy({ host: url.hostname, port: Number(url.port) })
  url.port = String(proxy.port)
  const server = await startServer({ databaseUrl: url.href, env: { SHUTDOWN_SECONDS: '60' } })
  const ana = await guest(server.url, 'Ana')
  const { id } = await createList(server.url, ana.token, { title: 'Groceries' })
  const acks: boolean[] = []
  const client = new RawClient({
    url: `${server.wsUrl}/sync`,
    token: ana.token,
    listId: id,
    onAck: (accepted) => void acks.push(accepted),
  })
  await client.synced
  await until(() => client.unanswered === 0, { what: 'the end of the handshake' })
  acks.length = 0

  proxy.pause()
  client.document.getMap('list').set('title', ['Shopping', ana.userId, 1])
  const stopped = server.kill('SIGTERM')
  await until(() => server.output().includes('server.draining'), { what: 'the beginning of the stop' })
  const ready = await ask(`${server.url}/health/ready`)
  expect(ready).toMatchObject({ status: 503, body: { status: 'not-ready', server: 'draining' } })
  const refused = await ask(`${server.url}/api/v1/lists`, { token: ana.token })
  expect(refused).toMatchObject({ status: 503, body: { code: 'draining', retryable: true } })
  expect(refused.headers.get('retry-after')).toBe('5')
  expect((await ask(`${server.url}/health/live`)).status).toBe(200)
  expect(acks).toEqual([])

  proxy.resume()
  await until(() => client.closed !== null, { what: 'the socket sent away' })
  expect(client.closed).toMatchObject({ code: 4501, reason: expect.stringMatching(/^\d+: /) })
  expect(acks).toEqual([true])
  await stopped
  expect(server.exitCode()).toBe(0)
  const { rows } = await withClient(database.url, (pg) =>
    pg.query('SELECT title, head_seq::int AS seq FROM lists WHERE id = $1', [id]),
  )
  expect(rows).toEqual([{ title: 'Shopping', seq: 2 }])
  await server.stop()
  await proxy.close()
  await database.drop()
}, 60_000)
