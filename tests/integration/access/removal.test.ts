import type { UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { addItem, titles } from '../sync/clients.ts'
import { newList } from '../sync/node.ts'
import { authorsInLog, denialOf, giveRole, inviteAs, join, remove, type Stage, twoNodes } from './stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await twoNodes()
})

afterEach(() => stage.end())

/** Longest from the answer to who removes somebody until that person is out, everywhere. */
const LIMIT_MS = 2_000

describe('removed while connected', () => {
  it('[LIVE-1][LIVE-3][L-08][P-07][P-09][P-10] in two tabs on two servers, at 20 edits a second: out within 2 s, nothing later arrives or is stored', async () => {
    const { one, two, nodes, database } = stage
    const listId = await newList(one.storage, { bob: 'admin' })
    await inviteAs(one.storage, listId, { by: 'bob', userId: 'dave', role: 'editor' })
    const ann = await join(one, listId, 'ann')
    const tabs = await Promise.all([...nodes, ...nodes].map((node) => join(node, listId, 'bob')))
    const dave = await join(two, listId, 'dave')
    const typing = type(tabs, 20)
    await until(() => titles(ann.document).length > 20, { what: 'edits of all tabs to arrive' })

    const startedMs = performance.now()
    const invited = await remove(one, listId, 'bob')
    await until(() => tabs.every((tab) => tab.denied !== null), {
      timeoutMs: LIMIT_MS,
      what: 'all tabs to be out',
    })
    expect(performance.now() - startedMs).toBeLessThan(LIMIT_MS)
    expect(invited.map(({ userId }) => userId)).toEqual(['dave'])
    expect(new Set(tabs.map((tab) => tab.denied))).toEqual(new Set(['4410 Ann removed you from this list.']))

    // What the tabs go on sending is dropped; what the others do from here on is not for them.
    const rowsOfBob = async () => (await authorsInLog(database, listId)).filter((id) => id === 'bob').length
    await until(() => ann.unanswered + dave.unanswered === 0)
    const stored = await rowsOfBob()
    const seen = tabs.map((tab) => titles(tab.document).filter((title) => !title.startsWith('bob')).length)
    addItem(dave.document, 'dave', 'dave 1')
    addItem(ann.document, 'ann', 'ann 1')
    const sent = typing.made()
    await until(() => typing.made() > sent + 20, { what: 'the tabs to go on' })
    typing.stop()
    await until(() => titles(ann.document).includes('dave 1') && titles(dave.document).includes('ann 1'))
    expect(dave.unanswered).toBe(0)
    expect([ann.denied, dave.denied, ann.closed, dave.closed]).toEqual([null, null, null, null])
    expect(await rowsOfBob()).toBe(stored)
    expect(
      tabs.map((tab) => titles(tab.document).filter((title) => !title.startsWith('bob')).length),
    ).toEqual(seen)
  })

  it('[LIVE-1][P-10] who leaves, and whose list is deleted, hear that', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage, { bob: 'editor', cleo: 'viewer' })
    const [bob, cleo, ann] = await Promise.all([
      join(one, listId, 'bob'),
      join(two, listId, 'cleo'),
      join(two, listId, 'ann'),
    ])
    await remove(one, listId, 'bob', 'bob')
    await until(() => bob.denied !== null, { timeoutMs: LIMIT_MS })
    expect(bob.denied).toBe('4410 You left this list.')
    expect(await one.storage.directory.deleteList(listId, 'ann' as UserId)).toBe(true)
    await one.hub.listAccessChanged(listId)
    await until(() => cleo.denied !== null && ann.denied !== null, { timeoutMs: LIMIT_MS })
    expect([cleo.denied, ann.denied]).toEqual(['4411 Ann deleted this list.', '4411 Ann deleted this list.'])
    expect(cleo.closed).toBeNull()
  })

  it('[LIVE-1][P-16] whoever came by a link that is withdrawn is out, and nobody else', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage, { cleo: 'viewer' })
    await one.storage.directory.ensureUser({ id: 'gus' as UserId, name: 'Gus' })
    const made = await one.storage.links.create({
      id: '0b4e6f1c-61a1-4d6c-9a1d-0d9d5b7a2a11',
      listId,
      role: 'editor',
      tokenHash: new Uint8Array(32).fill(7),
      passwordHash: null,
      expiresAt: null,
      maxUses: null,
      by: 'ann' as UserId,
      may: () => true,
    })
    if (made.outcome !== 'created') throw new Error(made.outcome)
    await one.storage.links.redeem({ linkId: made.link.id, userId: 'gus' as UserId })
    const gus = await join(two, listId, 'gus')
    const cleo = await join(two, listId, 'cleo')
    const revoked = await one.storage.links.revoke({
      listId,
      id: made.link.id,
      by: 'ann' as UserId,
      disconnect: true,
      may: () => true,
    })
    if (revoked.outcome !== 'revoked') throw new Error(revoked.outcome)
    await Promise.all(revoked.ended.map((userId) => one.hub.accessChanged(listId, userId)))
    await until(() => gus.denied !== null, { timeoutMs: LIMIT_MS })
    expect(gus.denied).toMatch(/^4410 Ann .*the link you came by/)
    addItem(cleo.document, 'cleo', 'still here')
    await until(() => cleo.unanswered === 0)
    expect(cleo.denied).toBeNull()
  })

  it('[LIVE-1][P-19] somebody who is not to be named removes people without being named', async () => {
    const { one } = stage
    const listId = await newList(one.storage, { bob: 'editor', cleo: 'admin' })
    const set = await one.storage.grants.setAnonymous({ listId, userId: 'cleo' as UserId, anonymous: true })
    expect(set.outcome).toBe('set')
    const bob = await join(one, listId, 'bob')
    await remove(one, listId, 'bob', 'cleo')
    await until(() => bob.denied !== null, { timeoutMs: LIMIT_MS })
    expect(bob.denied).toBe('4410 You were removed from this list.')
  })
})

describe('removed while away', () => {
  it('[LIVE-4][P-10][P-18] is told by whom on the next attempt; a stranger hears that there is no such list', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage, { bob: 'editor' })
    await remove(one, listId, 'bob')
    expect(await denialOf(two, listId, 'bob')).toBe('4410 Ann removed you from this list.')
    expect(await denialOf(two, listId, 'stranger')).toBe('4403 No such list, or no access.')
    expect(await denialOf(two, '11111111-1111-4111-8111-111111111111', 'bob')).toBe(
      '4403 No such list, or no access.',
    )
  })

  it('[LIVE-4] of a deleted list, everybody who had it; restored, they have it again', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage, { bob: 'editor' })
    await one.storage.directory.deleteList(listId, 'ann' as UserId)
    expect(await denialOf(two, listId, 'bob')).toBe('4411 Ann deleted this list.')
    expect(await denialOf(two, listId, 'ann')).toBe('4411 Ann deleted this list.')
    expect(await denialOf(two, listId, 'stranger')).toBe('4403 No such list, or no access.')
    expect(await one.storage.directory.restoreList(listId, 'ann' as UserId)).toBe(true)
    const bob = await join(two, listId, 'bob')
    addItem(bob.document, 'bob', 'back')
    await until(() => bob.unanswered === 0)
  })

  it('[LIVE-4] is let in again with a new role, and starts from there', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage, { bob: 'editor' })
    const bob = await join(two, listId, 'bob')
    await remove(one, listId, 'bob')
    await until(() => bob.denied !== null)
    await giveRole(one, listId, { userId: 'bob', role: 'viewer' })
    const again = await join(two, listId, 'bob')
    expect(again.messages[0]).toContain('"viewer"')
  })
})

/** Edits in every client, evenly over time, until stopped. */
function type(clients: readonly RawClient[], perSecond: number) {
  let made = 0
  const timer = setInterval(() => {
    made += 1
    for (const client of clients) addItem(client.document, 'bob', `bob ${made}`)
  }, 1000 / perSecond)
  return { made: () => made, stop: () => clearInterval(timer) }
}
