import { type ListId, openPostgresStorage, type Storage, type UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { addItem, titles } from '../sync/clients.ts'
import { newList, startNode, type TestNode } from '../sync/node.ts'
import { denialOf, giveRole, join, remove } from './stage.ts'

let database: FreshDatabase
let server: TestNode
/** While set, nobody's role can be read; everything else of the database works. */
let isBroken: boolean
let questions: number

beforeEach(async () => {
  database = await freshDatabase()
  isBroken = false
  questions = 0
})

afterEach(async () => {
  isBroken = false
  await server.stop()
  await database.drop()
})

async function start(limits: { verifyAccessMs: number; trustAccessMs: number }): Promise<ListId> {
  const real = await openPostgresStorage({ connectionString: database.url })
  const find: Storage['directory']['find'] = async (listId, userId) => {
    questions += 1
    if (isBroken) throw new Error('the permission query is broken')
    return real.directory.find(listId, userId)
  }
  const storage: Storage = { ...real, directory: { ...real.directory, find } }
  server = await startNode({ storage, limits })
  return newList(storage, { bob: 'editor', vic: 'viewer' })
}

describe('rights that cannot be read', () => {
  it('[LIVE-6][P-15] whoever was looked up lately reads on, nobody writes, and it heals by itself', async () => {
    const listId = await start({ verifyAccessMs: 120, trustAccessMs: 600_000 })
    const [ann, bob, vic] = await Promise.all(['ann', 'bob', 'vic'].map((id) => join(server, listId, id)))
    if (ann === undefined || bob === undefined || vic === undefined) throw new Error('nobody came')
    addItem(ann.document, 'ann', 'before')
    await until(() => titles(vic.document).length === 1)
    isBroken = true
    const asked = questions
    await until(() => questions >= asked + 6, { what: 'everybody to have been asked about in vain' })

    addItem(bob.document, 'bob', 'in doubt')
    await until(() => bob.denied !== null)
    expect(bob.denied).toBe('4503 Cannot check your rights just now; try again.')
    expect(await denialOf(server, listId, 'ann')).toMatch(/^4503 /)
    // Readers keep what they have, and what those write who are not in doubt would still come; here there is nobody left.
    expect([ann.denied, vic.denied, vic.closed]).toEqual([null, null, null])
    expect(titles(vic.document)).toEqual(['before'])

    isBroken = false
    await until(async () => (await denialOf(server, listId, 'bob')) === 'opened')
    const healed = questions
    await until(() => questions >= healed + 3)
    addItem(ann.document, 'ann', 'after')
    await until(() => titles(vic.document).includes('after'))
    expect([ann.denied, vic.denied]).toEqual([null, null])
    expect(titles(vic.document)).not.toContain('in doubt')
  })

  it('[LIVE-6][L-08][P-15] who could not be looked up for too long is asked to come back', async () => {
    const listId = await start({ verifyAccessMs: 60, trustAccessMs: 400 })
    const vic = await join(server, listId, 'vic')
    isBroken = true
    await until(() => vic.denied !== null)
    expect(vic.denied).toBe('4503 Cannot check your rights just now; try again.')
    isBroken = false
    await until(async () => (await denialOf(server, listId, 'vic')) === 'opened')
  })

  it('[LIVE-6][P-15] a change of which no message told is found all the same', async () => {
    const listId = await start({ verifyAccessMs: 100, trustAccessMs: 600_000 })
    const bob = await join(server, listId, 'bob')
    const silent = { ...server, hub: { ...server.hub, accessChanged: async () => undefined } }
    await giveRole(silent, listId, { userId: 'bob', role: 'viewer' })
    await until(() => bob.messages.some((text) => text.includes('"viewer"')))
    await remove(silent, listId, 'bob')
    await until(() => bob.denied !== null)
    expect(bob.denied).toBe('4410 Ann removed you from this list.')
  })

  it('[LIVE-6][P-15] a role that changes while it cannot be read is followed as soon as it can', async () => {
    const listId = await start({ verifyAccessMs: 600_000, trustAccessMs: 600_000 })
    const bob = await join(server, listId, 'bob')
    await server.storage.grants.revoke({
      listId,
      userId: 'bob' as UserId,
      by: 'ann' as UserId,
      why: 'removed',
      may: () => true,
    })
    isBroken = true
    await server.hub.accessChanged(listId, 'bob' as UserId)
    addItem(bob.document, 'bob', 'in doubt')
    await until(() => bob.denied !== null)
    expect(bob.denied).toMatch(/^4503 /)
    isBroken = false
    expect(await denialOf(server, listId, 'bob')).toBe('4410 Ann removed you from this list.')
  })
})
