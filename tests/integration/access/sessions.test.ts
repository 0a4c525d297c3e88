import type { UserId } from '@tandem/persistence'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HubDeps } from '../../../server/src/room/deps.ts'
import { until } from '../../support/until.ts'
import { addItem } from '../sync/clients.ts'
import { newList } from '../sync/node.ts'
import { denialOf, join, type Stage, twoNodes } from './stage.ts'

let stage: Stage
/** Sessions that count no more, as `user/session`. */
let ended: Set<string>

/** Tokens of these tests are `user/session`. */
const authenticate: HubDeps['authenticate'] = async (token) => {
  const [userId, sessionId = null] = token.split('/')
  return ended.has(token)
    ? { ok: false, reason: 'The session has ended; sign in again.' }
    : { ok: true, userId: userId as UserId, name: userId ?? '', sessionId }
}

beforeEach(async () => {
  ended = new Set()
  stage = await twoNodes({ authenticate })
})

afterEach(() => stage.end())

describe('a session that ends', () => {
  it('[LIVE-5][P-22] closes what was opened with it on every server within 2 s, and nothing else', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage)
    const laptop = await join(two, listId, 'ann/laptop')
    const laptopHere = await join(one, listId, 'ann/laptop')
    const phone = await join(two, listId, 'ann/phone')
    ended.add('ann/laptop')
    await one.hub.endSessions('ann' as UserId, 'laptop')
    await until(() => laptop.denied !== null && laptopHere.denied !== null, { timeoutMs: 2_000 })
    expect(laptop.denied).toBe('4401 The session has ended; sign in again.')
    addItem(phone.document, 'ann', 'from the phone')
    await until(() => phone.unanswered === 0)
    expect(phone.denied).toBeNull()
  })

  it('[LIVE-5] all sessions of a person end at once, and nobody else’s', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage, { bob: 'editor' })
    const mine = await Promise.all([join(one, listId, 'ann/laptop'), join(two, listId, 'ann/phone')])
    const bob = await join(two, listId, 'bob/laptop')
    for (const session of ['laptop', 'phone']) ended.add(`ann/${session}`)
    await two.hub.endSessions('ann' as UserId, null)
    await until(() => mine.every((client) => client.denied !== null), { timeoutMs: 2_000 })
    expect(mine.map((client) => client.denied?.slice(0, 4))).toEqual(['4401', '4401'])
    expect(bob.denied).toBeNull()
  })

  it('[LIVE-5] its token opens nothing more, also on a socket where it did a moment ago', async () => {
    const { one, two } = stage
    const first = await newList(one.storage)
    const client = await join(two, first, 'ann/laptop')
    ended.add('ann/laptop')
    await one.hub.endSessions('ann' as UserId, 'laptop')
    await until(() => client.denied !== null)
    client.denied = null
    client.send(2, (encoder) => {
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarString(encoder, 'ann/laptop')
    })
    await until(() => client.denied !== null)
    expect(client.denied).toMatch(/^4401 /)
    expect(await denialOf(one, first, 'ann/laptop')).toMatch(/^4401 /)
    expect(await denialOf(one, first, 'ann/phone')).toBe('opened')
  })
})
