import { setImmediate as turn } from 'node:timers/promises'
import {
  type Appended,
  type ListId,
  type NewUpdate,
  type Seq,
  type Storage,
  StorageError,
  type StoredRole,
  type UserId,
} from '@tandem/persistence'
import type { MemoryCluster } from '@tandem/persistence/memory'
import type { SeededRandom } from '../../support/seed.ts'

/** How a person stands in the list: null is nobody. */
export interface Standing {
  readonly role: StoredRole | null
  readonly authorId: string
}

/** An update that a node has judged and given to the log, with how its author may have stood as far as that node could know. */
export interface Handed {
  readonly order: number
  readonly actorId: UserId | null
  readonly standings: readonly Standing[]
  /** When its row was there. */
  storedAt: number
}

/** One server process, as the witness tells it from others. */
export interface Seat {
  questions: number
  isGone: boolean
}

/** A change of access that was committed and that some node need not have followed yet. */
interface Open {
  readonly userId: UserId
  readonly before: Standing
  readonly seat: Seat
}

/** What one commit changed, and who still has to hear of it. */
export interface Commit<T> {
  readonly answer: T
  /** The node on which it was made has said that its connections follow: from here on nothing old counts there. */
  followedBy(seat: Seat): void
  /** The other nodes have been told. They must follow as soon as they have the message and their questions are answered. */
  toldTo(seats: readonly Seat[]): void
  /** The node died before it could tell anybody: the others find out when they next look everybody up. */
  untold(withinMs: number): void
}

const MESSAGE_TURNS = 3

/**
 * Stands where the database is, and writes down in one order what was committed about people and what the nodes hand to the log.
 *
 * An update counts by how its author stood when it was handed over, or has stood before a change that its node need not have
 * followed yet. That is the whole allowance: on the node that made the change none once `accessChanged` has resolved, on the
 * others until the message and the answers to what they asked because of it are there.
 */
export class Witness {
  readonly handed = new Map<string, Handed>()
  /** What must never be, in words. */
  readonly faults: string[] = []
  readonly #cluster: MemoryCluster
  readonly #listId: ListId
  readonly #people: readonly UserId[]
  readonly #delays: SeededRandom
  readonly #seats = new Set<Seat>()
  #open = new Set<Open>()
  #order = 0

  constructor(o: {
    cluster: MemoryCluster
    listId: ListId
    people: readonly UserId[]
    delays: SeededRandom
  }) {
    this.#cluster = o.cluster
    this.#listId = o.listId
    this.#people = o.people
    this.#delays = o.delays
  }

  /** Moments, in the order they came. */
  now(): number {
    return ++this.#order
  }

  standing(userId: UserId): Standing {
    const list = this.#cluster.lists.get(this.#listId)
    const grant = list?.grants.find((one) => one.userId === userId && one.ended === null)
    if (list === undefined || list.deleted !== null || grant === undefined) {
      return { role: null, authorId: userId }
    }
    return { role: grant.role, authorId: (grant.isAnonymous ? grant.anonymousId : null) ?? userId }
  }

  owner(): UserId {
    const owners = this.#owners()
    if (owners.length !== 1) this.faults.push(`the list has ${owners.length} owners: ${owners.join()}`)
    const [first = this.#cluster.lists.get(this.#listId)?.ownerId] = owners
    if (first === undefined) throw new Error('There is no list')
    return first
  }

  /** A real database needs a moment, before it reads or writes and after; now and then a long one, in which much can happen. */
  async delay(): Promise<void> {
    const atMost = this.#delays.int(6) === 0 ? 80 : 4
    for (let turns = this.#delays.int(atMost); turns > 0; turns--) await turn()
  }

  /** `change` commits before its first `await`, as everything does in memory. */
  async commit<T>(change: () => Promise<T>): Promise<Commit<T>> {
    const before = this.#people.map((userId) => ({ userId, standing: this.standing(userId) }))
    const answering = change()
    const changed = before.filter(({ userId, standing }) => !isSame(standing, this.standing(userId)))
    this.owner()
    const opened = [...this.#seats].flatMap((seat) =>
      changed.map(({ userId, standing }) => ({ userId, before: standing, seat })),
    )
    for (const one of opened) this.#open.add(one)
    const close = (seat: Seat): void => {
      for (const one of opened) if (one.seat === seat) this.#open.delete(one)
    }
    return {
      answer: await answering,
      followedBy: close,
      toldTo: (seats) => {
        for (const seat of seats) void this.#answered(seat).then(() => close(seat))
      },
      untold: (withinMs) => {
        setTimeout(() => {
          for (const seat of this.#seats) close(seat)
        }, withinMs).unref()
      },
    }
  }

  /** For `MortalNodeOptions.between`. */
  seat(): { readonly seat: Seat; readonly between: (storage: Storage) => Storage } {
    const seat: Seat = { questions: 0, isGone: false }
    this.#seats.add(seat)
    return { seat, between: (storage) => this.#between(seat, storage) }
  }

  gone(seat: Seat): void {
    seat.isGone = true
    this.#seats.delete(seat)
    this.#open = new Set([...this.#open].filter((one) => one.seat !== seat))
  }

  rows(): { readonly seq: Seq; readonly opId: string; readonly data: Uint8Array }[] {
    const updates = this.#cluster.lists.get(this.#listId)?.updates ?? new Map()
    return [...updates.values()]
  }

  #between(seat: Seat, storage: Storage): Storage {
    const { log, directory, grants } = storage
    const asked = async <T>(question: () => Promise<T>): Promise<T> => {
      seat.questions += 1
      try {
        await this.delay()
        if (this.#cluster.outage !== null) {
          throw new StorageError('storage-unreachable', this.#cluster.outage)
        }
        const answer = await question()
        await this.delay()
        return answer
      } finally {
        seat.questions -= 1
      }
    }
    return {
      ...storage,
      log: { ...log, append: (update) => this.#append(seat, log, update) },
      directory: {
        ...directory,
        find: (listId, userId) => asked(() => directory.find(listId, userId)),
      },
      grants: {
        ...grants,
        ended: (listId, userId) => asked(() => grants.ended(listId, userId)),
        members: (listId) => asked(() => grants.members(listId)),
      },
    }
  }

  async #append(seat: Seat, log: Storage['log'], update: NewUpdate): Promise<Appended> {
    const { actorId, opId } = update
    const known = [...this.#open].filter((one) => one.seat === seat && one.userId === actorId)
    const now = actorId === null ? [] : [this.standing(actorId)]
    const standings = [...now, ...known.map(({ before }) => before)]
    const handed = { order: this.now(), actorId, standings, storedAt: Number.POSITIVE_INFINITY }
    // The same operation again is the first one's row.
    if (!this.handed.has(opId)) this.handed.set(opId, handed)
    const appended = await log.append(update)
    handed.storedAt = this.now()
    return appended
  }

  async #answered(seat: Seat): Promise<void> {
    for (let turns = 0; turns < MESSAGE_TURNS; turns++) await turn()
    while (seat.questions > 0 && !seat.isGone) await turn()
    await turn()
  }

  #owners(): UserId[] {
    const grants = this.#cluster.lists.get(this.#listId)?.grants ?? []
    return grants.flatMap(({ role, ended, userId }) => (role === 'owner' && ended === null ? [userId] : []))
  }
}

function isSame(a: Standing, b: Standing): boolean {
  return a.role === b.role && a.authorId === b.authorId
}
