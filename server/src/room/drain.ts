import { CLOSE } from '@tandem/client-sdk/protocol'
import { fewAtATime } from '../few-at-a-time.ts'
import type { SocketAdapter } from '../socket/socket-adapter.ts'
import { compactBeforeUnload } from './compaction.ts'
import type { HubCore } from './core.ts'
import type { Room } from './room.ts'

/** Clients come back over this many seconds, so that the next server is not met by all of them at once. */
const SPREAD_SECONDS = 5
const SNAPSHOTS_AT_ONCE = 4

/**
 * Lets go of everything in the order that loses nothing: stop reading, let edits in flight commit and be acknowledged,
 * leave snapshots behind, then send everybody away with a delay. Returns when done or at the deadline; never hangs on
 * a database that is away, because what is not committed was not acknowledged.
 */
export async function drain(
  core: HubCore,
  sockets: ReadonlySet<SocketAdapter>,
  deadlineMs: number,
): Promise<void> {
  const endMs = core.elapsedMs() + deadlineMs
  const remaining = (share: number): number => Math.max(0, (endMs - core.elapsedMs()) * share)
  for (const socket of sockets) socket.hold()
  await core.within(remaining(0.6), edits(core))
  await core.within(remaining(0.8), snapshots(core))
  let index = 0
  for (const socket of sockets) {
    socket.close(CLOSE.draining, `${1 + (index % SPREAD_SECONDS)}: draining`)
    index += 1
  }
  await core.within(remaining(1), gone(core, sockets))
  for (const socket of sockets) socket.terminate()
  core.isStopped = true
}

async function edits(core: HubCore): Promise<void> {
  const queues = [...core.rooms.all()].flatMap((room) =>
    room.document.getConnections().map((connection) => connection.waitForPendingMessages()),
  )
  await Promise.all([...queues, ...[...core.rooms.all()].map((room) => room.departing.gone())])
  await Promise.all([...core.rooms.all()].map((room) => room.inFlight.idle()))
}

async function snapshots(core: HubCore): Promise<void> {
  await fewAtATime(SNAPSHOTS_AT_ONCE, [...core.rooms.all()], (room) => compactBeforeUnload(core, room))
}

/** No socket is open, and no list is on its way out of memory: the last of its clients may have left just now. */
function gone(core: HubCore, sockets: ReadonlySet<SocketAdapter>): Promise<void> {
  const isLeaving = (room: Room): boolean =>
    room.state === 'open' && room.inFlight.size === 0 && room.departing.size === 0
  return new Promise((resolve) => {
    const look = (): void => {
      if (sockets.size === 0 && ![...core.rooms.all()].some(isLeaving)) resolve()
      else core.deps.clock.setTimer(look, 10)
    }
    look()
  })
}
