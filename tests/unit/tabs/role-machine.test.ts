import { expect, it } from 'vitest'
import {
  initialRole,
  type Role,
  type RoleEvent,
  transition,
} from '../../../client-sdk/src/tabs/role-machine.ts'

const STATES: Role['state'][] = ['idle', 'following', 'taking', 'leading', 'alone', 'closed']
const EVENTS: RoleEvent['type'][] = [
  'wanted',
  'unwanted',
  'granted',
  'stolen',
  'silent',
  'refused',
  'rest',
  'close',
]

/** Only what changes something; every other pair must change nothing. */
const CHANGES: Record<string, string> = {
  'idle wanted': 'following: queue',
  'idle close': 'closed:',
  'following unwanted': 'idle: let-go',
  'following granted': 'leading: move-sockets announce',
  'following silent': 'taking: steal',
  'following refused': 'alone: move-sockets',
  'following rest': 'idle: lose let-go',
  'following close': 'closed: lose let-go',
  'taking unwanted': 'idle: let-go',
  'taking granted': 'leading: move-sockets announce',
  'taking refused': 'alone: move-sockets',
  'taking rest': 'idle: lose let-go',
  'taking close': 'closed: lose let-go',
  'leading unwanted': 'idle: let-go',
  'leading stolen': 'idle: lose let-go',
  'leading rest': 'idle: lose let-go',
  'leading close': 'closed: lose let-go',
  'alone unwanted': 'idle: let-go',
  'alone rest': 'idle: lose let-go',
  'alone close': 'closed: lose let-go',
}

it('[TABS-4] every state knows every event, and changes only where it should', () => {
  for (const state of STATES) {
    for (const type of EVENTS) {
      const before: Role = { state }
      const { state: after, effects } = transition(before, { type })
      const said = `${after.state}: ${effects.map((effect) => effect.type).join(' ')}`.trim()
      expect([state, type, said]).toEqual([state, type, CHANGES[`${state} ${type}`] ?? `${state}:`])
    }
  }
  expect(initialRole).toEqual({ state: 'idle' })
})

it('[TABS-4] a page put to rest does not ask for the lock again by itself; one that was robbed does at once', () => {
  expect(transition({ state: 'leading' }, { type: 'rest' }).effects[0]).toEqual({ type: 'lose', why: 'rest' })
  expect(transition({ state: 'leading' }, { type: 'stolen' }).effects[0]).toEqual({
    type: 'lose',
    why: 'stolen',
  })
})
