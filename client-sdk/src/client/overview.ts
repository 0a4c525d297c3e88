import type { Environment } from '../connection/port.ts'
import { type OpenList, sameFields } from '../list/list.ts'
import { sameElements } from '../list/screen.ts'
import type { ListInfo } from '../list/types.ts'
import { derived, tellAll } from '../replica/cell.ts'
import { rollUp } from '../replica/status.ts'
import type { ClientStatus, Id, ListStanding, Readable, Status, Unsubscribe } from '../types.ts'
import type { Catalog } from './catalog.ts'
import type { Face } from './faces.ts'

const NO_LISTS: readonly ListInfo[] = Object.freeze([])
const STARTING: ClientStatus = Object.freeze({
  summary: Object.freeze({ state: 'loading', from: 'device' }),
  lists: Object.freeze({}),
  standing: Object.freeze({}),
})
const UNKNOWN = { icon: null, open: null, done: null }
/** Nothing is open and nothing waits. */
const IDLE: Status = Object.freeze({ state: 'synced', at: 0 })

export interface OverviewHost {
  readonly environment: Environment
  readonly catalog: Catalog
  readonly slots: ReadonlyMap<Id, { readonly open: OpenList }>
  /** Whether the server does not have a list yet that was made here. */
  readonly isCreating: () => boolean
  /** What is known of a list that is not open; null: nothing. */
  readonly face: (id: Id) => Face | null
}

/** What a person sees of all their lists, open or not: a row for each, and one status for all of them. */
export class Overview {
  readonly lists: Readable<readonly ListInfo[]>
  readonly status: Readable<ClientStatus>
  readonly #host: OverviewHost
  /** Rows of lists that are not open: the same object until it says something else. */
  readonly #rows = new Map<Id, ListInfo>()
  readonly #listeners = new Set<() => void>()
  #version = 0
  #isKnown = false

  constructor(host: OverviewHost) {
    this.#host = host
    const source = {
      version: () => this.#version,
      subscribe: (onChange: () => void) => this.onChange(onChange),
    }
    this.lists = derived({
      ...source,
      compute: () => Object.freeze(this.#infos()),
      equal: sameElements,
      serverSnapshot: NO_LISTS,
    })
    this.status = derived({
      ...source,
      compute: () => this.#rollUp(),
      equal: sameStatus,
      serverSnapshot: STARTING,
    })
  }

  /** It is known which lists there are. */
  known(): void {
    this.#isKnown = true
  }

  /** Anything of any list has changed. */
  changed(): void {
    this.#version += 1
    tellAll(this.#listeners)
  }

  onChange(onChange: () => void): Unsubscribe {
    const listener = () => onChange()
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  forget(id: Id): void {
    this.#rows.delete(id)
  }

  #infos(): ListInfo[] {
    const { catalog, slots } = this.#host
    const open = [...slots].filter(([, { open }]) => open.replica.access.end === null)
    return [...new Set([...catalog.ids(), ...open.map(([id]) => id)])]
      .map((id) => slots.get(id)?.open.list.info.getSnapshot() ?? this.#row(id))
      .sort((a, b) => a.title.localeCompare(b.title) || (a.id < b.id ? -1 : 1))
  }

  #row(id: Id): ListInfo {
    const { title, role: given, creating, mine, end } = this.#host.catalog.known(id)
    const ended = end !== null
    const role = ended ? null : given
    const { icon, open, done } = (ended ? null : this.#host.face(id)) ?? UNKNOWN
    const row = Object.freeze({ id, title, icon, role, open, done, isNew: creating, ended, mine })
    const before = this.#rows.get(id)
    if (before !== undefined && sameFields(before, row)) return before
    this.#rows.set(id, row)
    return row
  }

  #rollUp(): ClientStatus {
    const statuses = [...this.#host.slots].map(
      ([id, { open }]) => [id, open.list.status.getSnapshot()] as const,
    )
    const standing = [...this.#host.slots].map(([id, { open }]) => [id, open.standing()] as const)
    const states = statuses.map(([id, status]): [Id, Status['state']] => [id, status.state])
    return Object.freeze({
      summary: rollUp(
        statuses.map(([, status]) => status),
        this.#whenNoneIsOpen(),
      ),
      lists: Object.freeze(Object.fromEntries(states)),
      standing: Object.freeze(Object.fromEntries(standing)),
    })
  }

  #whenNoneIsOpen(): Status {
    if (!this.#isKnown) return STARTING.summary
    if (!this.#host.isCreating()) return IDLE
    const lastSyncedAt = this.#host.environment.now()
    return { state: 'offline', pending: 0, stored: true, here: true, lastSyncedAt, backlog: 'none' }
  }
}

function sameStatus(a: ClientStatus, b: ClientStatus): boolean {
  const ids = Object.keys(a.lists)
  const isSameSummary = a.summary === b.summary || JSON.stringify(a.summary) === JSON.stringify(b.summary)
  if (!isSameSummary || ids.length !== Object.keys(b.lists).length) return false
  return ids.every((id) => a.lists[id] === b.lists[id]) && same(a.standing, b.standing)
}

function same(a: ClientStatus['standing'], b: ClientStatus['standing']): boolean {
  return Object.entries(a).every(([id, one]) => {
    const other = b[id]
    return (
      other !== undefined &&
      (Object.keys(one) as (keyof ListStanding)[]).every((key) => one[key] === other[key])
    )
  })
}
