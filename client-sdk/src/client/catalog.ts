import type { Environment } from '../connection/port.ts'
import { ClientError } from '../errors.ts'
import type { Known } from '../list/list.ts'
import type { Mine } from '../list/types.ts'
import type { DeviceStore, StoredEnd, StoredList, StoredView } from '../local/port.ts'
import { ROLES, type Role } from '../protocol/messages.ts'
import type { Id } from '../types.ts'
import type { Api } from './api.ts'
import { ListRows } from './list-rows.ts'
import { AS_IT_IS, readMine } from './mine.ts'

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000

export interface CatalogHost {
  readonly store: DeviceStore
  readonly api: Api
  readonly environment: Environment
  /** The title a new list has by now; it may have been renamed before it reached the server. */
  readonly titleNow: (id: Id) => string | null
  /** How access to an open list has ended, null when it has not; undefined for one that is not open here. */
  readonly endOf: (id: Id) => StoredEnd | null | undefined
  /** What is known of this list, or which lists are known, has changed. */
  readonly changed: (id: Id | null) => void
  /**
   * What the server's account of the lists says of this one does not fit what is known here: it is not named, or it is named and access
   * has ended. Only the list itself can tell; absence alone ends nothing.
   */
  readonly doubt: (id: Id) => void
  /** The server has said which lists there are, and how far they are. */
  readonly refreshed: () => void
  readonly onError: (error: ClientError) => void
}

/** What an open list has learned about itself; null: nothing. */
export interface News {
  readonly title: string | null
  readonly role: Role | null
  readonly syncedAt: number | null
  readonly collisionsUpTo: number | null
  readonly authorId: Id | null
}

interface Entry {
  readonly stored: StoredList
  /** Why the server does not take a list made here; tried again on `resume`. */
  readonly createRefused: string | null
  /** Access has ended, and the person has not let go of it yet. */
  readonly end: StoredEnd | null
}

/**
 * Which lists there are: those on this device, those the server names, and new ones on their way to it.
 *
 * A list made offline is sent until the server has it, under the id it was made with, so that asking twice makes one list.
 */
export class Catalog {
  readonly #host: CatalogHost
  readonly #entries = new Map<Id, Entry>()
  readonly #creating = new Map<Id, Promise<void>>()
  readonly #made = new Map<Id, { resolve(): void; reject(error: ClientError): void }>()
  readonly #rows: ListRows
  readonly #heads = new Map<Id, number>()
  /** Which lists the server named last, less those that have ended since; null: it has not been asked in this session. */
  #named: Set<Id> | null = null
  #isLoaded = false
  /** The device could not be read. Its lists are opened without what it knows of them. */
  #isUnreadable = false
  #attempt = 0
  #cancelRetry: (() => void) | null = null
  #closed = false

  constructor(host: CatalogHost) {
    this.#host = host
    this.#rows = new ListRows({
      store: host.store,
      environment: host.environment,
      now: (id) => this.#entries.get(id)?.stored,
      changed: (id) => this.#changed(id),
      onError: host.onError,
    })
  }

  known(id: Id): Known {
    const { isRead } = this
    const stored = this.#entries.get(id)?.stored
    if (stored === undefined) {
      const nothing = { title: '', role: null, syncedAt: null, collisionsUpTo: null, mine: AS_IT_IS }
      return { ...nothing, isRead, creating: false, deviceFailure: null, authorId: null, end: null }
    }
    const { title, role, creating, syncedAt, collisionsUpTo = null, mine = AS_IT_IS } = stored
    const { authorId = null } = stored
    const end = this.#entries.get(id)?.end ?? null
    // Of a list the server has, the row is a convenience: the next connection brings it again.
    const deviceFailure = creating ? this.#rows.failureOf(id) : null
    const known = ROLES.find((name) => name === role) ?? null
    return {
      title,
      role: known,
      isRead,
      creating,
      syncedAt,
      collisionsUpTo,
      mine,
      deviceFailure,
      authorId,
      end,
    }
  }

  createRefused(id: Id): string | null {
    return this.#entries.get(id)?.createRefused ?? null
  }

  /** Whether the device has been asked which lists there are. */
  get isRead(): boolean {
    return this.#isLoaded || this.#isUnreadable
  }

  /** How far the logs of the lists are that the server named last. */
  get heads(): ReadonlyMap<Id, number> {
    return this.#heads
  }

  /** Whether it is a list of this person's: not one whose access has ended. */
  has(id: Id): boolean {
    return this.#entries.get(id)?.end === null
  }

  ids(): Id[] {
    return [...this.#entries.keys()]
  }

  async #read() {
    const { store } = this.#host
    const [lists, ends] = await Promise.all([store.lists(), store.ends()])
    // Once more: another page may have died half way, or written after the list was locked. Lists that are open do it themselves.
    const unopened = ends.filter(({ id }) => this.#host.endOf(id) === undefined)
    await Promise.all(unopened.map(({ id, end }) => store.endList(id, end)))
    return [lists, ends] as const
  }

  /** What the device remembers, beside what has been learned before it could be read. Rejects when it cannot be read. */
  async load(): Promise<void> {
    const [lists, ends] = await this.#read().catch((cause: unknown) => {
      this.#isUnreadable = true
      throw cause
    })
    const learned = [...this.#entries.values()].map(({ stored }) => stored)
    this.#isLoaded = true
    for (const stored of lists) {
      if (this.#entries.get(stored.id)?.stored.creating === true) continue
      this.#entries.set(stored.id, {
        stored: { ...stored, mine: readMine(stored.mine) },
        createRefused: null,
        end: this.#entries.get(stored.id)?.end ?? null,
      })
    }
    for (const { id, end } of ends) if (this.#host.endOf(id) !== null) this.ended(id, end)
    for (const { id, title, role, ...news } of learned) {
      const before = this.#entries.get(id)?.stored
      const syncedAt = news.syncedAt ?? before?.syncedAt ?? null
      this.#put({
        ...before,
        ...news,
        id,
        title: title || before?.title || '',
        role: role || before?.role || '',
        syncedAt,
      })
    }
    this.#changed(null)
    this.createAll()
  }

  /** A new list. `confirmed` settles when the server has it, or refuses it for the first time; the device write is issued in this tick. */
  create(id: Id, title: string): { stored: Promise<void>; confirmed: Promise<void> } {
    const stored: StoredList = { id, title, role: 'owner', creating: true, syncedAt: null }
    this.#entries.set(id, { stored, createRefused: null, end: null })
    const confirmed = new Promise<void>((resolve, reject) => this.#made.set(id, { resolve, reject }))
    confirmed.catch(() => {})
    const written = this.#rows.write(stored)
    this.#changed(null)
    this.createAll()
    return { stored: written, confirmed }
  }

  /** Remembers what an open list has learned about itself. */
  note(id: Id, news: News): void {
    const before = this.#entries.get(id)?.stored
    const { collisionsUpTo, authorId } = news
    const stored: StoredList = {
      ...before,
      id,
      title: news.title ?? before?.title ?? '',
      role: news.role ?? before?.role ?? '',
      creating: before?.creating ?? false,
      syncedAt: news.syncedAt ?? before?.syncedAt ?? null,
      ...(collisionsUpTo === null ? {} : { collisionsUpTo }),
      ...(authorId === null ? {} : { authorId }),
    }
    this.#put(stored)
  }

  /** Another tab has renamed it, and written it down. */
  renamed(id: Id, title: string): void {
    const entry = this.#entries.get(id)
    if (entry === undefined || entry.stored.title === title) return
    this.#entries.set(id, { ...entry, stored: { ...entry.stored, title } })
    this.#changed(id)
  }

  /** Access to a list has ended; the list itself, or another tab, has noted it on the device. */
  ended(id: Id, end: StoredEnd): void {
    const entry = this.#entries.get(id)
    const stored = entry?.stored ?? { id, title: '', role: '', creating: false, syncedAt: null }
    this.#entries.set(id, { stored, createRefused: null, end })
    this.#named?.delete(id)
    this.#changed(id)
  }

  /** Access was given again. */
  readmitted(id: Id): void {
    const entry = this.#entries.get(id)
    if (entry === undefined || entry.end === null) return
    this.#entries.set(id, { ...entry, end: null })
    this.#changed(id)
  }

  /** The person has let go of it, and it is on the device no more. */
  forget(id: Id): void {
    this.#rows.forget(id)
    if (this.#entries.delete(id)) this.#changed(null)
  }

  /** Arranges a list for this person; null for a list that is not known. The device write is issued in this tick. */
  arrange(id: Id, change: Partial<Mine>): { mine: Mine; stored: Promise<void> } | null {
    const entry = this.#entries.get(id)
    if (entry === undefined) return null
    const mine = Object.freeze({ ...AS_IT_IS, ...entry.stored.mine, ...change })
    const stored = { ...entry.stored, mine }
    this.#entries.set(id, { ...entry, stored })
    const written = this.#rows.write(stored)
    this.#changed(id)
    return { mine, stored: written }
  }

  /** Another tab has arranged a list, and written it down. */
  arranged(id: Id, mine: StoredView): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    this.#entries.set(id, { ...entry, stored: { ...entry.stored, mine: readMine(mine) } })
    this.#changed(id)
  }

  /** Takes the server's account of the lists. Lists it does not name stay, until they themselves say that access has ended. */
  async refresh(): Promise<void> {
    const answer = await this.#host.api.lists()
    if (this.#closed || answer.outcome !== 'ok') return
    this.#heads.clear()
    for (const { id, title, role, seq } of answer.value) {
      if (seq !== null) this.#heads.set(id, seq)
      const before = this.#entries.get(id)?.stored
      if (before?.creating === true) continue
      this.#put({ syncedAt: null, ...before, id, title, role, creating: false })
    }
    this.#doubt(new Set(answer.value.map(({ id }) => id)))
    this.#changed(null)
    this.#host.refreshed()
  }

  /** Offers every list that the server does not have yet, those it refused before too. */
  createAll(): void {
    this.#cancelRetry?.()
    this.#cancelRetry = null
    for (const [id, { stored }] of this.#entries) {
      if (!stored.creating || this.#creating.has(id) || this.#closed) continue
      const creating = this.#create(id).finally(() => this.#creating.delete(id))
      this.#creating.set(id, creating)
    }
  }

  close(): void {
    this.#closed = true
    this.#cancelRetry?.()
    this.#rows.close()
    for (const made of this.#made.values()) made.reject(new ClientError('closed'))
  }

  /** Once for each answer that is news: one that goes on missing, or goes on being named, is not asked for ever. */
  #doubt(named: Set<Id>): void {
    const before = this.#named
    this.#named = named
    for (const [id, { stored, end }] of this.#entries) {
      const isNews = before === null || before.has(id) !== named.has(id)
      if (isNews && !stored.creating && named.has(id) === (end !== null)) this.#host.doubt(id)
    }
  }

  async #create(id: Id): Promise<void> {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    const title = this.#host.titleNow(id) ?? entry.stored.title
    const answer = await this.#host.api.create({ id, title })
    if (this.#closed) return
    // As it is by now: it may have been renamed or arranged while the server was asked.
    const now = this.#entries.get(id) ?? entry
    if (answer.outcome === 'ok') {
      this.#attempt = 0
      this.#entries.set(id, { ...now, createRefused: null })
      this.#put({ ...now.stored, role: answer.value.role, creating: false })
      this.#made.get(id)?.resolve()
      this.#made.delete(id)
      this.#changed(id)
      return
    }
    if (answer.outcome === 'unreachable' || answer.status === 401) {
      this.#retryLater()
      return
    }
    this.#entries.set(id, { ...now, createRefused: answer.message })
    const error = new ClientError('create-refused', answer.message)
    this.#made.get(id)?.reject(error)
    this.#made.delete(id)
    this.#host.onError(error)
    this.#changed(id)
  }

  #retryLater(): void {
    if (this.#cancelRetry !== null) return
    const { environment } = this.#host
    const full = Math.min(FIRST_RETRY_MS * 2 ** this.#attempt, LONGEST_RETRY_MS)
    this.#attempt += 1
    const wait = full * (0.75 + environment.random() / 2)
    this.#cancelRetry = environment.setTimer(() => this.createAll(), wait)
  }

  #put(stored: StoredList): void {
    const before = this.#entries.get(stored.id)
    if (before !== undefined && same(before.stored, stored)) return
    const { createRefused = null, end = null } = before ?? {}
    this.#entries.set(stored.id, { stored, createRefused, end })
    // Not over a row that has not been read: there may be more in it.
    if (this.#isLoaded) this.#rows.write(stored)
    this.#changed(stored.id)
  }

  #changed(id: Id | null): void {
    if (!this.#closed) this.#host.changed(id)
  }
}

function same(a: StoredList, b: StoredList): boolean {
  if (Object.keys(a).length !== Object.keys(b).length) return false
  return (Object.keys(a) as (keyof StoredList)[]).every((field) => Object.is(a[field], b[field]))
}
