import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guest } from '../../support/people.ts'
import { freshDatabase } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { ask } from '../http/ask.ts'
import { PASSWORD, Page } from './page.ts'

/** What is promised, and nothing on top: a condition that stays true may be looked at late, so each end notes its own time. */
const WITHIN_MS = 2_000

let database: Awaited<ReturnType<typeof freshDatabase>>
let servers: RunningServer[]

beforeAll(async () => {
  database = await freshDatabase()
  servers = await Promise.all([1, 2].map(() => startServer({ databaseUrl: database.url })))
}, 60_000)
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()))
  await database?.drop()
})

const node = (index: number): RunningServer => {
  const server = servers[index]
  if (server === undefined) throw new Error(`no server ${index}`)
  return server
}

interface Open {
  readonly client: RawClient
  readonly acks: boolean[]
  /** When the list was closed on this socket; null while it is open. */
  endedAt(): number | null
}

async function openList(server: RunningServer, token: string, listId: string): Promise<Open> {
  let endedAt: number | null = null
  const acks: boolean[] = []
  const onAck = (isAccepted: boolean): void => void acks.push(isAccepted)
  const client = new RawClient({ url: `${server.wsUrl}/sync`, token, listId, onAck })
  await client.synced
  const look = (): void => {
    if (client.denied !== null || client.closed !== null) endedAt ??= performance.now()
  }
  client.socket.on('message', look)
  client.socket.on('close', look)
  return { client, acks, endedAt: () => endedAt }
}

async function person(email: string): Promise<{ page: Page; listId: string }> {
  const page = new Page(node(0).url)
  await page.signUp(email)
  const made = await page.send('/lists', { token: await page.token(), json: { title: 'Groceries' } })
  return { page, listId: (made.body as { id: string }).id }
}

/** Every one of them is closed with "sign in again", in time. */
async function closed(opened: readonly Open[], since: number): Promise<void> {
  await until(() => opened.every((one) => one.endedAt() !== null), {
    timeoutMs: 15_000,
    what: 'sockets closed',
  })
  for (const { client, endedAt } of opened) {
    expect((endedAt() ?? 0) - since).toBeLessThan(WITHIN_MS)
    expect(`${client.denied} ${client.closed?.code}`).toContain('4401')
    client.drop()
  }
}

async function stillWrites({ client, acks }: Open, userId: string): Promise<void> {
  const before = acks.length
  client.document.getMap('list').set('icon', ['🛒', userId, Date.now()])
  await until(() => acks.length > before, { what: 'an answer to an edit' })
  expect([acks.at(-1), client.denied, client.closed]).toEqual([true, null, null])
}

describe('a session that ends', () => {
  it('[IDENT-7] signing out closes what that session opened, on every node, and nothing else', async () => {
    const { page, listId } = await person('ann@example.org')
    const other = new Page(node(1).url)
    await other.signIn('ann@example.org')
    const token = await page.token()
    const mine = [await openList(node(0), token, listId), await openList(node(1), await page.token(), listId)]
    const others = await openList(node(1), await other.token(), listId)
    const since = performance.now()
    expect((await page.account('/sign-out')).status).toBe(200)
    await closed(mine, since)
    await stillWrites(others, await other.userId())
    // The token would be good for another quarter of an hour; it counts no more, here or there.
    for (const server of servers)
      expect((await ask(`${server.url}/api/v1/lists`, { token })).status).toBe(401)
    const again = new RawClient({ url: `${node(1).wsUrl}/sync`, token, listId })
    await until(() => again.denied !== null, { what: 'denial' })
    again.drop()
    others.client.drop()
  }, 60_000)

  it('[IDENT-7] another password closes everything opened before it, and lets the page that changed it go on', async () => {
    const { page, listId } = await person('bea@example.org')
    const thief = new Page(node(1).url)
    await thief.signIn('bea@example.org')
    const stolen = await thief.token()
    const opened = [
      await openList(node(0), await page.token(), listId),
      await openList(node(1), stolen, listId),
    ]
    const since = performance.now()
    const changed = await page.account('/change-password', {
      currentPassword: PASSWORD,
      newPassword: 'another battery',
      // A page that asks for the opposite does not get it.
      revokeOtherSessions: false,
    })
    expect(changed.status).toBe(200)
    await closed(opened, since)
    expect((await thief.send('/auth/token', { method: 'POST' })).status).toBe(401)
    expect((await thief.signIn('bea@example.org')).status).toBe(401)
    const fresh = await openList(node(0), await page.token(), listId)
    await stillWrites(fresh, await page.userId())
    fresh.client.drop()
  }, 60_000)

  it('[IDENT-7] signing out everywhere closes every session of that person, and signing in again works at once', async () => {
    const { page, listId } = await person('cem@example.org')
    const phone = new Page(node(1).url)
    await phone.signIn('cem@example.org')
    const opened = [
      await openList(node(0), await page.token(), listId),
      await openList(node(1), await phone.token(), listId),
    ]
    const bystander = await person('dora@example.org')
    const theirs = await openList(node(0), await bystander.page.token(), bystander.listId)
    const since = performance.now()
    expect((await page.send('/auth/sign-out-everywhere', { method: 'POST' })).status).toBe(200)
    await closed(opened, since)
    for (const one of [page, phone]) {
      expect((await one.send('/auth/token', { method: 'POST' })).status).toBe(401)
      await one.signIn('cem@example.org')
      expect((await one.send('/lists', { token: await one.token() })).status).toBe(200)
    }
    await stillWrites(theirs, await bystander.page.userId())
    theirs.client.drop()
  }, 60_000)

  it('[IDENT-7] a guest’s long token ends with "sign out everywhere" too', async () => {
    const { token } = await guest(node(0).url, 'Gus')
    const made = await ask(`${node(0).url}/api/v1/lists`, { token, json: { title: 'Mine' } })
    const open = await openList(node(1), token, (made.body as { id: string }).id)
    const since = performance.now()
    const out = await ask(`${node(0).url}/api/v1/auth/sign-out-everywhere`, { method: 'POST', token })
    expect(out.status).toBe(200)
    await closed([open], since)
    expect((await ask(`${node(1).url}/api/v1/lists`, { token })).status).toBe(401)
  }, 60_000)

  it('[IDENT-7] what was saved before the end is kept', async () => {
    const { page, listId } = await person('eli@example.org')
    const open = await openList(node(0), await page.token(), listId)
    await stillWrites(open, await page.userId())
    await page.account('/sign-out')
    await closed([open], performance.now())
    await page.signIn('eli@example.org')
    const back = await openList(node(1), await page.token(), listId)
    expect(back.client.document.getMap('list').get('icon')).toEqual([
      '🛒',
      await page.userId(),
      expect.any(Number),
    ])
    back.client.drop()
  }, 60_000)
})
