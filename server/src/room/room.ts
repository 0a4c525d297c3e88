import type { Document } from '@hocuspocus/server'
import type { ServerMessage } from '@tandem/client-sdk/protocol'
import { encodeMessage } from '@tandem/client-sdk/protocol'
import type { Damage, ListId, Seq } from '@tandem/persistence'
import { AppliedSeq } from './applied-seq.ts'
import { Departing } from './departing.ts'
import { InFlight } from './in-flight.ts'
import { ListSize } from './list-size.ts'

/** Where what comes out of the log enters a document; never judged and never appended again. */
export const FROM_LOG = { source: 'local', skipStoreHooks: true } as const

/**
 * One list in memory: its Hocuspocus document and what Tandem knows about it.
 *
 * INVARIANTS
 * - The document holds committed content only.
 * - Everything up to `applied.upTo` is in the document, except rows named in `damage`.
 */
export class Room {
  readonly listId: ListId
  readonly document: Document
  readonly inFlight = new InFlight()
  readonly departing = new Departing()
  /** Starts before the load, so that no hint that arrives meanwhile is missed. */
  applied = new AppliedSeq(0)
  state: 'loading' | 'open' | 'closed' = 'loading'
  /** What the newest snapshot contains. */
  snapshotSeq: Seq = 0
  /** Rows that are lost or unreadable; while there are any, no snapshot may hide them. */
  damage: readonly Damage[] = []
  /** Counts changes; two equal values mean the same content. */
  version = 0
  changedAtMs = Number.NEGATIVE_INFINITY
  /** Until then the head is asked for now and then, in case a hint was lost. */
  watchedUntilMs = Number.NEGATIVE_INFINITY
  readonly size: ListSize
  catchingUp: Promise<void> | null = null
  compacting: Promise<void> | null = null

  constructor(listId: ListId, document: Document) {
    this.listId = listId
    this.document = document
    this.size = new ListSize(document)
  }

  opened(loaded: { head: Seq; snapshotSeq: Seq; damage: readonly Damage[] }): void {
    const heard = this.applied.known
    this.applied = new AppliedSeq(loaded.head)
    this.applied.hear(heard)
    this.snapshotSeq = loaded.snapshotSeq
    this.damage = loaded.damage
    this.state = 'open'
  }

  /** Rows a load would have to replay. */
  get tailRows(): number {
    return this.applied.upTo - this.snapshotSeq
  }

  /** Content is missing that the log says exists. A bad snapshot alone loses nothing: the log has it all. */
  get isIncomplete(): boolean {
    return this.damage.some((one) => one.kind !== 'corrupt-snapshot')
  }

  tell(message: ServerMessage): void {
    this.document.relayStateless(encodeMessage(message))
  }

  damagedMessage(): ServerMessage {
    const rows = this.damage.filter((one) => one.kind !== 'corrupt-snapshot').slice(0, 20)
    return { type: 'damaged', details: rows.map((one) => `${one.kind} ${one.seq}: ${one.detail}`) }
  }
}

/** The rooms of this node by list. */
export class Rooms {
  private readonly byId = new Map<string, Room>()

  get size(): number {
    return this.byId.size
  }

  get(listId: string): Room | undefined {
    return this.byId.get(listId)
  }

  all(): IterableIterator<Room> {
    return this.byId.values()
  }

  add(listId: ListId, document: Document): Room {
    const room = new Room(listId, document)
    this.byId.set(listId, room)
    document.once('destroy', () => {
      room.state = 'closed'
      // A new room of the same list may stand here already; only our own place is ours to clear.
      if (this.byId.get(listId) === room) this.byId.delete(listId)
    })
    return room
  }
}
