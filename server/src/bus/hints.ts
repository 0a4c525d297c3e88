import type { ListId } from '@tandem/persistence'
import { fewAtATime } from '../few-at-a-time.ts'
import type { HubCore } from '../room/core.ts'
import type { SyncClock } from '../room/deps.ts'
import type { Room } from '../room/room.ts'

/** Other nodes hear of an edit at most this much later; a busy server then sends a hundred messages a second and not thousands. */
const GATHER_MS = 8

/** Tells other nodes that lists have grown: each list once for all its edits of a moment, with its highest position. */
export class Announcer {
  private readonly publish: (listId: ListId, seq: number) => void
  private readonly clock: SyncClock
  private readonly due = new Set<Room>()

  constructor(clock: SyncClock, publish: (listId: ListId, seq: number) => void) {
    this.clock = clock
    this.publish = publish
  }

  announce(room: Room): void {
    if (this.due.size === 0) this.clock.setTimer(() => this.flush(), GATHER_MS)
    this.due.add(room)
  }

  flush(): void {
    for (const room of this.due) this.publish(room.listId, room.applied.known)
    this.due.clear()
  }
}

/** For how long after somebody else's edit a list is looked after in case the next hint is lost. */
const WATCH_MS = 60_000
/** Lists that are read at the same time after an interruption. */
const AT_ONCE = 4

/** Another node says that this list has grown to `seq`. */
export function heard(core: HubCore, listId: ListId, seq: number): void {
  const room = core.rooms.get(listId)
  if (room === undefined) return
  room.watchedUntilMs = core.deps.clock.now() + WATCH_MS
  room.applied.hear(seq)
  if (room.state === 'open' && room.applied.isBehind) void core.catchUp(room, 'hint')
}

/**
 * Looks for lists that are behind. An idle server asks the database nothing: only lists known to be behind are read, and
 * those whose hints may have been lost — recently busy on another node, or any while the bus is down.
 */
export async function sweep(core: HubCore): Promise<void> {
  const now = core.deps.clock.now()
  const isDeaf = core.hasNeighbours && core.deps.storage.bus.state() === 'disconnected'
  const due = [...core.rooms.all()].filter(
    (room) => room.state === 'open' && (room.applied.isBehind || isDeaf || room.watchedUntilMs > now),
  )
  await readAll(core, due, 'sweep')
}

/** One question to the database, and how long its answer may get. */
const LISTS_A_QUESTION = 1_000

/**
 * Compares all open lists with the log, a thousand a question.
 *
 * A node that dies between a commit and its announcement leaves the others with nothing to go by: no hint was lost that a
 * later one could show, and no connection was interrupted. Without this they would stay behind until the next edit.
 */
export async function compareAll(core: HubCore): Promise<void> {
  const rooms = [...core.rooms.all()].filter((room) => isAtRest(room))
  try {
    for (let from = 0; from < rooms.length; from += LISTS_A_QUESTION) {
      const some = rooms.slice(from, from + LISTS_A_QUESTION)
      const heads = await core.deps.storage.log.heads(some.map(({ listId }) => listId))
      for (const room of some) if (isAtRest(room)) room.applied.hear(heads.get(room.listId) ?? 0)
      await readAll(
        core,
        some.filter(({ applied }) => applied.isBehind),
        'compare',
      )
    }
  } catch (error) {
    core.logFailure({ error }, 'bus.failed')
  }
}

/** An edit in flight of one's own shows by its position whether any before it is missing. */
function isAtRest(room: Room): boolean {
  return room.state === 'open' && room.inFlight.size === 0
}

/** Hints were lost: every open list is compared with the log, a few at a time. */
export async function readEverything(core: HubCore): Promise<void> {
  await readAll(core, [...core.rooms.all()], 'gap')
}

async function readAll(core: HubCore, rooms: readonly Room[], cause: string): Promise<void> {
  await fewAtATime(AT_ONCE, rooms, async (room) => {
    if (room.state === 'open') await core.catchUp(room, cause)
  })
}
