import type { WebSocketLike } from '@hocuspocus/server'
import type { UserId } from '@tandem/persistence'
import type { DocumentsOnSocket } from './documents-on-socket.ts'
import type { Identified, SocketSession } from './session.ts'
import type { TokenBucket } from './token-bucket.ts'

/** The part of Hocuspocus' ClientConnection that a socket drives. */
export interface FrameSink {
  handleMessage(frame: Uint8Array): void
  handleClose(event: { code: number; reason: string }): void
}

/** The socket under a lane. */
export interface SharedSocket {
  readonly readyState: number
  transmit(lane: Lane, frame: Uint8Array): void
  close(code?: number, reason?: string): void
  identify(token: string): Promise<Identified>
  admit(userId: UserId): boolean
  /** Something that waited has been dealt with. */
  caughtUp(): void
}

export interface LaneOptions {
  readonly id: string
  /** Empty for frames without one: most sockets have no other lane. */
  readonly session: string
  readonly documents: DocumentsOnSocket
  readonly presence: TokenBucket
}

/**
 * One program on a socket that several may share, such as the tabs of a browser. To Hocuspocus and to rooms it is a socket
 * of its own.
 *
 * Hocuspocus knows sessions too, and hands the frames of a session that is not open yet to whoever has the list open without
 * one: two tabs of which only one names itself would be taken for each other.
 */
export class Lane implements WebSocketLike, SocketSession {
  readonly id: string
  readonly session: string
  readonly documents: DocumentsOnSocket
  readonly presence: TokenBucket
  readonly socket: SharedSocket
  private sink: FrameSink | null = null
  /** Lists closed with the socket, of which frames are still being handled. */
  private readonly outlived = new Set<string>()

  constructor(socket: SharedSocket, { id, session, documents, presence }: LaneOptions) {
    this.socket = socket
    this.id = id
    this.session = session
    this.documents = documents
    this.presence = presence
  }

  connect(sink: FrameSink): void {
    this.sink = sink
  }

  get readyState(): number {
    return this.socket.readyState
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    if (data instanceof Uint8Array) this.socket.transmit(this, data)
  }

  close(code?: number, reason?: string): void {
    this.socket.close(code, reason)
  }

  received(frame: Uint8Array): void {
    this.sink?.handleMessage(frame)
  }

  /** The socket has closed, or nothing is open here any more. */
  ended(code: number, reason: string): void {
    const { sink } = this
    this.sink = null
    sink?.handleClose({ code, reason })
    this.documents.closed(this.outlived)
  }

  identify(token: string): Promise<Identified> {
    return this.socket.identify(token)
  }

  admit(userId: UserId): boolean {
    return this.socket.admit(userId)
  }

  processed(listId: string, bytes: number): void {
    this.documents.processed(listId, bytes)
    this.socket.caughtUp()
  }

  outlivedBy(listId: string, queue: Promise<void>): void {
    // On a socket that stays open, the frame that says the list is closed settles the account.
    if (this.socket.readyState === OPEN) return
    this.outlived.add(listId)
    const over = (): void => {
      this.outlived.delete(listId)
      this.documents.ended(listId)
    }
    queue.then(over, over)
  }
}

const OPEN = 1
