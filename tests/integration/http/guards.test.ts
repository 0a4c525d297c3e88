import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { guest } from '../../support/people.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { ask } from './ask.ts'

let server: RunningServer | null = null
afterEach(async () => {
  await server?.stop()
  server = null
})

async function start(env: Record<string, string> = {}): Promise<{ api: string; url: string }> {
  server = await startServer({ env })
  return { api: `${server.url}/api/v1`, url: server.url }
}

const seconds = (headers: Headers): number => Number(headers.get('retry-after'))
const TOO_MANY = {
  status: 429,
  body: { code: 'too-many-requests', retryable: true, advice: expect.any(String) },
}

describe('too many requests', () => {
  it('[GUARD-2][C-21][Z-21] a robot is asked to wait, and to come back when; its neighbours are not', async () => {
    const { api, url } = await start({ REQUESTS_PER_MINUTE: '30' })
    const [robot, ana] = [await guest(url, 'Robot'), await guest(url, 'Ana')]
    const answers = await Promise.all(
      Array.from({ length: 45 }, () => ask(`${api}/lists`, { token: robot.token })),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(30)
    const [refused] = answers.filter(({ status }) => status !== 200)
    expect(refused).toMatchObject(TOO_MANY)
    expect(seconds(refused?.headers ?? new Headers())).toBeGreaterThanOrEqual(1)
    expect(seconds(refused?.headers ?? new Headers())).toBeLessThanOrEqual(60)
    expect(await ask(`${api}/lists`, { token: ana.token })).toMatchObject({ status: 200 })
    const written = await ask(`${api}/lists`, { token: robot.token, json: { title: 'One more' } })
    expect(written).toMatchObject(TOO_MANY)
  })

  it('[GUARD-2] a request that is refused is no repeat of the one it repeats: it can be sent again later', async () => {
    const { api, url } = await start({ REQUESTS_PER_MINUTE: '10' })
    const robot = await guest(url, 'Robot')
    const send = () =>
      ask(`${api}/lists`, {
        token: robot.token,
        json: { title: 'x' },
        headers: { 'client-op-id': '4f3b6b0e-54a3-4c53-9be0-2b5fb38b8c11' },
      })
    const answers = []
    for (let i = 0; i < 12; i++) answers.push((await send()).status)
    expect(answers).toEqual([...Array(10).fill(201), 429, 429])
  })

  it('[GUARD-3] guests are limited by address, so that one machine cannot fill the server with them', async () => {
    const { api } = await start({ GUESTS_PER_HOUR: '5' })
    const make = () => ask(`${api}/auth/guest`, { json: { name: 'x' } })
    const answers = await Promise.all(Array.from({ length: 8 }, make))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
    expect(answers.find(({ status }) => status === 429)).toMatchObject(TOO_MANY)
  })

  it('[GUARD-4] an address that a caller claims counts only when the proxy that says it is trusted', async () => {
    const from = (address: string) => ({ json: { name: 'x' }, headers: { 'x-forwarded-for': address } })
    const direct = await start({ GUESTS_PER_HOUR: '2' })
    const claimed = []
    for (const i of [1, 2, 3])
      claimed.push((await ask(`${direct.api}/auth/guest`, from(`203.0.113.${i}`))).status)
    expect(claimed).toEqual([200, 200, 429])
    await server?.stop()

    const behind = await start({ GUESTS_PER_HOUR: '2', TRUST_PROXY: '1' })
    const told = []
    // The proxy appends what it saw; what stands before that was claimed by the caller.
    for (const i of [1, 2, 3]) {
      told.push((await ask(`${behind.api}/auth/guest`, from(`198.51.100.${i}, 203.0.113.7`))).status)
    }
    expect(told).toEqual([200, 200, 429])
    expect(await ask(`${behind.api}/auth/guest`, from('203.0.113.8'))).toMatchObject({ status: 200 })
  })
})

describe('quotas', () => {
  it('[GUARD-5][Z-15] a list above the limit is refused, the same list again is not, and deleting makes room', async () => {
    const { api, url } = await start({ LISTS_PER_USER: '3' })
    const [ana, ben] = [await guest(url, 'Ana'), await guest(url, 'Ben')]
    const make = (token: string, id: string) => ask(`${api}/lists`, { token, json: { id, title: 'x' } })
    const ids = [randomUUID(), randomUUID(), randomUUID()]
    for (const id of ids) expect(await make(ana.token, id)).toMatchObject({ status: 201 })
    const fourth = randomUUID()
    expect(await make(ana.token, fourth)).toMatchObject({ status: 403, body: { code: 'quota-reached' } })
    expect(await ask(`${api}/lists/${fourth}`, { token: ana.token })).toMatchObject({ status: 404 })
    expect(await make(ana.token, ids[0] ?? '')).toMatchObject({ status: 200 })
    expect(await make(ben.token, randomUUID())).toMatchObject({ status: 201 })

    const remove = (id: string | undefined) =>
      ask(`${api}/lists/${id}`, { token: ana.token, method: 'DELETE' })
    expect(await remove(ids[0])).toMatchObject({ status: 200 })
    expect(await make(ana.token, fourth)).toMatchObject({ status: 201 })
    // Making and deleting in turns ends as well: what is deleted is kept for a while.
    const made = []
    for (let i = 0; i < 4; i++) {
      const id = randomUUID()
      await remove(ids[1])
      made.push((await make(ana.token, id)).status)
      ids[1] = id
    }
    expect(made).toEqual([201, 201, 403, 403])
  })
})
