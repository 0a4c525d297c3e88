import type { WebSocketLike } from '@hocuspocus/server'
import { CLOSE, formatReason } from '@tandem/client-sdk/protocol'
import type { UserId } from '@tandem/persistence'
import type { WebSocket } from 'ws'
import type { SyncClock, SyncLogger } from '../room/deps.ts'
import { DocumentsOnSocket } from './documents-on-socket.ts'
import {
  FRAME,
  type Inbound,
  listIdOf,
  outboundFate,
  permissionDenied,
  readFrame,
  TYPE_AT,
} from './frames.ts'
import type { SocketLimits } from './limits.ts'
import type { Identified, SocketSession } from './session.ts'
import { createTokenBucket, type TokenBucket } from './token-bucket.ts'

/** The part of Hocuspocus' ClientConnection that a socket drives. */
export interface FrameSink {
  handleMessage(frame: Uint8Array): void
  handleClose(event: { code: number; reason: string }): void
}

export interface SocketAdapterDeps {
  readonly id: string
  readonly limits: SocketLimits
  readonly clock: SyncClock
  readonly logger: SyncLogger
  identify(token: string): Promise<Identified>
  admit(userId: UserId): boolean
  closed(): void
}

/** How long a peer may take to answer our close before the connection is cut. */
const CLOSE_GRACE_MS = 5_000

/**
 * One WebSocket as Hocuspocus sees it.
 *
 * INVARIANTS
 * - Only complete, well-formed frames for list ids reach Hocuspocus, and none for a list it has closed here.
 * - What waits to be sent is bounded: presence is dropped first, then the socket is closed to come back later.
 * - What waits to be processed is bounded: reading stops until it shrinks, which TCP passes on to the client.
 * - `send` and `close` never throw.
 */
export class SocketAdapter implements WebSocketLike, SocketSession {
  readonly id: string
  private readonly socket: WebSocket
  private readonly deps: SocketAdapterDeps
  private readonly documents: DocumentsOnSocket
  private readonly presence: TokenBucket
  private sink: FrameSink | null = null
  private cancelFirstList: () => void
  private cancelCut: () => void = () => undefined
  private answered = true
  private isHeld = false

  constructor(socket: WebSocket, deps: SocketAdapterDeps) {
    this.id = deps.id
    this.socket = socket
    this.deps = deps
    this.documents = new DocumentsOnSocket(deps.limits.maxListsPerSocket)
    this.presence = createTokenBucket(deps.limits.presencePerSecond, () => deps.clock.now())
    this.cancelFirstList = deps.clock.setTimer(
      () => this.close(CLOSE.tooSlow, 'No list was opened in time.'),
      deps.limits.firstListMs,
    )
    socket.binaryType = 'nodebuffer'
    socket.on('error', (error) => deps.logger.debug({ socket: this.id, error }, 'socket.error'))
    socket.on('pong', () => {
      this.answered = true
    })
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.receive(data as Buffer)
      else this.close(CLOSE.badRequest, 'Only binary frames are spoken here.')
    })
    socket.on('close', (code, reason) => this.end(code, String(reason)))
  }

  connect(sink: FrameSink): void {
    this.sink = sink
  }

  get readyState(): number {
    return this.socket.readyState
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    if (this.socket.readyState !== this.socket.OPEN || !(data instanceof Uint8Array)) return
    const fate = outboundFate(data)
    if (fate === 'opened') {
      this.cancelFirstList()
      this.documents.opened(listIdOf(data))
    } else if (fate === 'ended') {
      this.documents.ended(listIdOf(data))
      this.resumeIfCaughtUp()
    }
    const { limits } = this.deps
    const waiting = this.socket.bufferedAmount
    if (waiting > limits.tooSlowBytes) {
      this.close(CLOSE.tooSlow, 'This connection reads too slowly.')
      return
    }
    if (waiting > limits.shedPresenceBytes && data[TYPE_AT] === FRAME.awareness) return
    // The callback is what keeps ws from treating a failed write as an uncaught error; 'close' follows by itself.
    this.socket.send(data, { binary: true }, ignore)
  }

  close(code: number = 1000, reason = ''): void {
    if (this.socket.readyState === this.socket.CLOSED) return
    // A peer that no longer reads never answers a close, and ours would wait behind what it does not read.
    this.cancelCut()
    this.cancelCut = this.deps.clock.setTimer(() => this.socket.terminate(), CLOSE_GRACE_MS)
    // Paused sockets would not see the answer.
    this.socket.resume()
    this.socket.close(code, reason.slice(0, 120))
  }

  identify(token: string): Promise<Identified> {
    return this.deps.identify(token)
  }

  admit(userId: UserId): boolean {
    return this.deps.admit(userId)
  }

  processed(listId: string, bytes: number): void {
    this.documents.processed(listId, bytes)
    this.resumeIfCaughtUp()
  }

  /** Stop reading for good; what was received already is still processed. */
  hold(): void {
    this.isHeld = true
    this.socket.pause()
  }

  /** Called every heartbeat; cuts the connection when the last ping was not answered. */
  beat(): void {
    if (this.socket.readyState !== this.socket.OPEN || this.socket.isPaused) return
    if (!this.answered) {
      this.socket.terminate()
      return
    }
    this.answered = false
    this.socket.ping(undefined, undefined, ignore)
  }

  terminate(): void {
    this.socket.terminate()
  }

  private receive(frame: Buffer): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    const inbound = readFrame(frame)
    switch (inbound.kind) {
      case 'ignore':
        return
      case 'broken':
        this.close(CLOSE.badRequest, inbound.reason)
        return
      case 'no-list':
        this.refuseName(inbound)
        return
      case 'presence':
        if (!this.presence.take()) return
        break
      case 'auth':
      case 'sync':
      case 'stateless':
      case 'close':
        break
    }
    this.forward(frame, inbound)
  }

  private forward(frame: Buffer, inbound: Extract<Inbound, { listId: string }>): void {
    const ruling = this.documents.received(inbound.listId, inbound.kind, frame.length)
    if (ruling === 'too-many') {
      this.send(
        permissionDenied(inbound.listId, formatReason(CLOSE.overloaded, 'Too many lists on one socket.')),
      )
      return
    }
    if (ruling === 'drop') return
    const { limits } = this.deps
    const { waitingFrames, waitingBytes } = this.documents
    if (waitingFrames > limits.pauseFrames || waitingBytes > limits.pauseBytes) this.socket.pause()
    this.sink?.handleMessage(frame)
  }

  private refuseName(inbound: Extract<Inbound, { kind: 'no-list' }>): void {
    if (!inbound.wantsAnswer) return
    this.send(permissionDenied(inbound.name, formatReason(CLOSE.noAccess, 'No such list, or no access.')))
  }

  private resumeIfCaughtUp(): void {
    if (!this.socket.isPaused || this.isHeld) return
    const { limits } = this.deps
    const { waitingFrames, waitingBytes } = this.documents
    if (waitingFrames <= limits.pauseFrames / 2 && waitingBytes <= limits.pauseBytes / 2) this.socket.resume()
  }

  private end(code: number, reason: string): void {
    this.cancelFirstList()
    this.cancelCut()
    this.sink?.handleClose({ code, reason })
    this.deps.closed()
    this.deps.logger.debug({ socket: this.id, code, reason }, 'socket.closed')
  }
}

function ignore(): void {
  // The 'close' event that follows a failed write does all the tidying.
}
