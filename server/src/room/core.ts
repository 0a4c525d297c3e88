import { type Damage, isStorageError, type ListId, type Seq } from '@tandem/persistence'
import { Announcer, heard } from '../bus/hints.ts'
import { TandemError } from '../errors.ts'
import { catchUp } from './catch-up.ts'
import type { HubDeps, SyncEvent } from './deps.ts'
import { Occurrences } from './occurrences.ts'
import { Openings } from './openings.ts'
import { type Room, Rooms } from './room.ts'
import type { OpenDirectly } from './server-write.ts'
import { Strangers } from './strangers.ts'
import { Timings } from './timings.ts'
import { WriterIds } from './writer-ids.ts'

/** What the parts of the sync core share; `hub.ts` makes one and the parts never make each other. */
export class HubCore {
  readonly deps: HubDeps
  readonly rooms = new Rooms()
  /** Keeps a list in memory for what the server itself does with it; set by the hub, which has the way. */
  openDirectly: OpenDirectly = () => Promise.reject(new TandemError('internal', 'The hub is not ready yet.'))
  /** Set once stopping has begun: nobody new is let in. */
  isDraining = false
  /** Set at the end of the stop: storage is about to close, and what is not written by then stays unwritten. */
  isStopped = false
  /** Counts changes of anybody's role; see `revoke.ts`. */
  accessChanges = 0
  /** Counts ends of anybody's session; see `sessions.ts`. */
  sessionEnds = 0
  /** Another node has been heard from, so the log may hold what no hint announced yet. */
  hasNeighbours = false
  readonly timings: Timings
  readonly strangers: Strangers
  readonly openings: Openings
  readonly occurrences: Occurrences
  readonly writerIds = new WriterIds()
  private readonly announcer: Announcer

  constructor(deps: HubDeps) {
    this.deps = deps
    this.timings = new Timings(deps.metrics, () => this.elapsedMs())
    this.strangers = new Strangers(deps.clock, deps.limits)
    this.openings = new Openings(deps.storage.audit, deps)
    this.occurrences = new Occurrences(this)
    this.announcer = new Announcer(deps.clock, (listId: ListId, seq) =>
      deps.storage.bus.publish({ kind: 'updates', listId, seq }),
    )
  }

  elapsedMs(): number {
    const { clock } = this.deps
    return clock.elapsedMs === undefined ? clock.now() : clock.elapsedMs()
  }

  /** Resolves when `work` has settled or when the time is over; never rejects. */
  async within(limitMs: number, work: Promise<unknown>): Promise<void> {
    let cancel = (): void => undefined
    const limit = new Promise<void>((resolve) => {
      cancel = this.deps.clock.setTimer(resolve, limitMs)
    })
    const settled = work.then(
      () => undefined,
      // Whoever made the work reports its failure; here only its end matters.
      () => undefined,
    )
    await Promise.race([settled, limit])
    cancel()
  }

  catchUp(room: Room, cause: string): Promise<void> {
    return catchUp(this, room, cause)
  }

  /** Tell the other nodes that the list has grown. */
  announce(room: Room): void {
    this.announcer.announce(room)
  }

  /** A row was committed of a list that may have been loaded without it, here or elsewhere. */
  committedUnseen(listId: ListId, seq: Seq): void {
    heard(this, listId, seq)
    this.deps.storage.bus.publish({ kind: 'updates', listId, seq })
  }

  announceNow(): void {
    this.announcer.flush()
  }

  /** An outage fails everything that reads, over and over; that there is one is said once, by whoever opened the storage. */
  logFailure(fields: Failure, event: SyncEvent, level: 'warn' | 'error' = 'warn'): void {
    const isOutage = isStorageError(fields.error, 'storage-unreachable')
    this.deps.logger[isOutage ? 'debug' : level](fields, event)
  }

  reportDamage(room: Room, damage: readonly Damage[]): void {
    for (const { kind, seq, detail } of damage) {
      this.deps.logger.error({ list: room.listId, kind, seq, detail }, 'list.damaged')
    }
  }
}

interface Failure {
  readonly list?: string
  readonly user?: string
  readonly error: unknown
}
