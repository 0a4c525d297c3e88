import { describe, expect, it } from 'vitest'
import { within } from '../../../server/src/clock.ts'
import {
  createLifeCycle,
  type LifeEvent,
  type LifeState,
  transition,
} from '../../../server/src/life-cycle.ts'
import { createStopSequence } from '../../../server/src/stop-sequence.ts'
import { silentLogger } from '../../../server/src/telemetry/logger.ts'
import { manualClock } from './manual-clock.ts'

describe('the order of a stop', () => {
  it('[DUR-7] what was opened last is closed first, once, however often a stop is asked for', async () => {
    const stop = createStopSequence(manualClock(), silentLogger)
    const closed: string[] = []
    for (const name of ['database', 'storage', 'rooms']) stop.opened(name, async () => void closed.push(name))
    expect(await Promise.all([stop.run(1_000), stop.run(1_000)])).toEqual(['clean', 'clean'])
    expect(closed).toEqual(['rooms', 'storage', 'database'])
  })

  it('[DUR-7] a step that fails does not keep the others open', async () => {
    const stop = createStopSequence(manualClock(), silentLogger)
    let isClosed = false
    stop.opened('database', async () => {
      isClosed = true
    })
    stop.opened('storage', () => Promise.reject(new Error('gone')))
    expect(await stop.run(1_000)).toBe('incomplete')
    expect(isClosed).toBe(true)
  })

  it('[DUR-7] a step that hangs ends at the deadline, and the later ones are still asked to close', async () => {
    const clock = manualClock()
    const stop = createStopSequence(clock, silentLogger)
    const given: number[] = []
    stop.opened('database', async (remainingMs) => void given.push(remainingMs))
    stop.opened('storage', () => new Promise(() => {}))
    const stopped = stop.run(1_000)
    await clock.pass(1_000)
    expect(await stopped).toBe('incomplete')
    expect(given).toEqual([1])
  })

  it('[DUR-7] each step learns how much of the deadline is left', async () => {
    const clock = manualClock()
    const stop = createStopSequence(clock, silentLogger)
    const given: number[] = []
    stop.opened('database', async (remainingMs) => void given.push(remainingMs))
    stop.opened('rooms', () => clock.pass(300))
    expect(await stop.run(1_000)).toBe('clean')
    expect(given).toEqual([700])
  })
})

describe('within', () => {
  it('[SOCK-5] work that fails after its time is over disturbs nobody', async () => {
    const clock = manualClock()
    let fail: (error: Error) => void = () => {}
    const work = new Promise<void>((_, reject) => {
      fail = reject
    })
    const outcome = within(clock, 10, work)
    await clock.pass(10)
    expect(await outcome).toBe('late')
    fail(new Error('too late'))
    await clock.pass(1)
  })
})

describe('the server’s life', () => {
  it('[API-4] is ready between opening and the first request to stop, and at no other time', () => {
    const life = createLifeCycle()
    const seen: LifeState[] = [life.state()]
    for (const event of ['opened', 'stop', 'opened', 'closed', 'stop'] satisfies LifeEvent[]) {
      life.send(event)
      seen.push(life.state())
    }
    expect(seen).toEqual(['starting', 'ready', 'draining', 'draining', 'stopped', 'stopped'])
  })

  it('[API-4] nothing leads out of stopped, and nothing but opening leads to ready', () => {
    const states: LifeState[] = ['starting', 'ready', 'draining', 'stopped']
    const events: LifeEvent[] = ['opened', 'stop', 'closed']
    for (const event of events) expect(transition('stopped', event)).toBe('stopped')
    const toReady = states.flatMap((state) =>
      events.filter((event) => transition(state, event) === 'ready').map((event) => `${state} ${event}`),
    )
    expect(toReady).toEqual(['starting opened', 'ready opened'])
  })
})
