import * as Y from 'yjs'
import type {
  Channel,
  ChannelHost,
  ChannelState,
  Link,
  LinkState,
} from '../../../client-sdk/src/connection/port.ts'
import { contentHash } from '../../../client-sdk/src/model/content-hash.ts'
import {
  type ClientMessage,
  parseClientMessage,
  type ServerMessage,
} from '../../../client-sdk/src/protocol/messages.ts'
import { type RefusalCode, refusal } from '../../../client-sdk/src/protocol/refusal.ts'

/** What arrived, and how it will be answered: nothing happens before `answer`. */
interface Arrived {
  readonly update: Uint8Array
  readonly after: number
  readonly upTo: number
}

/** A server at the level of the channel's port, one list, one client, every step in the test's hand. */
export class FakeServer implements Link {
  readonly doc = new Y.Doc()
  readonly arrived: Arrived[] = []
  readonly refusedCodes: RefusalCode[] = []
  /** Messages of the client, in order. */
  readonly heard: ClientMessage[] = []
  refusedKeys: readonly string[] = []
  handshakes = 0
  /** How often the list was opened on the wire. */
  opened = 0
  /** Everybody who joins is turned away like this. */
  denial: { readonly code: number; readonly reason: string } | null = null
  /** Judges each update before it is applied; null accepts it. */
  judge: (update: Uint8Array) => RefusalCode | null = () => null
  state: LinkState = { state: 'open' }
  #host: ChannelHost | null = null
  #channelState: ChannelState = { state: 'detached' }
  #rejoinDue = false
  #isOpen = false

  subscribe(): () => void {
    return () => {}
  }

  rest(): void {}
  resume(): void {}
  close(): void {}

  open(_listId: string, host: ChannelHost): Channel {
    this.#host = host
    this.opened += 1
    this.#isOpen = true
    const server = this
    return {
      get state() {
        return server.#channelState
      },
      outgoing: (update, after, upTo) => {
        if (this.#channelState.state === 'live') this.arrived.push({ update, after, upTo })
      },
      send: (text) => this.#hear(text),
      rejoin: () => {
        this.arrived.length = 0
        this.#tell({ state: 'joining' })
        this.#rejoinDue = true
      },
      close: () => {
        this.#isOpen = false
        this.arrived.length = 0
        this.#tell({ state: 'detached' })
      },
    }
  }

  get needsHandshake(): boolean {
    return this.#isOpen && (this.#rejoinDue || this.#channelState.state === 'detached')
  }

  /** Both directions of the handshake; the client's part is answered by `answer`. */
  handshake(): void {
    const host = this.host()
    this.handshakes += 1
    this.#rejoinDue = false
    if (this.#channelState.state !== 'joining') this.#tell({ state: 'joining' })
    if (this.denial !== null) {
      this.#tell({ state: 'denied', ...this.denial })
      return
    }
    const asked = Y.encodeStateVector(host.document())
    const upTo = host.writtenUpTo()
    const stateVector = Y.encodeStateVector(this.doc)
    const update = host.lacking?.(stateVector) ?? Y.encodeStateAsUpdate(host.document(), stateVector)
    this.arrived.push({ update, after: 0, upTo })
    host.received(Y.encodeStateAsUpdate(this.doc, asked), true)
    if (!this.#rejoinDue) this.#tell({ state: 'live', readOnly: false })
  }

  /** Answers the oldest batch. */
  answer(): void {
    const batch = this.arrived.shift()
    if (batch === undefined) throw new Error('Nothing has arrived.')
    const code = this.judge(batch.update)
    if (code === null) {
      Y.applyUpdate(this.doc, batch.update)
      this.host().acked(batch.upTo)
      return
    }
    this.refusedCodes.push(code)
    this.host().message({ type: 'refused', refusal: refusal(code, `Refused: ${code}.`, this.refusedKeys) })
    this.host().refused(batch.after, batch.upTo)
  }

  /** Handshakes and answers until nothing is under way; `settle` lets the client's own microtasks and timers run. */
  async run(settle: () => Promise<void>): Promise<void> {
    for (let round = 0; round < 200; round += 1) {
      if (this.needsHandshake) this.handshake()
      while (this.arrived.length > 0) this.answer()
      await settle()
      if (!this.needsHandshake && this.arrived.length === 0) return
    }
    throw new Error('It does not come to rest.')
  }

  /** Says who this person is, as at the beginning of each connection and whenever it changes. */
  welcome(said: Partial<Extract<ServerMessage, { type: 'welcome' }>>): void {
    this.host().message({ type: 'welcome', protocol: 1, role: 'editor', userId: 'u_me0000000000', ...said })
  }

  /** Closes the list for this client, now and whenever it comes back. */
  deny(code: number, reason: string): void {
    this.denial = { code, reason }
    this.arrived.length = 0
    this.#tell({ state: 'denied', code, reason })
  }

  drop(): void {
    this.arrived.length = 0
    this.#tell({ state: 'detached' })
  }

  /** Somebody else's edit. */
  write(change: (doc: Y.Doc) => void): void {
    const before = Y.encodeStateVector(this.doc)
    change(this.doc)
    if (this.#channelState.state === 'live')
      this.host().received(Y.encodeStateAsUpdate(this.doc, before), false)
  }

  host(): ChannelHost {
    if (this.#host === null) throw new Error('Nobody has opened the list.')
    return this.#host
  }

  #tell(state: ChannelState): void {
    this.#channelState = state
    this.host().stateChanged(state)
  }

  #hear(text: string): void {
    const question = parseClientMessage(text)
    if (question === null || this.#channelState.state !== 'live') return
    this.heard.push(question)
    if (question.type !== 'check') return
    const verdict = question.hash === contentHash(this.doc) ? 'same' : 'different'
    this.host().message({ type: 'check-result', id: question.id, verdict })
  }
}
