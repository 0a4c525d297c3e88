import { expect, it } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { Keepalive } from '../../../client-sdk/src/connection/keepalive.ts'
import type { Environment } from '../../../client-sdk/src/connection/port.ts'
import { PresenceRelay } from '../../../client-sdk/src/connection/presence-relay.ts'
import { manualEnvironment } from '../sdk/manual-environment.ts'

/** Timers run by one clock, and what people call the time is set back by another. */
function twoClocks(): { environment: Environment; advance(ms: number): void; setBack(ms: number): void } {
  const steady = manualEnvironment()
  let offset = 0
  const setBack = (ms: number): void => {
    offset -= ms
  }
  const environment = { ...steady, now: () => steady.now() + offset }
  return { environment, advance: (ms) => steady.advance(ms), setBack }
}

const HOUR = 3_600_000

it('[LINK-8] a dead connection is found within a minute when the clock is set back', () => {
  for (const setBackAt of ['before the question', 'after the question']) {
    const { environment, advance, setBack } = twoClocks()
    let isDead = false
    const keepalive = new Keepalive({
      environment,
      sendPing: () => true,
      dead: () => {
        isDead = true
        keepalive.stop()
      },
      isPatient: () => false,
    })
    keepalive.start()
    advance(setBackAt === 'before the question' ? 5_000 : 21_000)
    setBack(HOUR)
    advance(60_000)
    expect(isDead, setBackAt).toBe(true)
  }
})

it('[PRES-4] presence goes on at its pace when the clock is set back', () => {
  const { environment, advance, setBack } = twoClocks()
  let sent = 0
  const count = (): void => {
    sent += 1
  }
  const relay = new PresenceRelay({ environment, send: count, isCongested: () => false })
  const awareness = new Awareness(new Y.Doc())
  relay.announce(awareness)
  setBack(HOUR)
  awareness.setLocalState({ viewing: 'a' })
  advance(100)
  const before = sent
  awareness.setLocalState({ viewing: 'b' })
  advance(100)
  expect(sent).toBeGreaterThan(before)
  relay.stop()
  awareness.destroy()
})
