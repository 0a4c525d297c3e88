import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Channel, ChannelHost, ChannelState, Environment, Link } from '../connection/port.ts'
import { contentHash } from '../model/content-hash.ts'
import { toBase64 } from '../protocol/base64.ts'
import { type ClientMessage, type Collided, encodeMessage, type ServerMessage } from '../protocol/messages.ts'
import type { Refusal } from '../protocol/refusal.ts'
import type { Access } from './access.ts'
import { Checker } from './checker.ts'
import type { Copy } from './copy.ts'
import type { Edit } from './edit.ts'
import { NOTHING, whatServerLacks } from './handshake.ts'
import type { Ledger } from './ledger.ts'
import type { ListMembership } from './membership.ts'
import { Missed } from './missed.ts'
import { afterMessage, initialStanding, type Standing } from './standing.ts'

export interface ConversationHost {
  readonly listId: string
  readonly link: Link
  readonly environment: Environment
  readonly copy: Copy
  readonly ledger: Ledger
  readonly membership: ListMembership
  readonly access: Pick<Access, 'mayJoin' | 'admitted' | 'denied'>
  /** False when the list is of a newer format than this code reads: nothing of it is offered to the server. */
  isReadable(): boolean
  collisionsUpTo(): number | null
  collided(collisions: readonly Collided[], wereMissed: boolean): void
  askAgain(what: 'people' | 'lists'): void
  /** Content from the server; `complete` as in `ChannelHost`. */
  received(update: Uint8Array, complete: boolean): void
  /** The server has these in its log. */
  saved(edits: readonly Edit[]): void
  refused(edits: readonly Edit[], why: Refusal | null): void
  /** Both ends have exchanged what they had. */
  live(): void
  /** This copy and the server's are not the same, or the server says so. */
  diverged(): void
  changed(): void
}

/**
 * This device's part of one list's conversation with the server: when it is joined, what it is asked and told, and where it stands.
 * What follows for the copy and its edits is its host's.
 */
export class Conversation implements ChannelHost {
  readonly #host: ConversationHost
  readonly #checker: Checker
  readonly #missed: Missed
  readonly #awareness = new Awareness(new Y.Doc())
  #channel: Channel | null = null
  #standing: Standing = initialStanding
  /** What the next answer is about. */
  #lastRefusal: Refusal | null = null
  #isVisible = true
  #isClosed = false

  constructor(host: ConversationHost) {
    this.#host = host
    this.#checker = new Checker({
      environment: host.environment,
      canCheck: () => this.isLive && !host.copy.isFetching && host.ledger.size === 0,
      ask: (id) => this.#askCheck(id),
      diverged: () => host.diverged(),
      gaveUp: () => this.#stands({ damage: ['This copy keeps differing from the server.'] }),
    })
    this.#missed = new Missed({
      earlier: () => host.collisionsUpTo(),
      ask: (after) => this.#say({ type: 'missed', after }),
      heard: (collisions, wereMissed) => host.collided(collisions, wereMissed),
    })
    this.#awareness.setLocalState(null)
  }

  get standing(): Standing {
    return this.#standing
  }

  get isLive(): boolean {
    return this.#standing.channel.state === 'live'
  }

  /** Up to which position of the log this device has been told of collisions. */
  get collisionsUpTo(): number | null {
    return this.#missed.position
  }

  /** Only when the device's copy has been read, so that the handshake asks for no more than what is missing. */
  join(): void {
    if (this.#isClosed || this.#channel !== null || !this.#host.access.mayJoin) return
    this.#channel = this.#host.link.open(this.#host.listId, this)
    this.#host.changed()
  }

  /** Handshakes again, with `copy.joining`. */
  rejoin(): void {
    this.#channel?.rejoin()
  }

  leave(): void {
    const channel = this.#channel
    this.#channel = null
    channel?.close()
  }

  /** Tries again where the server said no. */
  retry(): void {
    if (this.#standing.channel.state === 'denied') this.rejoin()
  }

  outgoing(update: Uint8Array, after: number, upTo: number): void {
    this.#channel?.outgoing(update, after, upTo)
  }

  /** Something changed here or there: once it is quiet, both copies are compared. */
  activity(): void {
    this.#checker.activity()
  }

  /** Whether the server shows the others that this person is here; said anew on each connection. */
  show(isVisible: boolean): void {
    this.#isVisible = isVisible
    this.#say({ type: 'presence', visible: isVisible })
  }

  linkChanged(): void {
    const link = this.#host.link.state
    const { isAtRest, channel } = this.#standing
    this.#stands({ link, isAtRest: link.state === 'resting' && (isAtRest || channel.state === 'live') })
  }

  createRefused(message: string | null): void {
    this.#stands({ createRefused: message })
  }

  close(): void {
    this.#isClosed = true
    this.leave()
    this.#checker.close()
    this.#awareness.destroy()
  }

  // --- what the channel asks ----------------------------------------------------------------------------------------

  document(): Y.Doc {
    return this.#host.copy.joining
  }

  awareness(): Awareness {
    return this.#awareness
  }

  writtenUpTo(): number {
    const { ledger } = this.#host
    return this.isLive ? ledger.lastTicket : ledger.handshake(this.#carried()).upTo
  }

  lacking(stateVector: Uint8Array): Uint8Array {
    const { copy } = this.#host
    return this.#host.isReadable() ? whatServerLacks(copy.joining, this.#carried(), stateVector) : NOTHING
  }

  // --- what it tells ------------------------------------------------------------------------------------------------

  received(update: Uint8Array, complete: boolean): void {
    this.#host.access.admitted()
    this.#host.received(update, complete)
  }

  acked(upTo: number): void {
    const edits = this.#host.ledger.acked(upTo)
    if (edits !== null) this.#host.saved(edits)
  }

  refused(_after: number, upTo: number): void {
    const why = this.#lastRefusal
    this.#lastRefusal = null
    const edits = this.#host.ledger.refused(upTo)
    if (edits !== null) this.#host.refused(edits, why)
  }

  message(message: ServerMessage): void {
    if (message.type === 'refused') this.#lastRefusal = message.refusal
    if (message.type === 'welcome') {
      this.#host.access.admitted()
      this.#host.membership.hear(message)
    }
    if (message.type === 'check-result') this.#checker.answered(message.id, message.verdict)
    if (message.type === 'resync') this.#host.diverged()
    if (message.type === 'changed') this.#host.askAgain(message.what)
    this.#missed.hear(message)
    this.#stands(afterMessage(this.#standing, message))
  }

  stateChanged(state: ChannelState): void {
    const { copy, ledger } = this.#host
    const wasDown = this.#standing.channel.state === 'detached'
    if (state.state === 'detached' || state.state === 'denied') {
      ledger.lost()
      if (copy.isFetching) copy.beginFetch()
    }
    // First, so that nobody hears of a denial of which the words are still to come.
    if (state.state === 'denied') this.#host.access.denied(state.code, state.reason)
    // What the server said about itself was said on a connection that is gone.
    const fresh = wasDown && state.state === 'joining' ? { isServerStorageFailing: false, damage: [] } : {}
    this.#stands({ channel: state, ...fresh })
    if (state.state !== 'live') return
    if (!this.#isVisible) this.#say({ type: 'presence', visible: false })
    this.#missed.joined()
    this.#host.live()
  }

  // --- inside -------------------------------------------------------------------------------------------------------

  /** The edits that a handshake brings. While everything is being fetched the joining document is empty, and holds none of them. */
  #carried(): readonly Edit[] {
    const { copy, ledger } = this.#host
    if (copy.isFetching || !this.#host.isReadable()) return []
    return ledger.edits().filter((edit) => edit.inDocument)
  }

  #askCheck(id: number): void {
    const doc = this.#host.copy.shown
    const stateVector = toBase64(Y.encodeStateVector(doc))
    this.#say({ type: 'check', id, stateVector, hash: contentHash(doc) })
  }

  /** Dropped unless the list is live. */
  #say(message: ClientMessage): void {
    this.#channel?.send(encodeMessage(message))
  }

  #stands(change: Partial<Standing>): void {
    this.#standing = { ...this.#standing, ...change }
    this.#host.changed()
  }
}
