import { encodeMessage } from '@tandem/client-sdk/protocol'
import type { ListId, UserId } from '@tandem/persistence'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { until } from '../../support/until.ts'
import { addItem, type StockClient, stockClient, stockSocket } from '../sync/clients.ts'
import { newList, type TestNode } from '../sync/node.ts'
import { authorsInLog, heard, join, refusalsOf, type Stage, twoNodes } from './stage.ts'

let stage: Stage
const sockets: { destroy(): void }[] = []

beforeEach(async () => {
  stage = await twoNodes()
})

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await stage.end()
})

async function person(node: TestNode, listId: ListId, userId: string): Promise<StockClient> {
  const socket = stockSocket(node)
  sockets.push(socket)
  const client = stockClient(socket, listId, userId)
  await until(() => client.provider.synced)
  return client
}

const seenBy = (client: StockClient): Map<number, { user?: unknown; at?: unknown }> =>
  client.provider.awareness?.getStates() ?? new Map()

async function hide(
  node: TestNode,
  listId: ListId,
  userId: string,
  anonymous: boolean,
): Promise<string | null> {
  const set = await node.storage.grants.setAnonymous({ listId, userId: userId as UserId, anonymous })
  if (set.outcome !== 'set') throw new Error(set.outcome)
  await node.hub.accessChanged(listId, userId as UserId)
  return set.anonymousId
}

describe('somebody who asked not to be named', () => {
  it('[ANON-1][P-19][PRES-1] is "Anonymous" in presence, whatever their program shows', async () => {
    const { one } = stage
    const listId = await newList(one.storage, { ben: 'viewer' })
    const anonymousId = await hide(one, listId, 'ben', true)
    const ann = await person(one, listId, 'ann')
    const ben = await person(one, listId, 'ben')
    ben.provider.awareness?.setLocalState({
      user: { id: 'ben', name: 'Ben', email: 'ben@example.org', picture: 'https://example.org/ben.jpg' },
      at: 'item-1',
    })
    const id = ben.document.clientID
    await until(() => seenBy(ann).has(id))
    expect(seenBy(ann).get(id)).toEqual({ user: { id: anonymousId, name: 'Anonymous' }, at: 'item-1' })
    expect(anonymousId).toMatch(/^anon_[0-9A-Za-z]{12}$/)
  })

  it('[ANON-3][LIVE-2] while connected: is told the id to write under, and disappears from presence by name', async () => {
    const { one } = stage
    const listId = await newList(one.storage, { ben: 'editor' })
    const ann = await person(one, listId, 'ann')
    const ben = await person(one, listId, 'ben')
    ben.provider.awareness?.setLocalState({ at: 'here' })
    const id = ben.document.clientID
    await until(() => seenBy(ann).has(id))
    const anonymousId = await hide(one, listId, 'ben', true)
    await until(() => ben.messages.some((text) => text.includes(`"authorId":"${anonymousId}"`)))
    await until(() => !seenBy(ann).has(id))
    // The program's next sign of life brings them back, without a name.
    ben.provider.awareness?.setLocalState({ at: 'there' })
    await until(() => seenBy(ann).get(id)?.at === 'there')
    expect(seenBy(ann).get(id)?.user).toEqual({ id: anonymousId, name: 'Anonymous' })

    expect(await hide(one, listId, 'ben', false)).toBeNull()
    await until(() => !(ben.messages.at(-1) ?? '').includes('authorId'))
    ben.provider.awareness?.setLocalState({ at: 'again' })
    await until(() => seenBy(ann).get(id)?.at === 'again')
    expect(seenBy(ann).get(id)?.user).toEqual({ id: 'ben', name: 'BEN' })
    expect(await hide(one, listId, 'ben', true)).toBe(anonymousId)
  })

  it('[ANON-2][GATE-6][P-19] writes under the id that stands for them; the log alone knows who it was', async () => {
    const { one, two, database } = stage
    const listId = await newList(one.storage, { ben: 'editor' })
    const anonymousId = (await hide(one, listId, 'ben', true)) ?? ''
    const named = await join(two, listId, 'ben')
    expect(heard(named, 'welcome')[0]).toMatchObject({ userId: 'ben', authorId: anonymousId })
    addItem(named.document, 'ben', 'by name')
    await until(() => named.unanswered === 0)
    expect(refusalsOf(named).map(({ code }) => code)).toEqual(['forged-author'])
    const ben = await join(two, listId, 'ben')
    addItem(ben.document, anonymousId, 'unnamed')
    await until(() => ben.unanswered === 0)
    expect(refusalsOf(ben)).toEqual([])
    expect(await authorsInLog(database, listId)).toEqual(['ben'])
    const ann = await join(one, listId, 'ann')
    await until(() => ann.document.getMap('items').size === 1)
    expect(JSON.stringify(ann.document.getMap('items').toJSON())).not.toContain('"ben"')
    expect(ann.messages.join()).not.toContain('ben')
  })

  it('[ANON-1][P-19] hears of what they wrote and lost, under the id they wrote it', async () => {
    const { one } = stage
    const listId = await newList(one.storage, { ben: 'editor' })
    const anonymousId = (await hide(one, listId, 'ben', true)) ?? ''
    const ann = await join(one, listId, 'ann')
    const id = addItem(ann.document, 'ann', 'Milk')
    await until(() => ann.unanswered === 0)
    const away = new Y.Doc()
    Y.applyUpdate(away, Y.encodeStateAsUpdate(ann.document))
    const before = Y.encodeStateVector(away)
    away.getMap('items').set(`${id}/title`, ['Oat milk', anonymousId, 1_700_000_000_000])
    ann.document.getMap('items').set(`${id}/title`, ['Rice milk', 'ann', 1_700_000_000_000])
    await until(() => ann.unanswered === 0)
    const ben = await join(one, listId, 'ben')
    ben.sendUpdate(Y.encodeStateAsUpdate(away, before))
    await until(() => ben.unanswered === 0 && heard(ben, 'collisions').length === 1)
    ben.drop()
    const again = await join(one, listId, 'ben')
    again.send(5, (to) => encoding.writeVarString(to, encodeMessage({ type: 'missed', after: 0 })))
    await until(() => heard(again, 'missed-collisions').length === 1)
    const [missed] = heard(again, 'missed-collisions')
    expect(missed?.collisions.map(({ kept, other }) => [kept.by, other.by].sort())).toEqual([
      ['ann', anonymousId].sort(),
    ])
  })
})

describe('presence that is switched off', () => {
  it('[ANON-4][P-20] shows nobody to the others, from the next moment on, until it is switched on', async () => {
    const { one } = stage
    const listId = await newList(one.storage, { ben: 'viewer', cleo: 'viewer' })
    const ann = await person(one, listId, 'ann')
    const ben = await person(one, listId, 'ben')
    const id = ben.document.clientID
    ben.provider.awareness?.setLocalState({ at: 'here' })
    await until(() => seenBy(ann).has(id))
    ben.provider.sendStateless(encodeMessage({ type: 'presence', visible: false }))
    await until(() => !seenBy(ann).has(id))

    let sightings = 0
    ann.provider.awareness?.on('change', () => {
      if (seenBy(ann).has(id)) sightings += 1
    })
    ben.provider.awareness?.setLocalState({ at: 'somewhere' })
    ann.provider.awareness?.setLocalState({ at: 'seen' })
    // Frames of one socket are handled in order: with the answer to this one the one before has been dealt with.
    ben.document.getMap('items').set('nothing0', null)
    await until(() => seenBy(ben).get(ann.document.clientID)?.at === 'seen', {
      what: 'them to see the others',
    })
    await until(() => ben.messages.some((text) => text.includes('refused')))
    // Presence is gathered for a moment: what the others see of somebody who came later, they see not before this.
    const cleo = await person(one, listId, 'cleo')
    cleo.provider.awareness?.setLocalState({ at: 'later' })
    await until(() => seenBy(ann).get(cleo.document.clientID)?.at === 'later')
    expect(sightings).toBe(0)

    ben.provider.sendStateless(encodeMessage({ type: 'presence', visible: true }))
    ben.provider.awareness?.setLocalState({ at: 'back' })
    await until(() => seenBy(ann).get(id)?.at === 'back')
  })
})
