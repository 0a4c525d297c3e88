import type { Environment, SocketLike } from '../../../client-sdk/src/connection/port.ts'
import type { LockHolder, TabChannel, TabSharing } from '../../../client-sdk/src/tabs/sharing-port.ts'
import type { FakeEnvironment } from '../connection/fake-environment.ts'

/** One tab: what runs in it does nothing while it is frozen, and nothing ever again once it is gone. */
export interface FakeTab {
  readonly environment: Environment
  readonly sharing: TabSharing
  readonly isFrozen: boolean
  readonly isGone: boolean
  /** Bytes of messages that wait for it. */
  readonly waitingBytes: number
  /** Now, or when it thaws, or never. What waits from different sources comes in any order then. */
  run(work: () => unknown, source?: string): void
  /** As a page that computes for long, or one that the system stopped without a word. */
  freeze(): void
  thaw(): void
  /** The event that pages get before they are put away. */
  rest(): void
  /** It crashes, or is closed: the browser lets go of its locks, its lines and its sockets. */
  crash(): void
}

export interface FakeBrowserOptions {
  readonly clock: FakeEnvironment
  readonly random: () => number
  readonly openSocket: (tab: FakeTab) => SocketLike & { cut(): void }
  /** How long a message between tabs takes at most. */
  readonly lagMs?: number
}

interface Request {
  readonly tab: Tab
  readonly holder: LockHolder
  readonly isShared: boolean
}

interface End {
  readonly tab: Tab
  readonly hear: (message: unknown) => void
}

/** A browser with tabs in one process, on a clock of the test. Keeps the promises of the ports, and no others. */
export class FakeBrowser {
  readonly tabs: FakeTab[] = []
  readonly options: FakeBrowserOptions
  readonly #held = new Map<string, Request[]>()
  readonly #queues = new Map<string, Request[]>()
  readonly #ends = new Map<string, Set<End>>()

  constructor(options: FakeBrowserOptions) {
    this.options = options
  }

  open(): FakeTab {
    const tab = new Tab(this)
    this.tabs.push(tab)
    return tab
  }

  hold(name: string, request: Request, steal: boolean): () => void {
    const queue = this.#queues.get(name) ?? []
    this.#queues.set(name, queue)
    if (steal) {
      for (const before of this.#held.get(name) ?? []) before.tab.later(() => before.holder.lost?.())
      this.#held.delete(name)
      queue.unshift(request)
    } else queue.push(request)
    this.#grant(name)
    return () => this.#release(name, request)
  }

  releaseAll(tab: Tab): void {
    for (const [name, queue] of this.#queues) {
      for (const request of [...queue]) if (request.tab === tab) queue.splice(queue.indexOf(request), 1)
      for (const request of this.#held.get(name) ?? []) if (request.tab === tab) this.#drop(name, request)
      this.#grant(name)
    }
    for (const ends of this.#ends.values()) for (const end of ends) if (end.tab === tab) ends.delete(end)
  }

  channel(tab: Tab, name: string, hear: (message: unknown) => void): TabChannel {
    const end: End = { tab, hear }
    const ends = this.#ends.get(name) ?? new Set()
    this.#ends.set(name, ends)
    ends.add(end)
    return {
      post: (message) => {
        if (!ends.has(end)) return
        for (const other of ends) {
          if (other === end) continue
          const copy: unknown = structuredClone(message)
          other.tab.later(() => ends.has(other) && other.hear(copy), name, bytesOf(message))
        }
      },
      close: () => ends.delete(end),
    }
  }

  #release(name: string, request: Request): void {
    const queue = this.#queues.get(name) ?? []
    if (queue.includes(request)) queue.splice(queue.indexOf(request), 1)
    this.#drop(name, request)
    released.add(request)
    this.#grant(name)
  }

  #grant(name: string): void {
    const [next] = this.#queues.get(name) ?? []
    const held = this.#held.get(name) ?? []
    const isFree = held.length === 0 || (next?.isShared === true && held.every(({ isShared }) => isShared))
    if (next === undefined || !isFree) return
    this.#queues.get(name)?.shift()
    this.#held.set(name, [...held, next])
    next.tab.later(() => {
      if (!released.has(next)) next.holder.granted()
    })
    this.#grant(name)
  }

  #drop(name: string, request: Request): void {
    const left = (this.#held.get(name) ?? []).filter((one) => one !== request)
    if (left.length > 0) this.#held.set(name, left)
    else this.#held.delete(name)
  }
}

const released = new WeakSet<Request>()

class Tab implements FakeTab {
  readonly environment: Environment
  readonly sharing: TabSharing
  isFrozen = false
  isGone = false
  waitingBytes = 0
  readonly #browser: FakeBrowser
  readonly #held = new Map<string, (() => unknown)[]>()
  readonly #sockets = new Set<{ cut(): void }>()
  readonly #resting = new Set<() => void>()
  readonly #lines = new Map<string, Line>()

  constructor(browser: FakeBrowser) {
    this.#browser = browser
    const { clock, random, openSocket } = browser.options
    this.environment = {
      now: () => clock.now(),
      random,
      setTimer: (callback, ms) => {
        let isCancelled = false
        const stop = clock.setTimer(() => this.run(() => !isCancelled && callback(), 'timers'), ms)
        return () => {
          isCancelled = true
          stop()
        }
      },
      openSocket: () => {
        const socket = openSocket(this)
        this.#sockets.add(socket)
        return socket
      },
    }
    this.sharing = {
      locks: {
        hold: (name, holder, how) =>
          browser.hold(name, { tab: this, holder, isShared: how === 'share' }, how === 'steal'),
      },
      channel: (name, hear) => browser.channel(this, name, hear),
      onRest: (rest) => {
        this.#resting.add(rest)
        return () => this.#resting.delete(rest)
      },
    }
  }

  run(work: () => unknown, source = 'sockets'): void {
    if (this.isGone) return
    if (!this.isFrozen) work()
    else this.#held.set(source, [...(this.#held.get(source) ?? []), work])
  }

  /** Messages of one line in order, those of different lines in any. */
  later(work: () => unknown, line = '', bytes = 0): void {
    const { clock, random, lagMs = 3 } = this.#browser.options
    const known = this.#lines.get(line) ?? new Line(clock)
    this.#lines.set(line, known)
    this.waitingBytes += bytes
    const arrive = (): void => {
      this.waitingBytes -= bytes
      work()
    }
    known.deliver(random() * lagMs, () => this.run(arrive, `line ${line}`))
  }

  freeze(): void {
    this.isFrozen = true
  }

  thaw(): void {
    if (!this.isFrozen) return
    this.isFrozen = false
    const { random } = this.#browser.options
    while (this.#held.size > 0 && !this.isFrozen) {
      const [source, works] = [...this.#held][Math.floor(random() * this.#held.size)] ?? ['', []]
      const [work, ...later] = works
      if (later.length > 0) this.#held.set(source, later)
      else this.#held.delete(source)
      if (work !== undefined) this.run(work, source)
    }
  }

  rest(): void {
    for (const rest of this.#resting) rest()
  }

  crash(): void {
    this.isGone = true
    this.#browser.releaseAll(this)
    for (const socket of this.#sockets) socket.cut()
  }
}

/** Late, and first in, first out. */
export class Line {
  readonly #clock: FakeEnvironment
  readonly #queue: (() => void)[] = []
  #lastAtMs = 0

  constructor(clock: FakeEnvironment) {
    this.#clock = clock
  }

  deliver(lagMs: number, work: () => void): void {
    const nowMs = this.#clock.now()
    this.#lastAtMs = Math.max(nowMs + lagMs, this.#lastAtMs)
    this.#queue.push(work)
    this.#clock.setTimer(() => this.#queue.shift()?.(), this.#lastAtMs - nowMs)
  }
}

function bytesOf(message: unknown): number {
  const { frame } = message as { frame?: unknown }
  return frame instanceof Uint8Array ? frame.length : 0
}
