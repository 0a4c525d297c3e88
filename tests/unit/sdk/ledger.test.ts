import { expect, it } from 'vitest'
import { type Edit, newEdit } from '../../../client-sdk/src/replica/edit.ts'
import { Ledger } from '../../../client-sdk/src/replica/ledger.ts'

const ALL = { maxEdits: Number.POSITIVE_INFINITY, maxBytes: 1_000, now: 0 }

function edit(uid: string, o: { bytes?: number; sendFrom?: number } = {}): Edit {
  const content = { update: new Uint8Array(o.bytes ?? 10), changes: [], label: uid, at: 0 }
  return newEdit(content, { uid, origin: 'here', sendFrom: o.sendFrom ?? 0 })
}

const names = (edits: readonly Edit[] | null | undefined) => edits?.map(({ uid }) => uid) ?? null

it('[ACK-4] an acknowledgement confirms the edits of its own batch, not those of the one after it', () => {
  const ledger = new Ledger()
  ledger.add(edit('a'))
  const first = ledger.take(ALL)
  ledger.add(edit('b'))
  const second = ledger.take(ALL)
  expect([names(first?.edits), names(second?.edits)]).toEqual([['a'], ['b']])
  expect(names(ledger.acked(first?.upTo ?? 0))).toEqual(['a'])
  expect(names(ledger.edits())).toEqual(['b'])
  expect(ledger.acked(first?.upTo ?? 0)).toBeNull()
  expect(names(ledger.acked(second?.upTo ?? 0))).toEqual(['b'])
})

it('[ACK-4] an answer to what was sent before a handshake confirms nothing; the handshake confirms all it carried', () => {
  const ledger = new Ledger()
  ledger.add(edit('a'))
  const before = ledger.take(ALL)
  ledger.add(edit('b'))
  const handshake = ledger.handshake(ledger.edits())
  ledger.add(edit('late'))
  expect(ledger.acked(before?.upTo ?? 0)).toBeNull()
  expect(names(ledger.acked(handshake.upTo))).toEqual(['a', 'b'])
  expect(names(ledger.take(ALL)?.edits)).toEqual(['late'])
})

it('[ACK-4] batches that a channel joined are confirmed together; a refused one stays, and is sent again', () => {
  const ledger = new Ledger()
  for (const uid of ['a', 'b', 'c']) ledger.add(edit(uid))
  const one = { ...ALL, maxEdits: 1 }
  const [, second, third] = [ledger.take(one), ledger.take(one), ledger.take(one)]
  expect(names(ledger.acked(second?.upTo ?? 0))).toEqual(['a', 'b'])
  expect(names(ledger.refused(third?.upTo ?? 0))).toEqual(['c'])
  expect(names(ledger.take(ALL)?.edits)).toEqual(['c'])
  ledger.lost()
  expect(names(ledger.take(ALL)?.edits)).toEqual(['c'])
})

it("[ACK-7] batches respect size, and another tab's edit is not sent before its time", () => {
  const ledger = new Ledger()
  ledger.add(edit('foreign', { sendFrom: 500 }))
  ledger.add(edit('huge', { bytes: 5_000 }))
  ledger.add(edit('a', { bytes: 600 }))
  ledger.add(edit('b', { bytes: 600 }))
  expect(names(ledger.take(ALL)?.edits)).toEqual(['huge'])
  expect(names(ledger.take(ALL)?.edits)).toEqual(['a'])
  expect(names(ledger.take({ ...ALL, now: 500 })?.edits)).toEqual(['foreign', 'b'])
  expect(ledger.take({ ...ALL, now: 500 })).toBeNull()
})
