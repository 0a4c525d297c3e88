import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { METRICS } from '../../../server/src/telemetry/definitions.ts'
import { createList, guest } from '../../support/people.ts'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { type TcpProxy, tcpProxy } from '../../support/proxy.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { ask } from './ask.ts'

let database: FreshDatabase
let proxy: TcpProxy
let server: RunningServer
beforeAll(async () => {
  database = await freshDatabase()
  const url = new URL(database.url)
  proxy = await tcpProxy({ host: url.hostname, port: Number(url.port) })
  url.port = String(proxy.port)
  server = await startServer({ databaseUrl: url.href, env: { LOG_LEVEL: 'debug' } })
})
afterAll(async () => {
  await server.stop()
  await proxy.close()
  await database.drop()
})

describe('health', () => {
  it('[API-4] ready tells how the server is doing, in counts', async () => {
    const answer = await ask(`${server.url}/health/ready`)
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'ready',
        server: 'ready',
        database: 'ok',
        bus: 'connected',
        unwrittenEdits: 0,
        damagedLists: 0,
        sockets: 0,
      },
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('[API-4] a damaged list is counted, and the server stays ready for all others', async () => {
    await withClient(database.url, (client) =>
      client.query(
        `INSERT INTO quarantine (list_id, kind, seq, detail) VALUES (gen_random_uuid(), 'missing-row', 1, 'x')`,
      ),
    )
    // Counted every five seconds, however often it is asked.
    await until(
      async () => {
        const { status, body } = await ask(`${server.url}/health/ready`)
        expect(status).toBe(200)
        return (body as { damagedLists: number }).damagedLists === 1
      },
      { what: 'the damaged list to be counted' },
    )
  })

  it('[API-4][API-3] without a database: alive, not ready, requests told to try again, and back by itself', async () => {
    const ana = await guest(server.url, 'Ana')
    proxy.dropNewConnections(true)
    proxy.cut()
    await until(async () => (await ask(`${server.url}/health/ready`)).status === 503, { what: 'not ready' })
    expect((await ask(`${server.url}/health/ready`)).body).toMatchObject({
      status: 'not-ready',
      server: 'ready',
      database: 'unreachable',
      damagedLists: null,
    })
    expect(await ask(`${server.url}/health/live`)).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect((await ask(`${server.url}/metrics`)).status).toBe(200)
    const refused = await ask(`${server.url}/api/v1/lists`, { token: ana.token, json: { title: 'Later' } })
    expect(refused).toMatchObject({ status: 503, body: { code: 'storage-unavailable', retryable: true } })
    expect(refused.headers.get('retry-after')).toBe('5')

    proxy.dropNewConnections(false)
    await until(async () => (await ask(`${server.url}/health/ready`)).status === 200, { what: 'ready again' })
    await createList(server.url, ana.token, { title: 'Later' })
  })

  it('[API-4] a database that accepts connections and says nothing is not ready either, within seconds', async () => {
    proxy.pause()
    const startedAt = performance.now()
    expect((await ask(`${server.url}/health/ready`)).status).toBe(503)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    proxy.resume()
    await until(async () => (await ask(`${server.url}/health/ready`)).status === 200, { what: 'ready again' })
  })
})

describe('metrics and logs', () => {
  it('[API-4] every declared metric is there with its meaning, and requests are counted by route and not by address', async () => {
    const ana = await guest(server.url, 'Ana')
    const { id } = await createList(server.url, ana.token, { title: 'Counted' })
    await ask(`${server.url}/api/v1/lists/${id}`, { token: ana.token })
    const { text, headers } = await ask(`${server.url}/metrics`)
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    for (const [name, { help }] of Object.entries(METRICS)) expect(text).toContain(`# HELP ${name} ${help}`)
    expect(text).toMatch(
      /tandem_http_requests_total\{method="GET",route="\/api\/v1\/lists\/:listId",status="200"\} 1/,
    )
    expect(text).toMatch(/^process_cpu_seconds_total /m)
    expect(text).not.toContain(id)
  })

  it('[OPS-7] the log never holds a token or a title', async () => {
    const ana = await guest(server.url, 'Anastasia')
    await createList(server.url, ana.token, { title: 'Divorce lawyers' })
    await ask(`${server.url}/api/v1/lists`, { token: `${ana.token}x` })
    await until(() => server.output().includes('"http.request"'), { what: 'requests in the log' })
    expect(server.output()).not.toMatch(/eyJ|Divorce|Anastasia/)
  })
})
