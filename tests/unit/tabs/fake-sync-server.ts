import * as Y from 'yjs'
import type { SocketLike } from '../../../client-sdk/src/connection/port.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../../client-sdk/src/protocol/frames.ts'
import type { FakeEnvironment } from '../connection/fake-environment.ts'
import { type FakeTab, Line } from './fake-browser.ts'

/** The server's part of the wire protocol, in memory: everything that arrives is durable at once. */
export class FakeSyncServer {
  readonly clock: FakeEnvironment
  readonly random: () => number
  readonly sockets = new Set<ServerSocket>()
  readonly docs = new Map<string, Y.Doc>()
  opened = 0
  isReachable = true

  constructor(clock: FakeEnvironment, random: () => number) {
    this.clock = clock
    this.random = random
  }

  doc(name: string): Y.Doc {
    const known = this.docs.get(name) ?? new Y.Doc()
    this.docs.set(name, known)
    return known
  }

  keys(name: string): string[] {
    return [...this.doc(name).getMap('items').keys()].sort()
  }

  /** Addresses under which the list is open now. */
  openAs(name: string): string[] {
    return [...this.sockets].flatMap((socket) => [...socket.open]).filter((at) => nameOf(at) === name)
  }

  connect(tab: FakeTab): ServerSocket {
    this.opened += 1
    return new ServerSocket(this, tab)
  }

  cutAll(): void {
    for (const socket of this.sockets) socket.cut()
  }

  broadcast(name: string, frame: Frame): void {
    for (const socket of this.sockets)
      for (const address of socket.open) if (nameOf(address) === name) socket.say(address, frame)
  }
}

const nameOf = (address: string): string => address.split('\0')[0] ?? ''

/** Both ends of one socket. What is on its way when it is cut is lost, either way. */
export class ServerSocket implements SocketLike {
  binaryType = ''
  readyState = 0
  bufferedAmount = 0
  readonly open = new Set<string>()
  readonly tab: FakeTab
  /** The server says nothing there, and hears nothing. */
  isStuck = (_address: string): boolean => false
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: (() => void) | null = null
  readonly #server: FakeSyncServer
  readonly #up: Line
  readonly #down: Line

  constructor(server: FakeSyncServer, tab: FakeTab) {
    this.#server = server
    this.tab = tab
    this.#up = new Line(server.clock)
    this.#down = new Line(server.clock)
    const isReachable = server.isReachable
    this.#later('down', () => {
      if (this.readyState !== 0) return
      if (!isReachable) {
        this.#ended(1006, '')
        return
      }
      this.readyState = 1
      server.sockets.add(this)
      this.onopen?.()
    })
  }

  send(data: Uint8Array): void {
    const bytes = data.slice()
    this.#later('up', () => this.readyState === 1 && this.#hear(bytes))
  }

  close(): void {
    this.readyState = 3
    this.#server.sockets.delete(this)
  }

  /** The network is gone; the page hears of it when it can. */
  cut(code = 1006): void {
    if (this.readyState === 3) return
    this.#server.sockets.delete(this)
    this.readyState = 3
    this.#later('down', () => this.onclose?.({ code, reason: '' }))
  }

  say(address: string, frame: Frame): void {
    if (this.isStuck(address)) return
    const data = encodeFrame(address, frame)
    this.#later('down', () => {
      if (this.readyState === 1) this.onmessage?.({ data: data.slice().buffer })
    })
  }

  sayBytes(bytes: Uint8Array): void {
    this.#later('down', () => this.onmessage?.({ data: bytes.slice().buffer }))
  }

  #ended(code: number, reason: string): void {
    this.readyState = 3
    this.onclose?.({ code, reason })
  }

  #hear(data: Uint8Array): void {
    const decoded = decodeFrame(data)
    if (decoded === null || this.isStuck(decoded.address)) return
    const { address, frame } = decoded
    const doc = this.#server.doc(nameOf(address))
    if (frame.type === 'token') {
      if (frame.token === 'bad') {
        this.say(address, { type: 'denied', reason: '4401 Sign in again.' })
        return
      }
      this.open.add(address)
      this.say(address, { type: 'authenticated', readOnly: false })
    }
    // As Hocuspocus does, which keeps them until somebody opens it; the link never sends them.
    if (!this.open.has(address)) return
    switch (frame.type) {
      case 'step-1':
        this.say(address, { type: 'step-1', stateVector: Y.encodeStateVector(doc) })
        this.say(address, { type: 'step-2', update: Y.encodeStateAsUpdate(doc, frame.stateVector) })
        return
      case 'step-2':
      case 'update':
        Y.applyUpdate(doc, frame.update)
        this.say(address, { type: 'sync-status', saved: true })
        if (frame.update.length > 2)
          this.#server.broadcast(nameOf(address), { type: 'update', update: frame.update })
        return
      case 'close':
        this.open.delete(address)
        this.say(address, { type: 'close', reason: 'closed' })
        return
      default:
        return
    }
  }

  /** In order, each way. What comes down waits for a tab that cannot run. */
  #later(way: 'up' | 'down', work: () => unknown): void {
    const lagMs = this.#server.random() * 20
    if (way === 'up') this.#up.deliver(lagMs, () => void work())
    else this.#down.deliver(lagMs, () => this.tab.run(work))
  }
}
