import type { BusMessage, ListId, UserId } from '@tandem/persistence'
import { describe, expect, it } from 'vitest'
import { Outbox, readPayload } from '../../../persistence/src/bus/outbox.ts'

const list = (n: number): ListId => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as ListId

describe('messages that wait for the connection between nodes', () => {
  it('[ACCESS-2][E-17] never push out a change of access: no log holds it, and nobody would ask for it', () => {
    const outbox = new Outbox(3)
    outbox.add({ kind: 'access', listId: list(0), userId: 'ben' as UserId })
    for (let n = 1; n <= 5; n++) outbox.add({ kind: 'updates', listId: list(n), seq: n })
    const sent = readPayload(outbox.take('node')?.payload ?? '')?.messages
    expect(sent?.map((message) => [message.kind, 'listId' in message && message.listId])).toEqual([
      ['access', list(0)],
      ['updates', list(4)],
      ['updates', list(5)],
    ])
  })

  it('[BUS-4] name each list and each session once, and the end of one session apart from the end of all', () => {
    const outbox = new Outbox()
    const [ann, ben] = ['ann' as UserId, 'ben' as UserId]
    const messages: BusMessage[] = [
      { kind: 'list-access', listId: list(1) },
      { kind: 'session-ended', userId: ann, sessionId: 'one' },
      { kind: 'session-ended', userId: ann, sessionId: null },
      { kind: 'session-ended', userId: ann, sessionId: 'null' },
      { kind: 'session-ended', userId: ben, sessionId: 'one' },
    ]
    for (const message of [...messages, ...messages]) outbox.add(message)
    expect(readPayload(outbox.take('node')?.payload ?? '')?.messages).toEqual(messages)
  })

  it('[BUS-2] stay bounded even if all of them are changes of access', () => {
    const outbox = new Outbox(3)
    for (let n = 1; n <= 5; n++) outbox.add({ kind: 'access', listId: list(n), userId: 'ben' as UserId })
    expect(outbox.size).toBe(3)
  })
})
