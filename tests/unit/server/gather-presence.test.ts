import { type Connection, Document } from '@hocuspocus/server'
import { expect, it } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { decodeFrame } from '../../../client-sdk/src/protocol/frames.ts'
import { gatherPresence } from '../../../server/src/room/gather-presence.ts'
import { manualClock } from './manual-clock.ts'

/** A list with one onlooker, on a clock of the test. */
function stage() {
  const clock = manualClock()
  const document = new Document('list', {}, { flushDelay: false })
  gatherPresence(document, clock)
  const seen = new Awareness(new Y.Doc())
  const frames: Uint8Array[] = []
  const send = (data: Uint8Array): void => {
    frames.push(data)
    const frame = decodeFrame(data)?.frame
    if (frame?.type === 'awareness') applyAwarenessUpdate(seen, frame.update, null)
  }
  const connection = (hears: boolean) =>
    ({ messageAddress: 'list', send: hears ? send : () => undefined }) as unknown as Connection
  document.addConnection(connection(true))
  const come = () => {
    const awareness = new Awareness(new Y.Doc())
    const own = connection(false)
    document.addConnection(own)
    return {
      id: awareness.clientID,
      say: (state: object): void => {
        awareness.setLocalState({ ...state })
        document.applyAwarenessUpdate(own, encodeAwarenessUpdate(awareness, [awareness.clientID]))
      },
      leave: () => void document.removeConnection(own),
    }
  }
  return { clock, document, frames, seen, come }
}

it('[PRES-5][R-09][R-10][R-12] the first change leaves at once, those of the next 100 ms as one frame, so none is later than that, and each ends as it is', async () => {
  const { clock, frames, seen, come } = stage()
  const people = Array.from({ length: 20 }, come)
  people[0]?.say({ at: 0 })
  expect(frames).toHaveLength(1)
  for (let change = 1; change <= 100; change++) {
    people[change % 20]?.say({ at: change })
    await clock.pass(10)
  }
  expect(frames.length).toBeLessThanOrEqual(11)
  await clock.pass(100)
  expect(people.map(({ id }) => seen.getStates().get(id)?.['at']).sort()).toEqual(
    Array.from({ length: 20 }, (_, i) => 81 + i).sort(),
  )
  const quiet = frames.length
  await clock.pass(10_000)
  expect(frames).toHaveLength(quiet)
})

it('[PRES-5][PRES-2] who leaves is told within the same 100 ms, also when they came in them; who leaves and returns is there', async () => {
  const { clock, document, frames, seen, come } = stage()
  const [ann, ben, cleo] = [come(), come(), come()]
  for (const one of [ann, ben]) one.say({ at: 1 })
  await clock.pass(100)
  ann.leave()
  cleo.say({ at: 1 })
  cleo.leave()
  ben.leave()
  // As the server does for whoever comes back on another connection.
  document.awareness.meta.delete(ben.id)
  await clock.pass(100)
  expect(seen.getStates().has(ann.id)).toBe(false)
  expect(seen.getStates().has(cleo.id)).toBe(false)
  ben.say({ at: 2 })
  await clock.pass(100)
  expect(seen.getStates().get(ben.id)).toEqual({ at: 2 })
  expect(frames.length).toBeLessThanOrEqual(5)
})
