import type { Environment } from '../connection/port.ts'
import { sameElements } from '../list/screen.ts'
import type { Item, ListInfo } from '../list/types.ts'
import type { DeviceStore } from '../local/port.ts'
import { derived, tellAll } from '../replica/cell.ts'
import type { Across, AcrossView, Id, Readable } from '../types.ts'
import { keyOf, type Matcher, matcherOf } from './match.ts'
import type { Mirror } from './mirror.ts'
import { Mirrors } from './mirrors.ts'
import { type ListRows, rowsOf, type Source } from './rows.ts'

/** A tick in an open list is on its own screen at once; the views over all lists follow, many changes together. */
const GATHER_MS = 30
/** Who goes from one page to the next finds what has been read. */
const LINGER_MS = 10_000
/** A search makes a view for each letter. */
const MAX_VIEWS = 40

const NOTHING: Across = Object.freeze({ rows: Object.freeze([]), isComplete: false, missing: 0 })

export interface AcrossHost {
  readonly environment: Environment
  readonly store: Pick<DeviceStore, 'load'>
  /** All lists, in the order of the overview. */
  readonly lists: () => readonly ListInfo[]
  /** Whether the device has said which lists there are. */
  readonly isKnown: () => boolean
  /** Whether this list is not, or no longer, to be seen by this person. */
  readonly isOver: (id: Id) => boolean
  /** A list that is open here and has been read; null for any other. */
  readonly open: (id: Id) => OpenSource | null
  /** Another tab has renamed a list that is not open here. */
  readonly renamed: (id: Id, title: string) => void
  /** What a list that is not open shows now. */
  readonly seen: (id: Id, mirror: Mirror) => void
  /** By which ids this person goes in a list that is not open. */
  readonly meIn: (id: Id) => readonly Id[]
}

/** An open list, as far as views over all lists need it. */
export type OpenSource = Pick<Source, 'of' | 'version' | 'me' | 'isMe' | 'items' | 'trash' | 'show'> & {
  /** Everything at once, for when it is closed. */
  mirror(): Mirror
}

interface Seen {
  readonly readable: Readable<Across>
  watchers: number
  /** The lists that were on the screen when it was told last. */
  shown: ReadonlySet<Id>
}

/** Views over all lists: of open ones what is on their screen, of the others what the device has. */
export class AcrossLists {
  readonly #host: AcrossHost
  readonly #mirrors: Mirrors
  readonly #views = new Map<string, Seen>()
  readonly #listeners = new Set<() => void>()
  #version = 0
  #watchers = 0
  #cancelSoon: (() => void) | null = null
  #cancelDrop: (() => void) | null = null
  #isClosed = false

  constructor(host: AcrossHost) {
    this.#host = host
    this.#mirrors = new Mirrors({
      store: host.store,
      environment: host.environment,
      isOver: host.isOver,
      renamed: host.renamed,
      wanted: () => {
        if (!host.isKnown() || this.#isClosed) return []
        return host.lists().flatMap(({ id, ended }) => (ended || host.open(id) !== null ? [] : [id]))
      },
      read: (id, mirror) => {
        host.seen(id, mirror)
        this.#version += 1
        this.#soon()
      },
    })
  }

  items(view: AcrossView): Readable<Across> {
    const key = keyOf(view)
    const known = this.#views.get(key) ?? this.#see(matcherOf(view))
    // Last in the map: the one that was asked for longest ago goes first.
    this.#views.delete(key)
    this.#views.set(key, known)
    for (const [other, { watchers }] of this.#views) {
      if (this.#views.size <= MAX_VIEWS) break
      if (watchers === 0 && other !== key) this.#views.delete(other)
    }
    return known.readable
  }

  /** Anything of any list may have changed. Of a list that is over, nothing is shown from here on. */
  changed(): void {
    if (this.#isClosed) return
    this.#version += 1
    if (this.#watchers === 0) return
    this.#mirrors.sweep()
    const isOver = [...this.#views.values()].some(({ shown }) => [...shown].some(this.#host.isOver))
    if (isOver) this.#tell()
    else this.#soon()
  }

  /** What is on the device of a list that is not open here has changed. False: nobody looks, and it is not read for that. */
  expire(id: Id): boolean {
    this.#mirrors.expire(id)
    return this.#mirrors.isWanted
  }

  /** An open list is about to be closed. */
  keep(id: Id, open: OpenSource): void {
    if (this.#isClosed) return
    this.#mirrors.put(id, open)
  }

  /** Nothing is shown any more. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#version += 1
    this.#cancelSoon?.()
    this.#cancelDrop?.()
    this.#mirrors.drop()
    this.#tell()
  }

  #see(matcher: Matcher): Seen {
    let lists = new Map<Id, ListRows>()
    const compute = (): Across => {
      const { found, ...rest } = this.#compute(matcher, lists)
      lists = found
      seen.shown = new Set(rest.rows.map(({ listId }) => listId))
      return Object.freeze(rest)
    }
    const source = derived<Across>({
      version: () => this.#version,
      subscribe: (onChange) => {
        this.#listeners.add(onChange)
        return () => this.#listeners.delete(onChange)
      },
      compute,
      equal: isSame,
      serverSnapshot: NOTHING,
    })
    const seen: Seen = {
      watchers: 0,
      shown: new Set(),
      readable: {
        ...source,
        subscribe: (onChange) => {
          const stop = source.subscribe(() => onChange())
          seen.watchers += 1
          this.#watch(1)
          let isWatching = true
          return () => {
            stop()
            if (!isWatching) return
            isWatching = false
            seen.watchers -= 1
            this.#watch(-1)
          }
        },
      },
    }
    return seen
  }

  #compute(matcher: Matcher, before: ReadonlyMap<Id, ListRows>): Across & { found: Map<Id, ListRows> } {
    const found = new Map<Id, ListRows>()
    if (this.#isClosed) return { ...NOTHING, found }
    let isComplete = this.#host.isKnown()
    let missing = 0
    for (const info of this.#host.lists()) {
      if (info.ended) continue
      const source = this.#sourceOf(info)
      if (source === null) {
        isComplete = false
        continue
      }
      if (source.isMissing) missing += 1
      found.set(info.id, rowsOf(source, matcher, before.get(info.id)))
    }
    const rows = matcher.arrange([...found.values()].flatMap((list) => list.rows))
    return { rows: Object.freeze(rows), isComplete, missing, found }
  }

  /** Null: not read yet. */
  #sourceOf({ id, title, isNew }: ListInfo): (Source & { isMissing: boolean }) | null {
    const open = this.#host.open(id)
    if (open !== null) return { ...open, id, title, isMissing: false }
    const mirror = this.#mirrors.of(id)
    if (mirror === undefined) return null
    const ids = this.#host.meIn(id)
    return {
      id,
      title,
      of: mirror,
      version: 0,
      me: ids[0] ?? null,
      isMe: (one) => ids.includes(one),
      items: () => mirror.items,
      trash: () => mirror.trash,
      // They are the mirror's own, and have the mark already.
      show: (item) => item as Item,
      isMissing: mirror.isEmpty && !isNew,
    }
  }

  #watch(change: 1 | -1): void {
    this.#watchers += change
    if (this.#isClosed) return
    this.#cancelDrop?.()
    this.#cancelDrop = null
    if (this.#watchers > 0) {
      this.#mirrors.want()
      return
    }
    this.#cancelDrop = this.#host.environment.setTimer(() => {
      this.#cancelDrop = null
      this.#mirrors.drop()
      this.#views.clear()
      this.#version += 1
    }, LINGER_MS)
  }

  #soon(): void {
    if (this.#watchers === 0 || this.#isClosed) return
    this.#cancelSoon ??= this.#host.environment.setTimer(() => {
      this.#mirrors.want()
      this.#tell()
    }, GATHER_MS)
  }

  #tell(): void {
    this.#cancelSoon?.()
    this.#cancelSoon = null
    tellAll(this.#listeners)
  }
}

function isSame(a: Across, b: Across): boolean {
  return a.isComplete === b.isComplete && a.missing === b.missing && sameElements(a.rows, b.rows)
}
