import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { UserId } from '@tandem/persistence'
import type { WebSocket } from 'ws'
import type { HubDeps } from '../room/deps.ts'
import { InboundMemory } from './inbound-memory.ts'
import type { FrameSink, Lane } from './lane.ts'
import { RememberedTokens } from './session.ts'
import { SocketAdapter } from './socket-adapter.ts'
import { Visitors } from './visitors.ts'

/** The open sockets of this process. */
export class Sockets {
  readonly open = new Set<SocketAdapter>()
  private readonly deps: HubDeps
  readonly memory: InboundMemory
  private readonly visitors: Visitors
  private readonly tokens = new Set<RememberedTokens>()

  constructor(deps: HubDeps) {
    this.deps = deps
    this.memory = new InboundMemory(deps.limits.maxWaitingBytes, deps.clock)
    this.visitors = new Visitors(deps.limits.maxSocketsPerUser)
  }

  get users(): number {
    return this.visitors.users
  }

  get isFull(): boolean {
    return this.open.size >= this.deps.limits.maxSockets
  }

  add(socket: WebSocket, stream: Duplex, connect: (lane: Lane) => FrameSink): void {
    const { limits, clock, logger, authenticate } = this.deps
    const id = randomUUID()
    const users = new Set<UserId>()
    const tokens = new RememberedTokens(authenticate, clock)
    const adapter = new SocketAdapter(socket, stream, {
      id,
      limits,
      clock,
      logger,
      memory: this.memory,
      identify: (token) => tokens.identify(token),
      admit: (userId) => {
        // Asked after the token was checked, and by then the socket may have closed: nobody would take it off the count.
        const isAdmitted = this.open.has(adapter) && this.visitors.admit(userId, id)
        if (isAdmitted) users.add(userId)
        return isAdmitted
      },
      closed: () => {
        this.open.delete(adapter)
        this.tokens.delete(tokens)
        this.visitors.left(id, users)
      },
    })
    this.open.add(adapter)
    this.tokens.add(tokens)
    adapter.connect(connect)
    logger.debug({ socket: id }, 'socket.opened')
  }

  /** A session has ended, and with it tokens that were fine a moment ago: each is asked about again when it is shown again. */
  forgetTokens(): void {
    for (const tokens of this.tokens) tokens.forget()
  }

  /** Cuts connections that did not answer since the last beat. */
  beat(): void {
    for (const adapter of this.open) adapter.beat()
  }
}
