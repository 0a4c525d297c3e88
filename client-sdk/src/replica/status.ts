import type { ChannelState, LinkState } from '../connection/port.ts'
import type { Attention, AttentionStatus, Backlog, Status } from '../types.ts'

/** More waiting edits than this are worth saying so. */
export const MANY_EDITS = 100
/** Edits that have waited for the server this long are worth a warning (F-16): one week. */
export const LONG_OFFLINE_MS = 7 * 24 * 3_600_000

/** Everything the status of one list follows from. Two axes, device and server, and never the socket alone. */
export interface StatusFacts {
  /** Whether the device's copy has been read. */
  readonly device: 'reading' | 'ready'
  /** False while the server has not been told of a list made on this device. */
  readonly onServer: boolean
  readonly link: LinkState['state']
  /** The link rests because nobody looks, and had what the server had until then. */
  readonly isAtRest: boolean
  /** True until the first connection attempt of this session has succeeded or failed. */
  readonly firstAttempt: boolean
  readonly channel: ChannelState['state']
  /** Edits the server has not confirmed, of this tab, other tabs and earlier sessions. */
  readonly pending: number
  /** When the oldest of them was made. */
  readonly oldestAt: number | null
  /** Whether all of them are on this device's disk. */
  readonly stored: boolean
  /** Whether there is anything of the list to show. */
  readonly here: boolean
  readonly syncedAt: number | null
  readonly attention: ReadonlySet<Attention>
  readonly now: number
}

export type Summary =
  | Exclude<Status, AttentionStatus>
  | { readonly state: 'attention'; readonly reason: Attention; readonly pending: number }

/**
 * Where several reasons hold at once, the first one here is shown. First what only a decision can end and would
 * otherwise lose edits, then what makes the shown list wrong, then what passes by itself.
 */
export const ATTENTION_ORDER: readonly Attention[] = [
  'quota',
  'storage-failed',
  'update-rejected',
  'access-revoked',
  'create-refused',
  'client-too-old',
  'auth-expired',
  'damaged',
  'server-storage',
]

/** The one sentence for the facts. Pure; `synced` exists only where nothing waits and the channel is live, or was until nobody looked. */
export function summarize(facts: StatusFacts): Summary {
  const { pending, stored, here, syncedAt: lastSyncedAt } = facts
  const reason = ATTENTION_ORDER.find((candidate) => facts.attention.has(candidate))
  if (reason !== undefined) return { state: 'attention', reason, pending }
  if (facts.device === 'reading') return { state: 'loading', from: 'device' }
  const isLive = facts.link === 'open' && facts.channel === 'live' && facts.onServer
  if ((isLive || (facts.isAtRest && facts.onServer)) && pending === 0)
    return { state: 'synced', at: facts.syncedAt ?? facts.now }
  const isConnected = facts.link === 'open' && facts.channel !== 'denied'
  if (pending > 0 || !facts.onServer) {
    const backlog = backlogOf(facts)
    if (isConnected) return { state: 'saving', pending, since: facts.oldestAt ?? facts.now, backlog }
    return { state: 'offline', pending, stored, here, lastSyncedAt, backlog }
  }
  const isFirstTry = facts.firstAttempt && (facts.link === 'connecting' || facts.link === 'idle')
  if (isConnected || isFirstTry) return { state: 'loading', from: 'server' }
  return { state: 'offline', pending, stored, here, lastSyncedAt, backlog: 'none' }
}

function backlogOf(facts: StatusFacts): Backlog {
  if (facts.oldestAt !== null && facts.now - facts.oldestAt > LONG_OFFLINE_MS) return 'long-offline'
  return facts.pending > MANY_EDITS ? 'many-edits' : 'none'
}

/** True when a reader could not tell the two apart, so the old snapshot may stay. */
export function sameSummary(a: Summary, b: Summary): boolean {
  if (a.state !== b.state) return false
  const fields = Object.keys(a) as (keyof Summary)[]
  return fields.every((field) => Object.is(a[field], b[field]))
}

/** From the state that needs a person most to the one that needs nobody. */
const WORST_FIRST: readonly Status['state'][] = ['attention', 'offline', 'saving', 'loading', 'synced']

/** The one status that stands for several lists: the worst state wins, and its waiting edits are those of all lists. */
export function rollUp(statuses: readonly Status[], whenNone: Status): Status {
  const worst = WORST_FIRST.find((state) => statuses.some((status) => status.state === state))
  const first =
    worst === 'attention' ? mostUrgent(statuses) : statuses.find((status) => status.state === worst)
  if (first === undefined) return whenNone
  const pending = statuses.reduce((sum, status) => sum + ('pending' in status ? status.pending : 0), 0)
  switch (first.state) {
    case 'attention':
      return { ...first, pending }
    case 'offline': {
      const offline = statuses.filter((status) => status.state === 'offline')
      const [stored, here] = [offline.every((one) => one.stored), offline.every((one) => one.here)]
      return { ...first, pending, stored, here }
    }
    case 'saving':
      return { ...first, pending, since: oldest(statuses) ?? first.since }
    case 'loading':
    case 'synced':
      return first
  }
}

/** A device that keeps nothing must not hide behind another list's refused edit. */
function mostUrgent(statuses: readonly Status[]): AttentionStatus | undefined {
  return statuses
    .filter((status) => status.state === 'attention')
    .sort((a, b) => ATTENTION_ORDER.indexOf(a.reason) - ATTENTION_ORDER.indexOf(b.reason))[0]
}

function oldest(statuses: readonly Status[]): number | null {
  const times = statuses.flatMap((status) => (status.state === 'saving' ? [status.since] : []))
  return times.length === 0 ? null : Math.min(...times)
}
