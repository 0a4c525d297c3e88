import type { Audit, ListId, NewAuditEntry, UserId } from '@tandem/persistence'
import type { AuditAction } from '../audit/actions.ts'
import type { SocketSession } from '../socket/session.ts'
import type { Access } from './access.ts'
import type { SyncClock, SyncLogger } from './deps.ts'

/** `list.kept`: by their device, ahead of time, while nobody looked. They have the list all the same. */
export type HowRead = Extract<AuditAction, 'list.opened' | 'list.kept'>

interface Opening {
  readonly listId: ListId
  readonly userId: UserId
  readonly how: HowRead
}

/** What waits while the database is away; beyond it openings go unrecorded. */
const MAX_WAITING = 50_000
const RETRY_MS = 5_000
/** Those that came while the ones before were being written. */
const WRITTEN_AT_ONCE = 500
/** Whoever reads without a socket asks again and again: that is one opening. */
const SAME_READER_MS = 3_600_000
const REMEMBERED_READERS = 20_000

/**
 * Writes down who opened which list, once for each socket, and once an hour where there is none: whoever has seen a list may have
 * copied it.
 *
 * Behind everybody's back: an opening neither waits for its entry nor fails without it. What comes while entries are being written
 * is written together, so that a thousand people who come back at once do not wait for a thousand commits of it.
 */
export class Openings {
  private readonly audit: Audit
  private readonly clock: SyncClock
  private readonly logger: SyncLogger
  private readonly noted = new WeakMap<SocketSession['socket'], Set<string>>()
  private readonly readers = new Map<string, number>()
  private readonly waiting: Opening[] = []
  private writing: Promise<void> | null = null
  private isClosing = false

  constructor(audit: Audit, { clock, logger }: { clock: SyncClock; logger: SyncLogger }) {
    this.audit = audit
    this.clock = clock
    this.logger = logger
  }

  note({ session, listId, userId }: Access): void {
    const { socket } = session
    const noted = this.noted.get(socket) ?? new Set()
    this.noted.set(socket, noted)
    const name = `${listId} ${userId}`
    if (noted.has(name)) return
    noted.add(name)
    this.add({ listId, userId, how: 'list.opened' })
  }

  /** The same for somebody who was shown the list, or a part of it, by request. */
  noteReader({ listId, userId, how }: Opening): void {
    const name = `${how} ${listId} ${userId}`
    const nowMs = this.clock.now()
    if (nowMs - (this.readers.get(name) ?? Number.NEGATIVE_INFINITY) < SAME_READER_MS) return
    this.readers.delete(name)
    this.readers.set(name, nowMs)
    const oldest = this.readers.keys().next()
    if (this.readers.size > REMEMBERED_READERS && !oldest.done) this.readers.delete(oldest.value)
    this.add({ listId, userId, how })
  }

  private add({ listId, userId, how }: Opening): void {
    if (this.waiting.length >= MAX_WAITING) {
      this.logger.error({ list: listId, user: userId }, 'audit.failed')
      return
    }
    this.waiting.push({ listId, userId, how })
    this.write()
  }

  /** Resolves when everything noted is written, or cannot be written just now; then nothing is tried again. */
  async close(): Promise<void> {
    this.isClosing = true
    await this.writing
  }

  private write(): void {
    this.writing ??= this.writeAll().finally(() => {
      this.writing = null
    })
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const next = this.waiting.slice(0, WRITTEN_AT_ONCE)
      try {
        await this.audit.record(...next.map(entryOf))
        this.waiting.splice(0, next.length)
      } catch (error) {
        // In an outage once, and not for everybody who is waiting.
        this.logger.warn({ waiting: this.waiting.length, error }, 'audit.failed')
        if (!this.isClosing) this.clock.setTimer(() => this.write(), RETRY_MS)
        return
      }
    }
  }
}

function entryOf({ listId, userId, how }: Opening): NewAuditEntry {
  return { actorId: userId, action: how, listId, subjectId: null, detail: {} }
}
