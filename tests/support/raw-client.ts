import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

const SYNC = 0
const AUTH = 2
const STATELESS = 5
const CLOSE_FRAME = 7
const SYNC_STATUS = 8
const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2

export interface RawClientOptions {
  /** `ws://host:port/sync`. */
  readonly url: string
  readonly token: string
  readonly listId: string
  readonly document?: Y.Doc
  /** One per batch sent, oldest first: durable (true) or refused (false). */
  readonly onAck?: (accepted: boolean) => void
  readonly onStateless?: (text: string) => void
  /** What it says it is; default `raw/1`. */
  readonly version?: string
  /** Ignores what others write, to be cheap: its document holds its own edits only. */
  readonly isDeaf?: boolean
}

/**
 * A client that speaks the wire protocol by hand and knows no rules: for load, for crashes and for hostile frames.
 * It does not reconnect and keeps nothing but its document.
 */
export class RawClient {
  readonly document: Y.Doc
  readonly socket: WebSocket
  readonly opened: Promise<void>
  /** Both halves of the handshake are done. */
  readonly synced: Promise<void>
  /** Frames whose answer has not come. */
  unanswered = 0
  /** Answers to WebSocket pings. */
  pongs = 0
  denied: string | null = null
  closed: { code: number; reason: string } | null = null
  readonly messages: string[] = []
  readonly #options: RawClientOptions
  #markSynced: () => void = () => undefined
  #markFailed: (error: Error) => void = () => undefined
  #sentAnswer = false
  #gotState = false

  constructor(options: RawClientOptions) {
    this.#options = options
    this.document = options.document ?? new Y.Doc()
    this.socket = new WebSocket(options.url, { perMessageDeflate: false })
    this.socket.binaryType = 'nodebuffer'
    this.opened = new Promise((resolve) => this.socket.once('open', () => resolve()))
    this.synced = new Promise((resolve, reject) => {
      this.#markSynced = resolve
      this.#markFailed = reject
    })
    // A test that expects a denial never looks at `synced`; the rejection must not count as unhandled.
    this.synced.catch(() => undefined)
    this.socket.on('error', () => undefined)
    this.socket.on('pong', () => this.pongs++)
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
      this.#markFailed(new Error(`closed with ${code} ${reason.toString()}`))
    })
    this.socket.on('open', () => {
      this.send(AUTH, (e) => {
        encoding.writeVarUint(e, 0)
        encoding.writeVarString(e, options.token)
        encoding.writeVarString(e, options.version ?? 'raw/1')
      })
    })
    this.socket.on('message', (data: Buffer) => this.#receive(data))
    this.document.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.sendUpdate(update)
    })
  }

  /** One frame addressed to this list. */
  send(type: number, body: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, this.#options.listId)
    encoding.writeVarUint(encoder, type)
    body(encoder)
    this.sendBytes(encoding.toUint8Array(encoder))
  }

  /** Any bytes at all. */
  sendBytes(bytes: Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(bytes)
  }

  sendUpdate(update: Uint8Array): void {
    if (this.socket.readyState !== WebSocket.OPEN) return
    this.unanswered++
    this.send(SYNC, (e) => {
      encoding.writeVarUint(e, UPDATE)
      encoding.writeVarUint8Array(e, update)
    })
  }

  /** Ends the connection without a goodbye, as a lost network does. */
  drop(): void {
    this.socket.terminate()
  }

  #receive(data: Buffer): void {
    const decoder = decoding.createDecoder(data)
    if (data.length === 1) return
    if (decoding.readVarString(decoder) !== this.#options.listId) return
    switch (decoding.readVarUint(decoder)) {
      case SYNC:
        this.#receiveSync(decoder)
        break
      case AUTH:
        this.#receiveAuth(decoder)
        break
      case STATELESS: {
        const text = decoding.readVarString(decoder)
        this.messages.push(text)
        this.#options.onStateless?.(text)
        break
      }
      case CLOSE_FRAME:
        this.denied = decoding.readVarString(decoder)
        this.#markFailed(new Error(this.denied))
        break
      case SYNC_STATUS:
        this.unanswered--
        this.#options.onAck?.(decoding.readVarUint(decoder) === 1)
        break
    }
  }

  #receiveAuth(decoder: decoding.Decoder): void {
    const kind = decoding.readVarUint(decoder)
    if (kind === 1) {
      this.denied = decoding.readVarString(decoder)
      this.#markFailed(new Error(this.denied))
      return
    }
    this.send(SYNC, (e) => {
      encoding.writeVarUint(e, STEP_1)
      encoding.writeVarUint8Array(e, Y.encodeStateVector(this.document))
    })
  }

  #receiveSync(decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder)
    const payload = decoding.readVarUint8Array(decoder)
    if (step === STEP_1) {
      this.unanswered++
      this.send(SYNC, (e) => {
        encoding.writeVarUint(e, STEP_2)
        encoding.writeVarUint8Array(e, Y.encodeStateAsUpdate(this.document, payload))
      })
      this.#sentAnswer = true
    } else {
      if (!this.#options.isDeaf) Y.applyUpdate(this.document, payload, this)
      if (step === STEP_2) this.#gotState = true
    }
    if (this.#sentAnswer && this.#gotState) this.#markSynced()
  }
}
