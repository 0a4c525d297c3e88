import type { IncomingMessage, Server } from 'node:http'
import type { BusMessage, ListId, Seq, UserId } from '@tandem/persistence'
import type { WebSocket } from 'ws'
import type * as Y from 'yjs'
import { compareAll, heard, readEverything, sweep } from '../bus/hints.ts'
import { repeat } from '../socket/heartbeat.ts'
import { Places } from '../socket/places.ts'
import { Sockets } from '../socket/sockets.ts'
import { attachUpgrade } from '../socket/upgrade.ts'
import { ContentChecks } from './check.ts'
import { MissedCollisions } from './collisions.ts'
import { isSnapshotDue, ListDatabase } from './compaction.ts'
import { HubCore } from './core.ts'
import { Denial } from './denial.ts'
import type { HubDeps } from './deps.ts'
import { drain } from './drain.ts'
import { tandemExtension } from './hooks.ts'
import type { HowRead } from './openings.ts'
import { recheckEverybody } from './revoke.ts'
import type { Writer } from './rights.ts'
import { serverHold, serverRead, serverSubmit, serverWrite, type WriteOutcome } from './server-write.ts'
import { applySessionEnd, recheckSessions } from './sessions.ts'
import { TandemHocuspocus } from './tandem-hocuspocus.ts'
import { changeAccess } from './tell-changed.ts'
import { verifyRegularly } from './verification.ts'

export interface HubStats {
  readonly sockets: number
  readonly users: number
  /** Lists in memory. */
  readonly lists: number
  /** Edits judged and waiting for their commit. */
  readonly pendingAppends: number
  /** Received over all sockets and not yet processed. */
  readonly waitingBytes: number
  /** Open lists with missing or unreadable rows. */
  readonly damagedLists: number
}

/**
 * The sync core: sockets in, committed edits out.
 *
 * INVARIANTS
 * - No edit is applied, shown to anybody or acknowledged before the log has committed it.
 * - An edit that was refused is in no document, no log and no broadcast, and its sender is told why.
 * - Whatever is sent in, or thrown by a hook, the process lives on.
 */
export interface Hub {
  /** Answers upgrades to `/sync` on this server. */
  attach(httpServer: Server): void
  /** Takes over a socket that was opened elsewhere. */
  accept(socket: WebSocket, request: IncomingMessage): void
  /**
   * A change by the server itself, through the same gate and log. With an `opId` it is stored once, and a repeat gets the first
   * one's answer. Rejects `TandemError` when the list cannot be read.
   */
  write(listId: ListId, writer: Writer, plan: (doc: Y.Doc) => void, opId?: string): Promise<WriteOutcome>
  /** An update that a client wrote and sent by another way than a socket. Rejects as `write` does. */
  submit(listId: ListId, writer: Writer, update: Uint8Array): Promise<WriteOutcome>
  /** Looks at a list, which holds everything up to `upTo`; `look` must not change it. Rejects as `write` does. */
  read<T>(listId: ListId, look: (doc: Y.Doc, upTo: Seq) => T): Promise<T>
  /** Keeps the list in memory while `work` goes on, so that several reads and writes load it once. Rejects as `write` does. */
  hold<T>(listId: ListId, work: () => Promise<T>): Promise<T>
  /** Call when somebody was shown something of the list by request: it goes into the audit log. */
  noteReader(listId: ListId, userId: UserId, how?: HowRead): void
  /**
   * Call after a role was written: every open connection of this user to this list follows, on all nodes.
   * Resolves when those of this node have; never rejects.
   */
  accessChanged(listId: ListId, userId: UserId): Promise<void>
  /** The same for everybody: the list was deleted or restored, or a setting of it changed. */
  listAccessChanged(listId: ListId): Promise<void>
  /** Call after a session was ended (null: all of the user's): what was opened with it is closed, on all nodes. Never rejects. */
  endSessions(userId: UserId, sessionId: string | null): Promise<void>
  /** Asks every client of the list, on all nodes, to take the server's state afresh. */
  resync(listId: ListId, reason: string): void
  stats(): HubStats
  /** Lets edits in flight commit, leaves snapshots, sends everybody away; resolves at the deadline at the latest. */
  stop(deadlineMs: number): Promise<void>
}

const SYNC_PATH = '/sync'
const SWEEP_MS = 3_000
/** Longest that an edit stays unseen on another node whose announcement was never made. */
const COMPARE_MS = 20_000
/** The rest of the time is for what the server itself has still to write down. */
const DRAIN_SHARE = 0.9
const RETRY_AFTER_SECONDS = 5
// Hocuspocus' own idle rule closes clients that have nothing to say with a code that means "stop"; ours pings instead.
const NEVER_MS = 2_147_483_647

export function createHub(deps: HubDeps): Hub {
  const core = new HubCore(deps)
  const sockets = new Sockets(deps)
  const places = new Places(deps.limits.maxSocketsPerPlace)
  const placeOf = deps.placeOf ?? ((request) => request.socket.remoteAddress ?? '')
  const hocuspocus = createHocuspocus(core)
  core.openDirectly = (listId) => hocuspocus.openDirectConnection(listId)
  const { bus, log } = deps.storage
  const undo: (() => void)[] = [
    bus.subscribe((message) => receive(core, sockets, message)),
    bus.onGap(() => {
      deps.logger.info({}, 'bus.gap')
      void readEverything(core)
      void recheckEverybody(core)
      void recheckSessions(core, sockets)
    }),
    log.onHealth(({ state }) => {
      for (const room of core.rooms.all()) {
        room.tell({ type: 'storage', state: state === 'failing' ? 'failing' : 'recovered' })
      }
    }),
    repeat(deps.clock, SWEEP_MS, () => void sweep(core)),
    repeat(deps.clock, COMPARE_MS, () => void compareAll(core)),
    verifyRegularly(core),
    repeat(deps.clock, deps.limits.heartbeatMs, () => sockets.beat()),
  ]

  const accept = (socket: WebSocket, request: IncomingMessage): void => {
    sockets.add(socket, request.socket, (session) =>
      hocuspocus.handleConnection(session, plainRequest(), { session }),
    )
  }

  let stopping: Promise<void> | null = null
  const stop = async (deadlineMs: number): Promise<void> => {
    core.isDraining = true
    for (const one of undo) one()
    const endMs = core.elapsedMs() + deadlineMs
    await drain(core, sockets.open, deadlineMs * DRAIN_SHARE)
    const lastWords = Promise.all([core.occurrences.settled(), core.openings.close()])
    await core.within(Math.max(0, endMs - core.elapsedMs()), lastWords)
    core.announceNow()
  }

  return {
    attach(httpServer) {
      const detach = attachUpgrade(httpServer, {
        path: SYNC_PATH,
        maxFrameBytes: deps.limits.maxFrameBytes,
        allowedOrigins: deps.limits.allowedOrigins,
        refusal: (request) => upgradeRefusal(core, sockets, places.isFull(placeOf(request))),
        refused: (status) => {
          deps.metrics.count('tandem_sockets_refused_total', { code: String(status) })
          deps.logger.debug({ status }, 'socket.refused')
        },
        accept(socket, request) {
          const place = placeOf(request)
          places.entered(place)
          socket.once('close', () => places.left(place))
          accept(socket, request)
        },
      })
      undo.push(() => void httpServer.once('close', detach))
    },
    accept,
    write: (listId, writer, plan, opId) =>
      serverWrite(core, { listId, writer, plan, ...(opId === undefined ? {} : { opId }) }),
    submit: (listId, writer, update) => serverSubmit(core, { listId, writer, update }),
    read: (listId, look) => serverRead(core, { listId, look }),
    hold: (listId, work) => serverHold(core, listId, work),
    noteReader: (listId, userId, how = 'list.opened') => core.openings.noteReader({ listId, userId, how }),
    accessChanged(listId, userId) {
      bus.publish({ kind: 'access', listId, userId })
      return changeAccess(core, listId, userId)
    },
    listAccessChanged(listId) {
      bus.publish({ kind: 'list-access', listId })
      return changeAccess(core, listId, null)
    },
    async endSessions(userId, sessionId) {
      bus.publish({ kind: 'session-ended', userId, sessionId })
      applySessionEnd(core, sockets, { userId, sessionId })
    },
    resync(listId, reason) {
      receive(core, sockets, { kind: 'resync', listId, reason })
      bus.publish({ kind: 'resync', listId, reason })
    },
    stats: () => statsOf(core, sockets),
    stop: (deadlineMs) => {
      stopping ??= stop(deadlineMs)
      return stopping
    },
  }
}

function createHocuspocus(core: HubCore): TandemHocuspocus {
  const { deps } = core
  return new TandemHocuspocus({
    // In this order: what others add may look at a frame before we judge it, and cannot undo what we decided.
    extensions: [
      ...(deps.extensions ?? []),
      new ListDatabase(core),
      tandemExtension(core, { checks: new ContentChecks(core), missed: new MissedCollisions(core) }),
    ],
    configuration: {
      quiet: true,
      timeout: NEVER_MS,
      maxPendingDocuments: 10_000,
      maxUnauthenticatedQueueMessages: 10_000,
    },
    hookFailed(hook, error) {
      if (error instanceof Denial) return
      deps.metrics.count('tandem_hook_errors_total', { hook })
      deps.logger.error({ hook, error }, 'hook.failed')
    },
    // Hocuspocus forgets a document that failed to load, but leaves its timers running.
    loadFailed: (name) => core.rooms.get(name)?.document.destroy(),
    isStoreDue: (document) => {
      const room = core.rooms.get(document.name)
      return room !== undefined && isSnapshotDue(core, room)
    },
  })
}

function receive(core: HubCore, sockets: Sockets, message: BusMessage): void {
  switch (message.kind) {
    case 'updates':
      core.hasNeighbours = true
      heard(core, message.listId, message.seq)
      return
    case 'access':
      void changeAccess(core, message.listId, message.userId)
      return
    case 'list-access':
      void changeAccess(core, message.listId, null)
      return
    case 'session-ended':
      applySessionEnd(core, sockets, message)
      return
    case 'resync':
      core.deps.logger.info({ list: message.listId, reason: message.reason }, 'list.resync')
      core.rooms.get(message.listId)?.tell({ type: 'resync', reason: message.reason })
  }
}

function upgradeRefusal(core: HubCore, sockets: Sockets, isPlaceFull: boolean) {
  if (!core.isDraining && !sockets.isFull && !isPlaceFull) return null
  const full = sockets.isFull ? 'The server is full.' : 'Too many connections from your address.'
  const text = core.isDraining ? 'The server is restarting.' : full
  return { status: 503, retryAfterSeconds: RETRY_AFTER_SECONDS, text } as const
}

function statsOf(core: HubCore, sockets: Sockets): HubStats {
  let pendingAppends = 0
  let damagedLists = 0
  for (const room of core.rooms.all()) {
    pendingAppends += room.inFlight.size
    if (room.damage.length > 0) damagedLists += 1
  }
  return {
    sockets: sockets.open.size,
    users: sockets.users,
    lists: core.rooms.size,
    pendingAppends,
    waitingBytes: sockets.memory.waitingBytes,
    damagedLists,
  }
}

/** Hocuspocus parses the request's URL three times a frame for hooks that want its parameters; ours want nothing. */
function plainRequest(): Request {
  return Object.defineProperty(new Request('http://localhost/'), 'url', { value: '' })
}
