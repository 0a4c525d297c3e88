import { expect, it } from 'vitest'
import {
  type FallbackEvent,
  type FallbackPhase,
  initialFallback,
  transition,
} from '../../../client-sdk/src/polling/fallback-machine.ts'

const STATES: FallbackPhase[] = [
  initialFallback,
  { state: 'sockets', failures: 2 },
  { state: 'polling', trials: 1 },
  { state: 'trying', trials: 1 },
  { state: 'closed' },
]
const EVENTS: FallbackEvent[] = [
  { type: 'failed', answersHttp: true },
  { type: 'failed', answersHttp: false },
  { type: 'worked' },
  { type: 'opened', random: 0.5 },
  { type: 'ended' },
  { type: 'timer' },
  { type: 'wake' },
  { type: 'trial', isAnswered: true, random: 0.5 },
  { type: 'trial', isAnswered: false, random: 0.5 },
  { type: 'close' },
]

const cells = STATES.flatMap((state) => EVENTS.map((event) => ({ state, event, ...next(state, event) })))

function next(state: FallbackPhase, event: FallbackEvent) {
  const { state: after, effects } = transition(state, event)
  return { after, effects: effects.map(({ type }) => type) }
}

it('[POLL-1] polling begins with the third failure in a row beside which HTTP answered, and with nothing else', () => {
  const begins = cells.filter(({ state, after }) => state.state === 'sockets' && after.state === 'polling')
  expect(begins.map(({ state, event }) => [state, event])).toEqual([
    [
      { state: 'sockets', failures: 2 },
      { type: 'failed', answersHttp: true },
    ],
  ])
  for (const event of [EVENTS[1], EVENTS[2]]) {
    if (event !== undefined)
      expect(next({ state: 'sockets', failures: 2 }, event).after).toEqual(initialFallback)
  }
})

it('[POLL-5] polling ends with an answered trial, and with nothing else', () => {
  const ends = cells.filter(({ state, after }) => state.state !== 'sockets' && after.state === 'sockets')
  expect(ends.map(({ state, event, effects }) => [state.state, event.type, effects])).toEqual([
    ['trying', 'trial', ['close-trial', 'move']],
  ])
})

it('[POLL-5] whoever leaves "trying" closes the trial, and a closed one stays closed and does nothing', () => {
  for (const { state, after, effects } of cells) {
    if (state.state === 'trying' && after.state !== 'trying') expect(effects).toContain('close-trial')
    if (state.state === 'closed') expect({ after, effects }).toEqual({ after: state, effects: [] })
  }
})

it('[POLL-5] trials are 30 s apart at first and five minutes at most', () => {
  const waits = [0, 1, 2, 3, 9].map((trials) => {
    const [effect] = transition({ state: 'polling', trials }, { type: 'opened', random: 0.5 }).effects
    return effect?.type === 'set-timer' ? effect.ms : null
  })
  expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, 300_000])
})
