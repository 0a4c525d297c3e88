import { AcrossLists } from '../across/across.ts'
import { openSource } from '../across/open-source.ts'
import { Ahead } from '../ahead/ahead.ts'
import type { Environment } from '../connection/port.ts'
import type { OpenList } from '../list/list.ts'
import type { Names } from '../list/names.ts'
import type { DeviceStore } from '../local/port.ts'
import type { Exchange, Exchanged } from '../polling/exchange.ts'
import type { TabMessage, TabRelay } from '../tabs/port.ts'
import type { Across, AcrossView, Id, Readable } from '../types.ts'
import type { Catalog } from './catalog.ts'
import { type Face, Faces } from './faces.ts'
import { KnownNames } from './known-names.ts'
import type { Page } from './page.ts'
import type { Request } from './request.ts'
import type { Shelf } from './shelf.ts'

/** After which words of another tab the device has something else of a list. */
const CHANGES_CONTENT: ReadonlySet<TabMessage['type']> = new Set([
  'update',
  'confirmed',
  'refused',
  'rebased',
  'fresh',
  'readmitted',
])

export interface EverywhereHost {
  readonly environment: Environment
  readonly store: DeviceStore
  readonly catalog: Catalog
  readonly shelf: Shelf
  readonly tabs: TabRelay
  readonly userId: () => Id | null
  readonly request: Request
  readonly page: Page
  readonly token: () => Promise<string | null>
  readonly exchange: Exchange
  /** Whether lists are brought here that nobody has open. */
  readonly keepAhead: boolean
}

/** What concerns all lists of this device, open or not: the views over them, and bringing them here. */
export interface Everywhere {
  /** What an overview shows of a list that is not open; null: not known. */
  face(id: Id): Face | null
  /** Reads what the device remembers. Never rejects. */
  load(): Promise<void>
  items(view: AcrossView): Readable<Across>
  readonly names: Readable<Readonly<Record<Id, Names>>>
  /** The people of an open list are called this, as far as the device remembers. */
  named(id: Id, names: Names): void
  /** An open list has changed, and has been quiet for a moment. */
  noted(id: Id, open: OpenList): void
  /** An open list is about to be closed. */
  closing(id: Id, open: OpenList): void
  /** The server has said which lists there are. */
  refreshed(): void
  /** Nothing of any list is shown any more, and nothing is brought. */
  close(): void
}

export function createEverywhere(host: EverywhereHost): Everywhere {
  const { environment, store, catalog, shelf, tabs } = host
  const isOver = (id: Id): boolean => {
    const end = shelf.endOf(id)
    return end === undefined ? !catalog.has(id) : end !== null
  }
  const faces = new Faces({
    environment,
    store,
    isExempt: (id) => shelf.opened(id) !== undefined || isOver(id),
    changed: () => shelf.overview.changed(),
  })
  const across = new AcrossLists({
    environment,
    store,
    isOver,
    lists: () => shelf.overview.lists.getSnapshot(),
    isKnown: () => catalog.isRead,
    open: (id) => openSource(shelf.opened(id)),
    seen: (id, mirror) => faces.read(id, mirror),
    renamed: (id, title) => catalog.renamed(id, title),
    meIn: (id) => [catalog.known(id).authorId, host.userId()].filter((one) => one !== null),
  })
  const expire = (id: Id): void => {
    if (!across.expire(id)) faces.expire(id)
  }
  const names = new KnownNames({ store, request: host.request, isOver })
  const brought = (id: Id, { role, authorId }: Exchanged, isWhole: boolean): void => {
    if (isOver(id)) return
    const syncedAt = isWhole ? environment.now() : null
    catalog.note(id, { title: null, role, syncedAt, collisionsUpTo: null, authorId })
    expire(id)
    tabs.post({ type: 'fresh', listId: id })
    // Never rejects.
    void names.ask(id)
  }
  const ahead = new Ahead({
    environment,
    store,
    heads: () => catalog.heads,
    isExempt: (id) => shelf.opened(id) !== undefined || isOver(id) || catalog.known(id).creating,
    isBusy: () => host.page.isHidden() || isSomethingUnderWay(shelf),
    brought,
    doubt: (id) => shelf.doubt(id),
    fetch: async (listId, stateVector) => {
      const token = await host.token().catch(() => null)
      if (token === null) return { type: 'lost' }
      return host.exchange({ listId, token, stateVector, seq: null, update: null, isAhead: true })
    },
  })
  const stop = shelf.overview.onChange(() => {
    across.changed()
    ahead.sweep(isOver)
    if (!catalog.isRead) return
    faces.sweep(isOver)
    names.listed()
    names.sweep()
  })
  const stopTabs = tabs.subscribe(({ type, listId }) => {
    if (CHANGES_CONTENT.has(type)) expire(listId)
    if (type === 'fresh') ahead.elsewhere(listId)
  })
  return {
    face: (id) => faces.of(id),
    load: () => faces.load(),
    items: (view) => across.items(view),
    names: names.readable,
    named: (id, learned) => names.learned(id, learned),
    noted: (id, { list }) => {
      const { icon, open, done } = list.info.getSnapshot()
      if (open !== null && done !== null) faces.see(id, { icon, open, done })
    },
    closing: (id, open) => {
      const source = openSource(open)
      if (source !== null) across.keep(id, source)
    },
    refreshed: () => {
      if (host.keepAhead) ahead.soon()
    },
    close: () => {
      stop()
      stopTabs()
      ahead.close()
      faces.close()
      names.close()
      across.close()
    },
  }
}

/** What people have open goes first; and a device that fails is left alone. */
function isSomethingUnderWay({ overview }: Shelf): boolean {
  const { standing } = overview.status.getSnapshot()
  return Object.values(standing).some(({ state, reason }) => {
    return state === 'loading' || state === 'saving' || reason === 'quota' || reason === 'storage-failed'
  })
}
