/**
 * The life of one list on one socket, as its frames show it.
 *
 *     (absent) ──any frame──► joining ──Authenticated──► open
 *                                │                        │
 *                     PermissionDenied                 CLOSE
 *                                └────────► ended ◄───────┘
 *                                             │
 *                              Auth ──► joining; all else is dropped
 *
 * Hocuspocus would queue what a client goes on sending after its document was closed, and after 1,000 frames it drops
 * the whole socket with all the healthy lists on it.
 */
type State = 'joining' | 'open' | 'ended'

interface OneDocument {
  state: State
  frames: number
  bytes: number
  /** A token was shown, so that what waits is dealt with sooner or later, whatever the client does. */
  isShown: boolean
}

export type Ruling = 'forward' | 'drop' | 'too-many'
type Kind = 'auth' | 'sync' | 'presence' | 'stateless' | 'close'

const ON_FRAME: Record<State | 'absent', (kind: Kind) => Ruling> = {
  absent: (kind) => (kind === 'close' ? 'drop' : 'forward'),
  joining: () => 'forward',
  open: () => 'forward',
  ended: (kind) => (kind === 'auth' ? 'forward' : 'drop'),
}

/** What all sessions of one socket have together. */
export interface SocketAccount {
  lists: number
  /** Open ones, and ended ones that are remembered. */
  known: number
  waitingFrames: number
  waitingBytes: number
}

/** The lists of one session on one socket. */
export class DocumentsOnSocket {
  private readonly byId = new Map<string, OneDocument>()
  private readonly maxDocuments: number
  private readonly account: SocketAccount
  private readonly waits: (bytes: number) => void
  private live = 0

  /**
   * At most `maxDocuments` on the whole socket. `waits` is told of bytes that wait to be processed, and (less than 0) of bytes
   * that no longer do.
   */
  constructor(maxDocuments: number, account: SocketAccount, waits: (bytes: number) => void) {
    this.maxDocuments = maxDocuments
    this.account = account
    this.waits = waits
  }

  /** None is open, or being opened. */
  get isEmpty(): boolean {
    return this.live === 0
  }

  has(listId: string): boolean {
    return this.byId.has(listId)
  }

  received(listId: string, kind: Kind, bytes: number): Ruling {
    const known = this.byId.get(listId)
    const ruling = ON_FRAME[known?.state ?? 'absent'](kind)
    if (ruling !== 'forward') return ruling
    const document = known ?? { state: 'ended', frames: 0, bytes: 0, isShown: false }
    if (document.state === 'ended') {
      if (this.account.lists >= this.maxDocuments) return kind === 'auth' ? 'too-many' : 'drop'
      this.live += 1
      this.account.lists += 1
      document.state = 'joining'
      if (known === undefined) this.account.known += 1
      this.byId.set(listId, document)
    }
    // Token frames are handled on arrival, not in the queue that `processed` reports on.
    if (kind !== 'auth') this.count(document, 1, bytes)
    else if (!document.isShown) {
      document.isShown = true
      this.waits(document.bytes)
    }
    return 'forward'
  }

  opened(listId: string): void {
    const document = this.byId.get(listId)
    if (document?.state === 'joining') document.state = 'open'
  }

  ended(listId: string): void {
    const document = this.byId.get(listId)
    if (document === undefined || document.state === 'ended') return
    this.live -= 1
    this.account.lists -= 1
    document.state = 'ended'
    this.count(document, -document.frames, -document.bytes)
    document.isShown = false
    // What ended is remembered so that stray frames can be dropped; a client that names lists without end is not.
    if (this.account.known > 4 * this.maxDocuments && this.byId.delete(listId)) this.account.known -= 1
  }

  /** The session is over: what it knew is of no use any more. */
  forget(): void {
    this.account.known -= this.byId.size
    this.byId.clear()
  }

  /** The socket has closed: what waits is given up, except where it is still being handled. */
  closed(outlived: ReadonlySet<string>): void {
    for (const listId of this.byId.keys()) if (!outlived.has(listId)) this.ended(listId)
  }

  processed(listId: string, bytes: number): void {
    const document = this.byId.get(listId)
    // Late news of an earlier life of the document: its frames were given up in `ended`.
    if (document === undefined || document.frames === 0) return
    this.count(document, -1, -Math.min(bytes, document.bytes))
  }

  private count(document: OneDocument, frames: number, bytes: number): void {
    document.frames += frames
    document.bytes += bytes
    this.account.waitingFrames += frames
    this.account.waitingBytes += bytes
    // Without a token frames wait for as long as the client likes; it must not be able to use up what all share.
    if (document.isShown) this.waits(bytes)
  }
}
