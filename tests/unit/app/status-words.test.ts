import type { Attention, Status } from '@tandem/client-sdk'
import type { RefusalCode } from '@tandem/client-sdk/protocol'
import { expect, it } from 'vitest'
import { explainStatus, giveUpWords, statusWords } from '../../../examples/web/src/state/status-words.ts'
import { words as english } from '../../../examples/web/src/words/en/index.ts'
import { LANGUAGES } from '../../../examples/web/src/words/languages.ts'

const saving = { state: 'saving', pending: 3, since: 1, backlog: 'none' } satisfies Status
const offline = {
  state: 'offline',
  pending: 3,
  stored: true,
  here: true,
  lastSyncedAt: null,
  backlog: 'none',
} satisfies Status
const attention = (reason: Attention): Status => ({
  state: 'attention',
  reason,
  message: '',
  pending: 0,
  resolve: async () => undefined,
  retry: async () => undefined,
  exportPending: () => new Blob(),
})
const REASONS = Object.keys(english.state.shortFor) as Attention[]
const STATES: readonly Status[] = [
  { state: 'loading', from: 'server' },
  saving,
  { ...saving, backlog: 'many-edits' },
  offline,
  { ...offline, pending: 0 },
  { ...offline, backlog: 'long-offline' },
  ...REASONS.map(attention),
]

it('[APP-60][X-10] the words promise no more than is so: kept is what the disk has, and Saved what the server has', () => {
  const said = (status: Status): string => statusWords(status, english.state)
  expect(said({ state: 'synced', at: 1 })).toBe('Saved')
  expect(said(saving)).toBe('Saving…')
  expect(said({ ...saving, backlog: 'many-edits' })).toBe('Saving 3 changes…')
  expect(said(offline)).toBe('Offline · 3 changes kept on this device')
  expect(said({ ...offline, pending: 1 })).toBe('Offline · 1 change kept on this device')
  expect(said({ ...offline, stored: false })).toBe('Offline · keeping 3 changes on this device…')
  expect(said({ ...offline, pending: 0 })).toBe('Offline')
  expect(said({ ...offline, backlog: 'long-offline' })).toBe(
    'Offline for long · 3 changes kept on this device',
  )
  expect(said(attention('quota'))).toBe('Needs attention · this device is full')
  expect(explainStatus({ ...offline, backlog: 'long-offline' }, english.state)).toContain('more than a week')
  expect(explainStatus({ ...saving, backlog: 'many-edits' }, english.state)).toContain('Many changes wait')
})

it('[APP-60][APP-13] in every language every state and reason has words of its own, and none but one of them says saved', async () => {
  for (const language of LANGUAGES) {
    const { state } = await language.load()
    const all = STATES.map((status) => statusWords(status, state))
    expect(new Set(all).size).toBe(all.length)
    for (const one of all) expect([language.tag, one]).not.toEqual([language.tag, state.saved])
    for (const status of STATES) expect(explainStatus(status, state).length).toBeGreaterThan(10)
  }
})

it('[APP-62] only what would be lost by it can be given up', () => {
  const offered = REASONS.filter((reason) => giveUpWords(reason, english.state) !== null)
  expect(offered.sort()).toEqual(['access-revoked', 'create-refused', 'update-rejected'])
})

/** What a person can meet who does nothing odd: the other codes are faults of a program. */
const MET: readonly RefusalCode[] = ['read-only', 'list-full', 'too-large', 'key-removed']

it('[APP-62][APP-13] in every language but that of the server a refusal that people meet has its reason in words of its own', async () => {
  for (const { tag, load } of LANGUAGES) {
    const { refusals } = (await load()).state
    const own = MET.filter((code) => refusals[code] !== undefined)
    expect([tag, own]).toEqual([tag, tag.startsWith('en') ? ['key-removed'] : MET])
  }
})
