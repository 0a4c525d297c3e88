import * as Y from 'yjs'
import type { Item } from '../list/types.ts'
import type { LoadedDocument } from '../local/port.ts'
import { shareParts } from '../model/same.ts'
import type { Item as ModelItem } from '../model/types.ts'
import { ListView } from '../model/view.ts'
import { itemsOf } from '../replica/edit.ts'

/** Items of a list that is not open: what was read from the device, without the document behind it. */
export interface Mirror {
  readonly title: string
  readonly icon: string | null
  /** By order. */
  readonly items: readonly Item[]
  readonly trash: readonly Item[]
  readonly done: number
  /** Nothing of the list is on this device. */
  readonly isEmpty: boolean
}

/** Of a list about which the device knows nothing, or must not know anything any more. */
export const NOTHING_HERE: Mirror = Object.freeze({
  title: '',
  icon: null,
  items: Object.freeze([]),
  trash: Object.freeze([]),
  done: 0,
  isEmpty: true,
})

/**
 * What the device has of a list, the edits that wait included. What is as in `before` stays the same object. Nothing, for a row that
 * Yjs cannot read: who opens the list is told.
 */
export function readMirror({ base, pending, end }: LoadedDocument, before: Mirror | undefined): Mirror {
  if (end !== null || (base.length === 0 && pending.length === 0)) return NOTHING_HERE
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of base) Y.applyUpdate(doc, update)
      for (const { update } of pending) Y.applyUpdate(doc, update)
    })
    const waiting = new Set(pending.flatMap(({ changes }) => [...itemsOf(changes)]))
    const view = new ListView(doc)
    const known = new Map([...(before?.items ?? []), ...(before?.trash ?? [])].map((item) => [item.id, item]))
    const mirror = mirrorOf(view, (item) => {
      return shareParts(known.get(item.id), Object.freeze({ ...item, pending: waiting.has(item.id) }))
    })
    view.dispose()
    return mirror
  } catch {
    return NOTHING_HERE
  } finally {
    doc.destroy()
  }
}

/** What a list shows, as it is now. */
export function mirrorOf(view: ListView, show: (item: ModelItem) => Item): Mirror {
  const items = view.ids().flatMap((id) => {
    const item = view.item(id)
    return item === undefined ? [] : [show(item)]
  })
  return {
    title: view.list().title,
    icon: view.list().icon,
    items,
    trash: view.trash().map(show),
    done: items.filter((item) => item.done).length,
    isEmpty: false,
  }
}
