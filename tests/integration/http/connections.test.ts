import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createList, guest } from '../../support/people.ts'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'

let server: RunningServer | null = null
const open: { close(): void }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) one.close()
  await server?.stop()
  server = null
})

async function start(env: Record<string, string> = {}): Promise<RunningServer> {
  server = await startServer({ env })
  return server
}

/** The status of an upgrade that was refused, or the open socket. */
function connect(
  url: string,
  headers: Record<string, string> = {},
): Promise<WebSocket | { status: number; retryAfter: number }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url}/sync`, { headers })
    socket.once('open', () => {
      open.push(socket)
      resolve(socket)
    })
    socket.once('unexpected-response', (_request, response) => {
      resolve({ status: response.statusCode ?? 0, retryAfter: Number(response.headers['retry-after']) })
      socket.terminate()
    })
    socket.once('error', (error) => reject(error))
  })
}

describe('how many may connect', () => {
  it('[GUARD-8][Z-16] one address takes as many sockets as it may, and others still get in', async () => {
    const { wsUrl } = await start({ SOCKETS_PER_ADDRESS: '5', TRUST_PROXY: 'loopback' })
    const from = (address: string) => connect(wsUrl, { 'x-forwarded-for': address })
    const first = []
    for (let i = 0; i < 5; i++) first.push(await from('203.0.113.7'))
    expect(first.every((one) => one instanceof WebSocket)).toBe(true)
    expect(await from('203.0.113.7')).toEqual({ status: 503, retryAfter: 5 })
    expect(await from('203.0.113.8')).toBeInstanceOf(WebSocket)
    // Of IPv6, one customer has many addresses.
    for (let i = 0; i < 5; i++) expect(await from(`2001:db8:0:1::${i}`)).toBeInstanceOf(WebSocket)
    expect(await from('2001:db8:0:1::99')).toMatchObject({ status: 503 })
    expect(await from('2001:db8:0:2::1')).toBeInstanceOf(WebSocket)

    const [one] = first
    if (one instanceof WebSocket) one.close()
    await until(async () => (await from('203.0.113.7')) instanceof WebSocket, { what: 'room again' })
  })

  it('[GUARD-8][Z-16] the 101st socket of one user is refused, the hundred stay, and somebody else gets in', async () => {
    const { url, wsUrl } = await start()
    const [robot, ana] = [await guest(url, 'Robot'), await guest(url, 'Ana')]
    const { id } = await createList(url, robot.token, { title: 'Robots' })
    const own = await createList(url, ana.token, { title: 'People' })
    const join = (token: string, listId: string): RawClient => {
      const client = new RawClient({ url: `${wsUrl}/sync`, token, listId })
      open.push({ close: () => client.drop() })
      return client
    }
    const hundred = Array.from({ length: 100 }, () => join(robot.token, id))
    await Promise.all(hundred.map((client) => client.synced))
    const extra = join(robot.token, id)
    await until(() => extra.denied !== null, { what: 'the 101st to be refused' })
    expect(extra.denied).toMatch(/Too many connections of one user/)
    await join(ana.token, own.id).synced
    expect(hundred.filter((client) => client.closed !== null || client.denied !== null)).toEqual([])
  })
})
