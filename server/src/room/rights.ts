import type { Actor } from '../gate/verdict.ts'
import type { HubCore } from './core.ts'

/** Who writes by another way than a socket. A function looks up what they may do at that moment, and rejects for who lost the list. */
export type Writer = Actor | (() => Promise<Actor>)

/**
 * What somebody may do while a write of theirs waits: for the list to be read, for others' edits, for the log.
 *
 * No connection follows the directory for them, so it is asked once the list is at hand, and again whenever anybody's rights have
 * changed since.
 */
export class Rights {
  private readonly core: HubCore
  private readonly writer: Writer
  private known: Actor | null = null
  private readAt = -1

  constructor(core: HubCore, writer: Writer) {
    this.core = core
    this.writer = writer
  }

  /** Null when what `actor` says is up to date; else settles when it is, or rejects. */
  renew(): Promise<void> | null {
    if (typeof this.writer !== 'function') this.known = this.writer
    else if (this.known === null || this.readAt !== this.core.accessChanges) return this.ask(this.writer)
    return null
  }

  /** To be asked in the same turn in which `renew` answered null. */
  actor(): Actor {
    if (this.known === null) throw new Error('Nobody has asked yet what they may do.')
    return this.known
  }

  private async ask(lookUp: () => Promise<Actor>): Promise<void> {
    // Before the question: a change that arrives while it is asked makes the answer old.
    const readAt = this.core.accessChanges
    this.known = await lookUp()
    this.readAt = readAt
  }
}
