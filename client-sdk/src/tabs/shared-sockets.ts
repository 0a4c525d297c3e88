import { Machine } from '../connection/machine.ts'
import { HANDED_ON } from '../connection/own-codes.ts'
import type { Environment, SocketLike } from '../connection/port.ts'
import { LOST } from '../connection/wire.ts'
import { Guest } from './guest.ts'
import { initialRole, type Role, type RoleEffect, type RoleEvent, transition } from './role-machine.ts'
import { SharedSocket } from './shared-socket.ts'
import type { TabChannel, TabSharing } from './sharing-port.ts'
import { Trunk } from './trunk.ts'
import { Tunnel } from './tunnel.ts'
import { type LobbyMessage, parseLobby, type SharedNames, sharedNames } from './tunnel-messages.ts'
import type { Way, WayUser } from './way.ts'

/** A tab that opens its next socket soon stays what it is. */
const LINGER_MS = 5_000
/** A lock nobody else can hold comes at once; a browser that has not given it by now gives none. */
const REFUSED_MS = 5_000
/** Looked twice: of a tab that wakes up, the timer may come before the lock. */
const REFUSED_LOOKS = 2

export interface SharedSocketsOptions {
  readonly environment: Environment
  readonly sharing: TabSharing
  readonly url: string
  /** Server and person: tabs of others must not share. */
  readonly whose: string
}

/**
 * One socket for all tabs of a browser: whoever holds the lock has it, and carries the frames of the others.
 *
 * INVARIANTS
 * - At most one tab has a socket, but for the moment in which it changes hands, or as long as its tab cannot run.
 * - A tab uses its sockets as if each were one of its own; whose it is shows in nothing but its closing when it changes hands.
 * - What a tab has open at the server ends there when the tab does.
 */
export class SharedSockets {
  readonly #options: SharedSocketsOptions
  readonly #names: SharedNames
  readonly #machine: Machine<Role, RoleEvent, RoleEffect>
  readonly #lobby: TabChannel
  readonly #stopResting: () => void
  readonly #sockets = new Map<SharedSocket, Tunnel | null>()
  readonly #guests = new Map<string, Guest>()
  #trunk: Trunk | null = null
  /** What the others know this tab by; another one whenever it comes back. */
  #tab: string
  #sessions = 0
  /** This tab's own lock is held: others can see that it is there. */
  #isPresent = false
  #letGo: (() => void)[] = []
  #stopLinger: (() => void) | null = null

  constructor(options: SharedSocketsOptions) {
    this.#options = options
    this.#names = sharedNames(options.whose)
    this.#tab = this.#newName()
    this.#machine = new Machine(initialRole, transition, {
      run: (effect) => this.#run(effect),
      changed: () => {},
    })
    this.#lobby = options.sharing.channel(this.#names.lobby, (raw) => {
      const message = parseLobby(raw)
      if (message !== null) this.#hear(message)
    })
    this.#stopResting = options.sharing.onRest(() => this.#machine.dispatch({ type: 'rest' }))
  }

  get role(): Role['state'] {
    return this.#machine.state.state
  }

  open(): SocketLike {
    const socket: SharedSocket = new SharedSocket(() => {
      this.#sockets.delete(socket)
      this.#used()
    })
    this.#sockets.set(socket, null)
    this.#used()
    this.#machine.dispatch({ type: 'wanted' })
    this.#bind(socket)
    return socket
  }

  close(): void {
    this.#machine.dispatch({ type: 'close' })
    this.#stopLinger?.()
    this.#stopResting()
    this.#lobby.close()
  }

  #used(): void {
    if (this.#sockets.size > 0 || this.#guests.size > 0) {
      this.#stopLinger?.()
      this.#stopLinger = null
      return
    }
    this.#stopLinger ??= this.#options.environment.setTimer(() => {
      this.#stopLinger = null
      this.#machine.dispatch({ type: 'unwanted' })
    }, LINGER_MS)
  }

  #run(effect: RoleEffect): void {
    switch (effect.type) {
      case 'queue':
        this.#enter()
        return
      case 'steal':
        this.#askForSocket(true)
        return
      case 'let-go':
        for (const letGo of this.#letGo.splice(0)) letGo()
        this.#isPresent = false
        return
      case 'move-sockets':
        for (const socket of [...this.#sockets.keys()]) {
          if (socket.isOpen) socket.lose(HANDED_ON, '')
          else this.#bind(socket)
        }
        return
      case 'announce':
        this.#lobby.post({ type: 'leader', leader: this.#tab } satisfies LobbyMessage)
        return
      case 'lose':
        // A page at rest must not come back at once: it would wait for the lock, and be given it, asleep.
        this.#lose(effect.why === 'rest' ? LOST : HANDED_ON)
        return
    }
  }

  /** First this tab's own lock, so that whoever hears of it can also see when it is gone. */
  #enter(): void {
    const { sharing, environment } = this.#options
    // The lock of the one before was free for a moment, and who looked out for that and is frozen has it until they wake.
    this.#tab = this.#newName()
    const refused = (): void => {
      if (!this.#isPresent) this.#machine.dispatch({ type: 'refused' })
    }
    let stopTimer = (): void => {}
    const look = (left: number): void => {
      stopTimer = environment.setTimer(() => (left > 1 ? look(left - 1) : refused()), REFUSED_MS)
    }
    look(REFUSED_LOOKS)
    const granted = (): void => {
      stopTimer()
      if (this.role !== 'following') return
      this.#isPresent = true
      this.#askForSocket(false)
      for (const tunnel of this.#sockets.values()) tunnel?.knock()
    }
    this.#letGo.push(
      () => stopTimer(),
      sharing.locks.hold(this.#names.tabLock(this.#tab), { granted, refused }),
    )
  }

  #askForSocket(steal: boolean): void {
    const { locks } = this.#options.sharing
    const [stopTimer, tabLock, ...before] = this.#letGo
    for (const letGo of before) letGo()
    const holder = {
      granted: () => this.#machine.dispatch({ type: 'granted' }),
      lost: () => this.#machine.dispatch({ type: 'stolen' }),
      refused: () => this.#machine.dispatch({ type: 'refused' }),
    }
    const letGo = locks.hold(this.#names.socketLock, holder, steal ? 'steal' : undefined)
    this.#letGo = [stopTimer, tabLock, letGo].filter((one) => one !== undefined)
  }

  #lose(code: number): void {
    // The others first: they are to know that it was handed on, whatever this tab's own sockets are told.
    for (const guest of [...this.#guests.values()]) guest.end(HANDED_ON)
    for (const socket of [...this.#sockets.keys()]) socket.lose(code, '')
  }

  /** A socket that is still opening goes by what this tab is now. */
  #bind(socket: SharedSocket): void {
    if (!this.#sockets.has(socket)) return
    socket.goBy(null)
    const session = this.#newSession()
    const { role } = this
    if (role === 'leading' || role === 'alone') {
      this.#sockets.set(socket, null)
      socket.goBy(this.#branch(session, socket, true))
      return
    }
    const { sharing, environment } = this.#options
    const tunnel = new Tunnel({
      sharing,
      environment,
      names: this.#names,
      session,
      user: socket,
      ask: () => {
        if (this.#isPresent) this.#say({ type: 'open', tab: this.#tab, session })
      },
      withdraw: (except) => this.#say({ type: 'withdraw', session, except }),
      silent: () => this.#machine.dispatch({ type: 'silent' }),
    })
    this.#sockets.set(socket, tunnel)
    socket.goBy(tunnel)
    tunnel.knock()
  }

  #branch(session: string, user: WayUser, isOwn: boolean): Way {
    const { environment, url } = this.#options
    try {
      this.#trunk ??= new Trunk({
        environment,
        url,
        over: () => {
          this.#trunk = null
        },
      })
      return this.#trunk.branch(session, user, isOwn)
    } catch {
      // A forbidden address or an exhausted browser: as good as a connection that was lost at once.
      queueMicrotask(() => user.lost(LOST, 'The browser did not open a socket.'))
      return NOWHERE
    }
  }

  #hear(message: LobbyMessage): void {
    switch (message.type) {
      case 'leader':
        for (const tunnel of [...this.#sockets.values()]) tunnel?.announced(message.leader)
        return
      case 'open':
        if (this.role === 'leading') this.#receive(message.tab, message.session)
        return
      case 'withdraw':
        if (message.except !== this.#tab) this.#guests.get(message.session)?.end(LOST)
        return
    }
  }

  #receive(tab: string, session: string): void {
    const known = this.#guests.get(session)
    const { sharing } = this.#options
    const guest: Guest =
      known ??
      new Guest({
        sharing,
        names: this.#names,
        leader: this.#tab,
        tab,
        session,
        enter: (user) => this.#branch(session, user, false),
        over: () => {
          this.#guests.delete(session)
          this.#used()
        },
      })
    this.#guests.set(session, guest)
    this.#used()
    guest.answer()
  }

  #say(message: LobbyMessage): void {
    this.#lobby.post(message)
  }

  #newName(): string {
    return Math.floor(this.#options.environment.random() * 2 ** 48).toString(36)
  }

  #newSession(): string {
    this.#sessions += 1
    return `${this.#tab}-${this.#sessions}`
  }
}

const NOWHERE: Way = { buffered: 0, send: () => {}, leave: () => {} }
