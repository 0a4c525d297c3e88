import { createMemoryStorage } from '@tandem/client-sdk/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEnvironment } from '../../../client-sdk/src/environment.ts'
import { createList, giveRole, guest } from '../../support/people.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, type Person, person, titles } from './two-people.ts'
import { type UpgradeRefuser, upgradeRefuser } from './upgrade-refuser.ts'

let server: RunningServer
let proxy: UpgradeRefuser

beforeAll(async () => {
  server = await startServer()
})
beforeEach(async () => {
  proxy = await upgradeRefuser(server)
})
afterEach(async () => {
  await closeAll()
  await proxy.close()
})
afterAll(() => server.stop())

/** Waits of the SDK four times as short, so that a test need not sit through them; the network is the real one. */
function hurried(): ReturnType<typeof createEnvironment> {
  const real = createEnvironment()
  return { ...real, setTimer: (callback, ms) => real.setTimer(callback, ms / 4) }
}

/** Ann behind the proxy, Ben on an open network, and a list that Ann owns. */
async function annAndBen(role = 'editor'): Promise<{ ann: Person; ben: Person; listId: string }> {
  const identity = await guest(server.url, 'Ann')
  const ben = await person(server.url, 'Ben')
  const { id: listId } = await createList(server.url, ben.identity.token, { title: 'Groceries' })
  await giveRole(server.url, ben.identity.token, { listId, userId: identity.userId, role })
  const ann = again(proxy.url, identity, createMemoryStorage(), { environment: hurried() })
  return { ann, ben, listId }
}

describe('behind a proxy that refuses WebSockets', () => {
  it('[POLL-1][POLL-2][X-11][L-10] two people work on one list, one of them by polling, and both converge', async () => {
    const { ann, ben, listId } = await annAndBen()
    const [hers, his] = [ann.client.lists.open(listId), ben.client.lists.open(listId)]
    await until(() => isSynced(hers) && isSynced(his), { timeoutMs: 30_000, what: 'both synced' })
    expect(proxy.passed).toBe(0)
    his.items.add('Milk')
    await until(() => titles(hers).includes('Milk'), { timeoutMs: 30_000 })
    const write = hers.items.add('Bread')
    expect(hers.status.getSnapshot().state).toBe('saving')
    await write.confirmed
    await until(() => titles(his).includes('Bread'))
    for (let i = 0; i < 50; i++) {
      hers.items.add(`hers ${i}`)
      his.items.add(`his ${i}`)
    }
    await until(() => isSynced(hers) && isSynced(his), { timeoutMs: 30_000 })
    await until(() => titles(hers).length === 102 && titles(his).length === 102, { timeoutMs: 30_000 })
    expect(titles(hers)).toEqual(titles(his))
    expect(ann.errors).toEqual([])
  }, 90_000)

  it('[POLL-3][ACK-1] what is called synced by polling is there after the server was killed', async () => {
    const own = await startServer()
    const blocked = await upgradeRefuser(own)
    try {
      const identity = await guest(own.url, 'Ann')
      const { id } = await createList(own.url, identity.token, { title: 'Groceries' })
      const ann = again(blocked.url, identity, createMemoryStorage(), { environment: hurried() })
      const hers = ann.client.lists.open(id)
      await until(() => isSynced(hers), { timeoutMs: 30_000 })
      const writes = Array.from({ length: 30 }, (_, i) => hers.items.add(`item ${i}`))
      await Promise.all(writes.map((write) => write.confirmed))
      await own.kill('SIGKILL')
      const { databaseUrl } = own
      const next = await startServer({ databaseUrl })
      try {
        const again2 = again(next.url, identity, createMemoryStorage())
        const seen = again2.client.lists.open(id)
        await until(() => isSynced(seen) && titles(seen).length === 30, { timeoutMs: 30_000 })
      } finally {
        await next.stop()
      }
    } finally {
      await blocked.close()
      await own.stop()
    }
  }, 120_000)

  it('[POLL-4][P-21] a downgrade while polling: the edit is refused, named, and kept in the inbox; the screen returns to the truth', async () => {
    const { ann, ben, listId } = await annAndBen()
    const hers = ann.client.lists.open(listId)
    await until(() => isSynced(hers), { timeoutMs: 30_000 })
    // Before a look can tell her.
    ann.network.stall()
    const write = hers.items.add('not allowed')
    await giveRole(server.url, ben.identity.token, { listId, userId: ann.identity.userId, role: 'viewer' })
    ann.network.restore()
    await expect(write.confirmed).rejects.toThrow()
    await until(() => hers.info.getSnapshot().role === 'viewer', { timeoutMs: 30_000 })
    await until(() => !titles(hers).includes('not allowed'), { timeoutMs: 30_000 })
    expect(hers.refused.getSnapshot()).toHaveLength(1)
  }, 90_000)

  it('[POLL-4][P-09] a removal while polling ends the list with who and why', async () => {
    const { ann, ben, listId } = await annAndBen()
    const hers = ann.client.lists.open(listId)
    await until(() => isSynced(hers), { timeoutMs: 30_000 })
    await fetch(`${server.url}/api/v1/lists/${listId}/members/${ann.identity.userId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${ben.identity.token}` },
    })
    await until(() => hers.access.getSnapshot().state === 'ended', { timeoutMs: 30_000 })
    expect(hers.access.getSnapshot()).toMatchObject({ message: 'Ben removed you from this list.' })
    expect(titles(hers)).toEqual([])
  }, 90_000)

  it('[POLL-5] when WebSockets pass again the list moves to one by itself, and polling ends', async () => {
    const { ann, ben, listId } = await annAndBen()
    const [hers, his] = [ann.client.lists.open(listId), ben.client.lists.open(listId)]
    await until(() => isSynced(hers) && isSynced(his), { timeoutMs: 30_000 })
    proxy.isBlocking = false
    const writes = Array.from({ length: 20 }, (_, i) => hers.items.add(`on the way ${i}`))
    // The trial, and the socket that stays.
    await until(() => proxy.passed >= 2, { timeoutMs: 60_000, what: 'a socket passes' })
    await Promise.all(writes.map((write) => write.confirmed))
    // Only a socket carries presence.
    await until(() => his.presence.others.getSnapshot().length === 1, { timeoutMs: 30_000 })
    await until(() => isSynced(hers) && titles(his).length === 20)
    expect(titles(his)).toEqual(titles(hers))
  }, 120_000)

  it('[POLL-1] a server that restarts is not taken for a blocked one: the socket comes back', async () => {
    const own = await startServer()
    const ann = await person(own.url, 'Ann')
    const { id } = await createList(own.url, ann.identity.token, { title: 'Groceries' })
    const hers = ann.client.lists.open(id)
    try {
      await until(() => isSynced(hers))
      const { databaseUrl, port } = own
      await own.kill('SIGKILL')
      hers.items.add('meanwhile')
      await until(() => ann.network.opened >= 4, { timeoutMs: 60_000, what: 'it has tried some times' })
      const next = await startServer({ databaseUrl, env: { PORT: String(port) } })
      try {
        await until(() => isSynced(hers), { timeoutMs: 90_000 })
        const { opened } = ann.network
        expect(opened).toBeGreaterThanOrEqual(5)
        const watcher = again(next.url, ann.identity, createMemoryStorage())
        const seen = watcher.client.lists.open(id)
        await until(() => titles(seen).includes('meanwhile'), { timeoutMs: 30_000 })
      } finally {
        await next.stop()
      }
    } finally {
      await own.stop()
    }
  }, 240_000)
})
