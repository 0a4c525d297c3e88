import { expect, it } from 'vitest'
import type { ChannelState, LinkState } from '../../../client-sdk/src/connection/port.ts'
import {
  ATTENTION_ORDER,
  LONG_OFFLINE_MS,
  MANY_EDITS,
  rollUp,
  type StatusFacts,
  type Summary,
  summarize,
} from '../../../client-sdk/src/replica/status.ts'
import type { Attention, Status } from '../../../client-sdk/src/types.ts'

const NOW = 1_700_000_000_000
const settled: StatusFacts = {
  device: 'ready',
  onServer: true,
  link: 'open',
  isAtRest: false,
  firstAttempt: false,
  channel: 'live',
  pending: 0,
  oldestAt: null,
  stored: true,
  here: true,
  syncedAt: NOW - 5,
  attention: new Set(),
  now: NOW,
}
const waiting = { pending: 3, oldestAt: NOW - 1_000 }

type Word = Summary['state']
type Table = Record<LinkState['state'], Record<ChannelState['state'], readonly [idle: Word, waiting: Word]>>

/** Socket and channel against what a person reads, with nothing waiting and with three edits waiting. */
const TABLE: Table = {
  idle: {
    detached: ['offline', 'offline'],
    joining: ['offline', 'offline'],
    live: ['offline', 'offline'],
    denied: ['offline', 'offline'],
  },
  connecting: {
    detached: ['offline', 'offline'],
    joining: ['offline', 'offline'],
    live: ['offline', 'offline'],
    denied: ['offline', 'offline'],
  },
  waiting: {
    detached: ['offline', 'offline'],
    joining: ['offline', 'offline'],
    live: ['offline', 'offline'],
    denied: ['offline', 'offline'],
  },
  resting: {
    detached: ['offline', 'offline'],
    joining: ['offline', 'offline'],
    live: ['offline', 'offline'],
    denied: ['offline', 'offline'],
  },
  stopped: {
    detached: ['offline', 'offline'],
    joining: ['offline', 'offline'],
    live: ['offline', 'offline'],
    denied: ['offline', 'offline'],
  },
  open: {
    detached: ['loading', 'saving'],
    joining: ['loading', 'saving'],
    live: ['synced', 'saving'],
    denied: ['offline', 'offline'],
  },
}

it('[STATUS-6][C-17] while nobody looks: what was in agreement then still is, and edits, or a list that was not, are not called so', () => {
  const resting = { ...settled, link: 'resting', channel: 'detached', isAtRest: true } as const
  expect(summarize(resting)).toEqual({ state: 'synced', at: NOW - 5 })
  expect(summarize({ ...resting, ...waiting }).state).toBe('offline')
  expect(summarize({ ...resting, isAtRest: false }).state).toBe('offline')
  expect(summarize({ ...resting, onServer: false }).state).toBe('offline')
  expect(summarize({ ...resting, link: 'connecting', isAtRest: false, firstAttempt: true }).state).toBe(
    'loading',
  )
})

const LINKS = Object.keys(TABLE) as LinkState['state'][]
const CHANNELS = Object.keys(TABLE.open) as ChannelState['state'][]

for (const link of LINKS) {
  for (const channel of CHANNELS) {
    it(`[STATUS-1] socket ${link}, list ${channel}: ${TABLE[link][channel].join(', with edits waiting ')}`, () => {
      const [idle, busy] = TABLE[link][channel]
      expect(summarize({ ...settled, link, channel }).state).toBe(idle)
      expect(summarize({ ...settled, link, channel, ...waiting }).state).toBe(busy)
    })
  }
}

it('[STATUS-1][ACK-1] "synced" is said only where nothing waits, the list is live, the device was read and the server has the list', () => {
  let synced = 0
  for (const link of LINKS)
    for (const channel of CHANNELS)
      for (const device of ['reading', 'ready'] as const)
        for (const onServer of [true, false])
          for (const firstAttempt of [true, false])
            for (const pending of [0, 1, 500])
              for (const attention of [new Set<Attention>(), new Set<Attention>(['quota'])]) {
                const facts: StatusFacts = {
                  ...settled,
                  link,
                  channel,
                  device,
                  onServer,
                  firstAttempt,
                  pending,
                  oldestAt: pending > 0 ? NOW : null,
                  attention,
                }
                const said = summarize(facts)
                if (said.state !== 'synced') {
                  if ('pending' in said) expect(said.pending).toBe(pending)
                  continue
                }
                synced += 1
                expect([pending, link, channel, device, onServer, attention.size]).toEqual([
                  0,
                  'open',
                  'live',
                  'ready',
                  true,
                  0,
                ])
              }
  expect(synced).toBe(2)
})

it('[STATUS-1] before the device was read it is loading; with nothing here yet, the first connection is loading too', () => {
  expect(summarize({ ...settled, device: 'reading' })).toEqual({ state: 'loading', from: 'device' })
  const first = { ...settled, firstAttempt: true, channel: 'detached' } as const
  expect(summarize({ ...first, link: 'connecting' })).toEqual({ state: 'loading', from: 'server' })
  expect(summarize({ ...first, link: 'waiting' }).state).toBe('offline')
  expect(summarize({ ...first, link: 'connecting', ...waiting })).toMatchObject({
    state: 'offline',
    pending: 3,
  })
})

it('[STATUS-4][X-06][F-16] more than a hundred waiting edits are flagged, and edits that have waited for a week', () => {
  const busy = { ...settled, oldestAt: NOW - 1 }
  expect(summarize({ ...busy, pending: MANY_EDITS })).toMatchObject({ state: 'saving', backlog: 'none' })
  expect(summarize({ ...busy, pending: MANY_EDITS + 1 })).toMatchObject({
    state: 'saving',
    backlog: 'many-edits',
  })
  const away = { ...settled, link: 'waiting', channel: 'detached', pending: 1 } as const
  expect(summarize({ ...away, oldestAt: NOW - LONG_OFFLINE_MS })).toMatchObject({ backlog: 'none' })
  expect(summarize({ ...away, oldestAt: NOW - LONG_OFFLINE_MS - 1 })).toMatchObject({
    backlog: 'long-offline',
  })
})

it('[STATUS-2] of several reasons the one that may lose edits is shown first, and every reason is in the order', () => {
  const every: Record<Attention, true> = {
    'auth-expired': true,
    'access-revoked': true,
    'create-refused': true,
    'storage-failed': true,
    quota: true,
    'update-rejected': true,
    'server-storage': true,
    damaged: true,
    'client-too-old': true,
  }
  expect([...ATTENTION_ORDER].sort()).toEqual(Object.keys(every).sort())
  const attention = new Set<Attention>(['server-storage', 'auth-expired', 'quota'])
  expect(summarize({ ...settled, attention, ...waiting })).toEqual({
    state: 'attention',
    reason: 'quota',
    pending: 3,
  })
})

it('[STATUS-3] of several lists the worst speaks for all, with the edits of all', () => {
  const synced: Status = { state: 'synced', at: 1 }
  const saving: Status = { state: 'saving', pending: 2, since: 5, backlog: 'none' }
  const older: Status = { state: 'saving', pending: 1, since: 3, backlog: 'none' }
  const offline: Status = {
    state: 'offline',
    pending: 4,
    stored: true,
    here: true,
    lastSyncedAt: 1,
    backlog: 'none',
  }
  const unstored: Status = { ...offline, stored: false, here: false }
  expect(rollUp([], synced)).toBe(synced)
  expect(rollUp([synced, saving, older], synced)).toMatchObject({ state: 'saving', pending: 3, since: 3 })
  expect(rollUp([saving, offline, synced], synced)).toMatchObject({
    state: 'offline',
    pending: 6,
    stored: true,
  })
  expect(rollUp([offline, unstored], synced)).toMatchObject({ pending: 8, stored: false, here: false })
})
