import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { type Answer, ask } from '../http/ask.ts'
import { type LinkJson, membersOf, newLink, type Person, person, shared } from './stage.ts'

const PASSWORD = 'correct horse battery'
const HONEST = 200
/** A browser keeps about as many requests open to one server. */
const AT_ONCE = 40

let server: RunningServer
let api: string
let ana: Person
let listId: string
let link: LinkJson
/** Each test comes from a place of its own on the network. */
let place = 0
beforeAll(async () => {
  server = await startServer({ env: { TRUST_PROXY: 'loopback' } })
  api = `${server.url}/api/v1`
  ana = await person(server, 'Ana')
})
beforeEach(async () => {
  place += 1
  listId = await shared(server, ana)
  link = await newLink(ana, listId, { role: 'viewer', password: PASSWORD })
})
afterAll(() => server.stop())

const from = (address: string) => ({ 'x-forwarded-for': address })
const office = () => `203.0.113.${place}`

const join = (token: string, password: string | undefined, address: string, name = 'Somebody') =>
  ask(`${api}/links/redeem`, { json: { token, password, name }, headers: from(address) })

async function count(answers: readonly Promise<Answer>[]): Promise<Record<number, number>> {
  const counts: Record<number, number> = {}
  for (const { status } of await Promise.all(answers)) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

/** Everybody once, so many at a time. */
async function crowd(ask: (i: number) => Promise<Answer>): Promise<Record<number, number>> {
  const counts: Record<number, number> = {}
  const queue = Array.from({ length: HONEST }, (_, i) => i).values()
  const one = async (): Promise<void> => {
    for (const i of queue) {
      const { status } = await ask(i)
      counts[status] = (counts[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return counts
}

describe('trying links and passwords', () => {
  it('[GUARD-6][X-18] 200 people behind one address all get in by one link with a password, also when some mistype', async () => {
    const counts = await crowd(async (i) => {
      // One in ten gets it wrong first, as people do.
      if (i % 10 === 0)
        expect(await join(link.token, 'correct hores', office())).toMatchObject({ status: 403 })
      return join(link.token, PASSWORD, office(), `P${i}`)
    })
    expect(counts).toEqual({ 200: HONEST })
    expect(await membersOf(ana, listId)).toHaveLength(HONEST + 1)
  })

  it('[GUARD-6][X-18][C-21] passwords tried from one address are throttled, however many at once', async () => {
    const wrong = Array.from({ length: 60 }, (_, i) => join(link.token, `guess ${i}`, office()))
    const counts = await count(wrong)
    expect(counts[429]).toBeGreaterThanOrEqual(35)
    expect(counts[403]).toBeLessThanOrEqual(25)
    const refused = await join(link.token, PASSWORD, office())
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests', retryable: true } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1)
    // Another address, and another link from the same one, are not held up by it.
    expect(await join(link.token, PASSWORD, '198.51.100.200')).toMatchObject({ status: 200 })
    const second = await newLink(ana, await shared(server, ana), { role: 'viewer', password: PASSWORD })
    expect(await join(second.token, PASSWORD, office())).toMatchObject({ status: 200 })
  })

  it('[GUARD-6][X-18] passwords tried from everywhere are throttled for the link, and for no other', async () => {
    const wrong = Array.from({ length: 130 }, (_, i) => join(link.token, `guess ${i}`, `192.0.2.${i}`))
    const counts = await count(wrong)
    expect(counts[403]).toBeLessThanOrEqual(102)
    expect(counts[429]).toBeGreaterThanOrEqual(28)
    expect(await join(link.token, PASSWORD, office())).toMatchObject({ status: 429 })
    const second = await newLink(ana, await shared(server, ana), { role: 'viewer', password: PASSWORD })
    expect(await join(second.token, PASSWORD, office())).toMatchObject({ status: 200 })
  })

  it('[GUARD-7][X-18] tokens tried from one address are throttled while 200 people there come by a real one', async () => {
    const open = await newLink(ana, listId)
    let isDone = false
    const attack = async (): Promise<Record<number, number>> => {
      const counts: Record<number, number> = {}
      for (let i = 0; i < 80 || !isDone; i++) {
        const path = i % 2 === 0 ? 'look' : 'redeem'
        const json = { token: randomBytes(24).toString('base64url') }
        const body = path === 'look' ? json : { ...json, name: 'Robot' }
        const { status } = await ask(`${api}/links/${path}`, { json: body, headers: from(office()) })
        counts[status] = (counts[status] ?? 0) + 1
      }
      return counts
    }
    const attacking = attack()
    const honest = await crowd((i) => join(open.token, undefined, office(), `P${i}`))
    isDone = true
    const tried = await attacking
    expect(honest).toEqual({ 200: HONEST })
    expect(tried[404]).toBe(50)
    expect(tried[429]).toBeGreaterThanOrEqual(30)
  })

  it('[GUARD-6] asking without a password is no try, and never runs out', async () => {
    const asked = Array.from({ length: 40 }, () => join(link.token, undefined, office()))
    expect(await count(asked)).toEqual({ 403: 40 })
    expect(await join(link.token, PASSWORD, office())).toMatchObject({ status: 200 })
  })
})
