import type { BusMessage, ListId, Storage, UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { ann, type HarnessFactory, newListId, type StorageHarness } from './persistence/harness.ts'

/** What every adapter of the bus promises. */
export function busContract(adapter: string, create: HarnessFactory): void {
  describe(`bus: ${adapter}`, () => {
    let harness: StorageHarness
    let left: Storage
    let right: Storage
    let heard: BusMessage[]
    let echo: BusMessage[]

    beforeEach(async () => {
      harness = await create()
      left = await harness.open('left')
      right = await harness.open('right')
      heard = []
      echo = []
      right.bus.subscribe((message) => void heard.push(message))
      left.bus.subscribe((message) => void echo.push(message))
      await until(() => left.bus.state() === 'connected' && right.bus.state() === 'connected')
    })
    afterEach(() => harness.close())

    const hint = (listId: ListId, seq: number): BusMessage => ({ kind: 'updates', listId, seq })

    it('[BUS-4] every kind of message reaches the other node, and not the one that sent it', async () => {
      const listId = newListId()
      const messages: BusMessage[] = [
        hint(listId, 3),
        { kind: 'resync', listId, reason: 'repaired “by hand” \\ \n' },
        { kind: 'access', listId, userId: ann },
        { kind: 'list-access', listId },
        { kind: 'session-ended', userId: ann, sessionId: 's “1” \\' },
        { kind: 'session-ended', userId: ann, sessionId: null },
      ]
      for (const message of messages) left.bus.publish(message)
      await until(() => heard.length >= messages.length, { what: 'all kinds of messages' })
      expect(heard).toEqual(expect.arrayContaining(messages))
      // What the other node says afterwards shows that an echo would have arrived by now.
      right.bus.publish(hint(listId, 9))
      await until(() => echo.length > 0, { what: 'the answer' })
      expect(echo).toEqual([hint(listId, 9)])
    })

    it('[BUS-1] of many hints for many lists the last of each list arrives', async () => {
      const lists = Array.from({ length: 300 }, newListId)
      for (let seq = 1; seq <= 20; seq++) for (const listId of lists) left.bus.publish(hint(listId, seq))
      const latest = (): Map<string, number> =>
        new Map(
          heard.flatMap((message) => (message.kind === 'updates' ? [[message.listId, message.seq]] : [])),
        )
      await until(() => lists.every((listId) => latest().get(listId) === 20), {
        what: 'position 20 of every list',
      })
    })

    it('[BUS-2] publishing never throws: not while cut off, not after closing, not with the longest ids', async () => {
      const repair = await harness.cutBus(left)
      left.bus.publish(hint(newListId(), 1))
      left.bus.publish({ kind: 'resync', listId: newListId(), reason: 'x'.repeat(100_000) })
      left.bus.publish({ kind: 'access', listId: newListId(), userId: 'u'.repeat(20_000) as UserId })
      await repair()
      await until(() => left.bus.state() === 'connected', { what: 'the bus to reconnect' })
      const listId = newListId()
      left.bus.publish(hint(listId, 2))
      await until(() => heard.some((message) => message.kind === 'updates' && message.listId === listId), {
        what: 'messages to flow again',
      })
      await left.bus.close()
      left.bus.publish(hint(newListId(), 1))
    })

    it('[BUS-3] after a disconnection listeners are told of the gap, once messages flow again', async () => {
      let gaps = 0
      right.bus.onGap(() => {
        gaps += 1
      })
      expect(gaps).toBe(0)
      const repair = await harness.cutBus(right)
      expect(right.bus.state()).toBe('disconnected')
      left.bus.publish(hint(newListId(), 1))
      expect(gaps).toBe(0)
      await repair()
      await until(() => gaps === 1, { what: 'the gap to be told' })
      expect(right.bus.state()).toBe('connected')
      const listId = newListId()
      left.bus.publish(hint(listId, 2))
      await until(() => heard.some((message) => message.kind === 'updates' && message.listId === listId), {
        what: 'messages to flow again',
      })
    })

    it('[BUS-2] a subscriber that throws harms neither the others nor the publisher', async () => {
      right.bus.subscribe(() => {
        throw new Error('a bug in a subscriber')
      })
      const late: BusMessage[] = []
      const stop = right.bus.subscribe((message) => void late.push(message))
      left.bus.publish(hint(newListId(), 1))
      await until(() => late.length === 1 && heard.length === 1)
      stop()
      left.bus.publish(hint(newListId(), 2))
      await until(() => heard.length === 2)
      expect(late).toHaveLength(1)
    })
  })
}
