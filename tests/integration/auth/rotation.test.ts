import { afterEach, describe, expect, it } from 'vitest'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { ask } from '../http/ask.ts'
import { Provider } from './provider.ts'

const ann = { sub: 'kc|ann', name: 'Ann' }

const open: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.stop()
})

async function start(): Promise<{ provider: Provider; server: RunningServer }> {
  const provider = await Provider.start('RS256')
  open.push(provider)
  const server = await startServer({ env: { AUTH_JWKS_URL: provider.url } })
  open.push(server)
  return { provider, server }
}

const status = async (server: RunningServer, token: string) =>
  (await ask(`${server.url}/api/v1/lists`, { token })).status

describe('keys of an identity provider', () => {
  it('[IDENT-2] they rotate under load: no token is refused but those of a key that was withdrawn', async () => {
    const { provider, server } = await start()
    const statuses: number[] = []
    let isOver = false
    const caller = async (): Promise<void> => {
      while (!isOver) statuses.push(await status(server, await provider.sign(ann)))
    }
    const old = await provider.sign(ann)
    expect(await status(server, old)).toBe(200)
    const callers = Array.from({ length: 8 }, caller)
    const someMore = async (): Promise<void> => {
      const before = statuses.length
      await until(() => statuses.length > before + 24, { timeoutMs: 60_000, what: 'requests under load' })
    }
    for (let round = 0; round < 3; round++) {
      await someMore()
      await provider.add('RS256')
      await someMore()
      provider.withdrawOld()
    }
    await someMore()
    isOver = true
    await Promise.all(callers)
    expect(statuses.filter((code) => code !== 200)).toEqual([])
    expect(await status(server, old)).toBe(401)
    // For the first token and for each new key, with a few at once where requests raced; never for each token.
    expect(provider.asked).toBeLessThan(20)
  }, 120_000)

  it('[IDENT-2] while the provider does not answer, the keys it had go on counting; an unknown key is "try again"', async () => {
    const { provider, server } = await start()
    const token = await provider.sign(ann)
    expect(await status(server, token)).toBe(200)
    provider.isDown = true
    expect(await status(server, await provider.sign({ ...ann, name: 'Ann B' }))).toBe(200)
    await provider.add('RS256')
    const newer = await ask(`${server.url}/api/v1/lists`, { token: await provider.sign(ann) })
    expect(newer.status).toBe(503)
    expect(newer.body).toMatchObject({ code: 'keys-unavailable', retryable: true })
    expect(newer.headers.get('retry-after')).not.toBeNull()
    provider.isDown = false
    await until(async () => (await status(server, await provider.sign(ann))) === 200, {
      timeoutMs: 30_000,
      what: 'the new key',
    })
  }, 60_000)

  it('[IDENT-2] a server that never saw the keys asks sockets to come back instead of signing them out', async () => {
    const { provider, server } = await start()
    provider.isDown = true
    const token = await provider.sign(ann)
    expect(await status(server, token)).toBe(503)
    const client = new RawClient({ url: `${server.wsUrl}/sync`, token, listId: crypto.randomUUID() })
    await until(() => client.denied !== null, { what: 'denial' })
    expect(client.denied).toMatch(/^45\d\d/)
    client.drop()
    provider.isDown = false
    await until(async () => (await status(server, token)) === 200, { timeoutMs: 30_000, what: 'the keys' })
  }, 60_000)
})
