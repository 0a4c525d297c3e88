import type { Duplex } from 'node:stream'
import {
  CLOSE,
  encodeFrame,
  encodeMessage,
  FRAME,
  formatReason,
  IDLE_DISCONNECT,
  SYNC,
} from '@tandem/client-sdk/protocol'
import type { UserId } from '@tandem/persistence'
import type { WebSocket } from 'ws'
import type { SyncClock, SyncLogger } from '../room/deps.ts'
import { DocumentsOnSocket, type SocketAccount } from './documents-on-socket.ts'
import {
  type Inbound,
  listIdOf,
  outboundFate,
  permissionDenied,
  readFrame,
  splitSession,
  TYPE_AT,
  withSession,
} from './frames.ts'
import type { InboundMemory, Reader } from './inbound-memory.ts'
import { type FrameSink, Lane, type SharedSocket } from './lane.ts'
import type { SocketLimits } from './limits.ts'
import type { Identified } from './session.ts'
import { createTokenBucket, type TokenBucket } from './token-bucket.ts'

export interface SocketAdapterDeps {
  readonly id: string
  readonly limits: SocketLimits
  readonly clock: SyncClock
  readonly logger: SyncLogger
  readonly memory: InboundMemory
  identify(token: string): Promise<Identified>
  admit(userId: UserId): boolean
  closed(): void
}

/** How long a peer may take to answer our close before the connection is cut. */
const CLOSE_GRACE_MS = 5_000

/**
 * One WebSocket, with a lane for each program that speaks on it.
 *
 * INVARIANTS
 * - Only complete, well-formed frames for list ids reach a lane, and none for a list that is closed there.
 * - What waits to be sent is bounded: presence is dropped first, then the socket is closed to come back later.
 * - What waits to be processed is bounded, here and over all sockets: reading stops until it shrinks, which TCP passes on
 *   to the client.
 * - `send` and `close` never throw.
 */
export class SocketAdapter implements SharedSocket, Reader {
  readonly id: string
  private readonly socket: WebSocket
  /** The TCP connection under the WebSocket. */
  private readonly stream: Duplex
  private isCorked = false
  private readonly deps: SocketAdapterDeps
  private readonly account: SocketAccount = { lists: 0, known: 0, waitingFrames: 0, waitingBytes: 0 }
  private readonly presence: TokenBucket
  private readonly lanes = new Map<string, Lane>()
  private connectLane: ((lane: Lane) => FrameSink) | null = null
  private cancelFirstList: () => void
  private cancelIdle: () => void = () => undefined
  private cancelCut: () => void = () => undefined
  private answered = true
  private waitingAtLastBeat = 0
  /** What may wait beyond the limit because the client asked for it: the lists it opens. */
  private granted = 0
  private isHeld = false
  private isStopped = false

  constructor(socket: WebSocket, stream: Duplex, deps: SocketAdapterDeps) {
    this.id = deps.id
    this.socket = socket
    this.stream = stream
    this.deps = deps
    deps.memory.add(this)
    this.presence = this.bucket(deps.limits.presencePerSecond * PRESENCE_TOGETHER)
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

  /** `connectLane` is called once for each lane. */
  connect(connectLane: (lane: Lane) => FrameSink): void {
    this.connectLane = connectLane
  }

  get readyState(): number {
    return this.socket.readyState
  }

  transmit(lane: Lane, data: Uint8Array): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    const fate = outboundFate(data)
    if (fate === 'opened') {
      this.cancelFirstList()
      lane.documents.opened(listIdOf(data))
    } else if (fate === 'ended') {
      lane.documents.ended(listIdOf(data))
      this.watchIdle()
      this.caughtUp()
      this.dropIfEmpty(lane)
    }
    this.write(data, lane.session)
  }

  private write(data: Uint8Array, session: string): void {
    if (!this.mayWrite(data[TYPE_AT] === FRAME.awareness)) return
    if (isWholeList(data)) this.granted = Math.min(MAX_GRANTED_BYTES, this.granted + data.length)
    if (data[TYPE_AT] === FRAME.syncStatus) this.holdUntilBroadcast()
    const frame = session === '' ? data : withSession(data, session)
    // Being called back for every frame costs as much as a tenth of sending it.
    if (this.granted > 0 || this.socket.isPaused) this.socket.send(frame, BINARY, this.sent)
    else this.socket.send(frame, BINARY)
  }

  /** Whether what waits to be read leaves room for more. */
  private mayWrite(isPresence: boolean): boolean {
    const { limits } = this.deps
    const waiting = this.socket.bufferedAmount
    if (waiting > limits.tooSlowBytes + this.granted) {
      this.close(CLOSE.tooSlow, 'This connection reads too slowly.')
      return false
    }
    if (waiting <= limits.shedPresenceBytes) return true
    // Who does not read our answers is not asked for more questions.
    if (!isPresence) this.socket.pause()
    return !isPresence
  }

  /** An acknowledgement and the broadcast of the same edit follow each other within a turn, and leave in one write. */
  private holdUntilBroadcast(): void {
    if (this.isCorked) return
    this.isCorked = true
    this.stream.cork()
    // Hocuspocus scheduled its broadcast before it acknowledged, so this runs behind it.
    setImmediate(this.uncork)
  }

  private readonly uncork = (): void => {
    this.isCorked = false
    this.stream.uncork()
  }

  /** What was waiting has left. */
  private readonly sent = (): void => {
    if (this.socket.bufferedAmount === 0) this.granted = 0
    this.caughtUp()
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

  stopReading(): void {
    this.isStopped = true
    this.socket.pause()
  }

  mayReadAgain(): void {
    this.isStopped = false
    this.caughtUp()
  }

  /** Stop reading for good; what was received already is still processed. */
  hold(): void {
    this.isHeld = true
    this.socket.pause()
  }

  /** Called every heartbeat; cuts the connection when the last ping was not answered, or nothing was read since. */
  beat(): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    const waiting = this.socket.bufferedAmount
    const isStuck = waiting > 0 && waiting >= this.waitingAtLastBeat && this.waitingAtLastBeat > 0
    this.waitingAtLastBeat = waiting
    // While we do not read we do not see pongs; then only what waits to be sent tells whether anybody is there.
    const isGone = this.socket.isPaused ? isStuck : !this.answered
    if (isGone) {
      this.socket.terminate()
      return
    }
    this.answered = this.socket.isPaused
    this.socket.ping(undefined, undefined, ignore)
  }

  terminate(): void {
    this.socket.terminate()
  }

  private receive(received: Buffer): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    const split = splitSession(received)
    const session = split?.session ?? ''
    const frame = split?.frame ?? received
    const lane = this.lanes.get(session)
    const inbound = readFrame(frame, (name) => lane?.documents.has(name) === true)
    switch (inbound.kind) {
      case 'ignore':
        return
      case 'broken':
        this.close(CLOSE.badRequest, inbound.reason)
        return
      case 'no-list':
        this.refuseName(inbound, session)
        return
      case 'presence':
        if (lane === undefined || !lane.presence.take() || !this.presence.take()) return
        break
      case 'auth':
      case 'sync':
      case 'stateless':
      case 'close':
        break
    }
    const opened = lane ?? this.open(session, inbound)
    if (opened !== null) this.forward(opened, frame, inbound)
  }

  /** Null: there is no such session, and there will not be. What it goes on sending after its last list was closed is dropped. */
  private open(session: string, { kind, listId }: WithList): Lane | null {
    if (session !== '' && kind !== 'auth') return null
    const { limits, memory, id } = this.deps
    if (session !== '' && this.lanes.size >= limits.maxSessionsPerSocket) {
      const denied = permissionDenied(listId, formatReason(CLOSE.overloaded, 'Too many tabs on one socket.'))
      this.write(denied, session)
      return null
    }
    const lane = new Lane(this, {
      id: session === '' ? id : `${id} ${session}`,
      session,
      documents: new DocumentsOnSocket(limits.maxListsPerSocket, this.account, (bytes) =>
        memory.changed(bytes),
      ),
      presence: this.bucket(limits.presencePerSecond),
    })
    this.lanes.set(session, lane)
    const sink = this.connectLane?.(lane)
    if (sink !== undefined) lane.connect(sink)
    return lane
  }

  /** A tab that closes leaves nothing behind; programs without sessions have the whole socket to themselves. */
  private dropIfEmpty(lane: Lane): void {
    if (lane.session === '' || !lane.documents.isEmpty) return
    this.lanes.delete(lane.session)
    lane.documents.forget()
    lane.ended(1000, '')
  }

  private bucket(perSecond: number): TokenBucket {
    return createTokenBucket(perSecond, () => this.deps.clock.now())
  }

  private forward(lane: Lane, frame: Buffer, inbound: WithList): void {
    const ruling = lane.documents.received(inbound.listId, inbound.kind, frame.length)
    if (ruling === 'too-many') {
      lane.send(
        permissionDenied(inbound.listId, formatReason(CLOSE.overloaded, 'Too many lists on one socket.')),
      )
      return
    }
    if (ruling === 'drop') return
    if (inbound.kind === 'auth') this.watchIdle()
    const { limits } = this.deps
    const { waitingFrames, waitingBytes } = this.account
    if (waitingFrames > limits.pauseFrames || waitingBytes > limits.pauseBytes) this.socket.pause()
    lane.received(frame)
  }

  /** Not by `write`: where a frame of ours has its type, this one has letters of the name. */
  /** Programs are told before: it is not their fault, and they need not come back before they open a list. */
  private watchIdle(): void {
    this.cancelIdle()
    if (this.account.lists > 0) return
    this.cancelIdle = this.deps.clock.setTimer(() => {
      const payload = encodeMessage({ type: 'idle-disconnect' })
      this.write(encodeFrame('', { type: 'stateless', payload }), '')
      this.close(1000, IDLE_DISCONNECT)
    }, this.deps.limits.idleMs)
  }

  private refuseName({ name, wantsAnswer }: Extract<Inbound, { kind: 'no-list' }>, session: string): void {
    if (!wantsAnswer || !this.mayWrite(false)) return
    const denied = permissionDenied(name, formatReason(CLOSE.noAccess, 'No such list, or no access.'))
    this.socket.send(session === '' ? denied : withSession(denied, session), BINARY, this.sent)
  }

  caughtUp(): void {
    if (!this.socket.isPaused || this.isHeld || this.isStopped) return
    const { limits } = this.deps
    const { waitingFrames, waitingBytes } = this.account
    const isProcessed = waitingFrames <= limits.pauseFrames / 2 && waitingBytes <= limits.pauseBytes / 2
    if (isProcessed && this.socket.bufferedAmount <= limits.shedPresenceBytes / 2) this.socket.resume()
  }

  private end(code: number, reason: string): void {
    this.cancelFirstList()
    this.cancelIdle()
    this.cancelCut()
    this.deps.memory.remove(this)
    for (const lane of this.lanes.values()) lane.ended(code, reason)
    this.deps.closed()
    this.deps.logger.debug({ socket: this.id, code, reason }, 'socket.closed')
  }
}

type WithList = Extract<Inbound, { listId: string }>

const BINARY = { binary: true }
/** Of all sessions of a socket, as many times what one may. People look at one tab at a time. */
const PRESENCE_TOGETHER = 4
/** Lists being opened on a slow line may wait up to this much beyond `tooSlowBytes`. */
const MAX_GRANTED_BYTES = 64 * 1024 * 1024

/** The answer to a handshake. Were it held against a slow client, it would be cut off, come back, and ask again for ever. */
function isWholeList(frame: Uint8Array): boolean {
  return frame[TYPE_AT] === FRAME.sync && frame[TYPE_AT + 1] === SYNC.step2
}

function ignore(): void {
  // The 'close' event that follows a failed write does all the tidying.
}
