import { planAddItems } from '../model/plan-add.ts'
import { planMoveItems } from '../model/plan-move.ts'
import { planPurgeItems, planRemoveItems, planRestoreItems } from '../model/plan-remove.ts'
import { planTick, planToggle } from '../model/plan-toggle.ts'
import { planAssign, planLabel, planUpdateItem } from '../model/plan-update.ts'
import { selectItems } from '../model/query.ts'
import type { ListChange } from '../model/view-types.ts'
import { ORIGIN } from '../replica/origin.ts'
import type { Id, Readable } from '../types.ts'
import type { Desk, Task } from './desk.ts'
import { createNotes } from './notes.ts'
import { type Screen, sameElements } from './screen.ts'
import { plainTitle } from './similar.ts'
import type { Item, ItemEvent, ItemInput, Items, TextHandle, View } from './types.ts'

const NONE: readonly never[] = Object.freeze([])
const ALL: View = {}
const OPEN: View = { done: false }

export function createItems(desk: Desk, screen: Screen): Items {
  const idsByView = new Map<string, Readable<readonly Id[]>>()
  const itemsById = new Map<Id, Readable<Item | undefined>>()
  const notesById = new Map<Id, TextHandle>()

  const edit = <T>(label: string, empty: T, plan: Task<T>['plan']) =>
    desk.do({ label, right: 'edit', empty, plan })

  const itemsOf = (view: View): readonly Item[] => {
    return selectItems(screen.view, view).flatMap((item) => screen.item(item.id) ?? [])
  }

  const toggle: Items['toggle'] = (ids, done) => {
    const all = listOf(ids)
    const label = done === false ? 'Reopen' : 'Tick'
    const one = (id: Id) =>
      desk.do<string | null>({
        label,
        right: 'tick',
        empty: null,
        // Who may only tick may not make the next occurrence; the server makes it for them.
        plan: (list, context) =>
          (desk.forbids('edit') === null ? planToggle : planTick)(list, context, id, done),
      })
    const [only] = all
    if (only !== undefined && all.length === 1) return { ...one(only), value: undefined }
    return desk.together(label, () => {
      for (const id of all) one(id)
    })
  }

  return {
    ids: (view = ALL) => {
      return remembered(idsByView, JSON.stringify(sorted(view)), () => {
        const isEverything = Object.keys(view).length === 0
        return screen.readable<readonly Id[]>(
          isEverything ? ['ids'] : ['ids', 'items'],
          () =>
            isEverything
              ? screen.view.ids()
              : Object.freeze(selectItems(screen.view, view).map((item) => item.id)),
          NONE,
          sameElements,
        )
      })
    },
    item: (id) => {
      return remembered(itemsById, id, () =>
        screen.readable<Item | undefined>([`item ${id}`], () => screen.item(id), undefined),
      )
    },
    select: <T>(
      view: View,
      compute: (items: readonly Item[]) => T,
      equal: (a: T, b: T) => boolean = Object.is,
    ) => {
      const onScreen = screen.readable<T>(['ids', 'items'], () => compute(itemsOf(view)), null as T, equal)
      let onServer: { readonly of: T } | null = null
      return {
        ...onScreen,
        getServerSnapshot: () => {
          onServer ??= { of: compute(NONE) }
          return onServer.of
        },
      }
    },
    trash: screen.readable<readonly Item[]>(
      ['trash', 'items'],
      () => Object.freeze(screen.view.trash().flatMap((item) => screen.item(item.id) ?? [])),
      NONE,
      sameElements,
    ),
    onEvent: (listener) => {
      return screen.onChange((change) => {
        for (const event of eventsOf(change, screen)) listener(event)
      })
    },

    add: (input) => {
      const write = edit<readonly Id[]>('Add', NONE, (list, context) => {
        return planAddItems(list, context, [inputOf(input)])
      })
      return { ...write, value: write.value[0] ?? '' }
    },
    addMany: (inputs) => {
      return edit<readonly Id[]>('Add', NONE, (list, context) => {
        return planAddItems(list, context, inputs.map(inputOf))
      })
    },
    similar: (title, view = OPEN) => {
      const plain = plainTitle(title)
      return plain === '' ? NONE : itemsOf(view).filter((item) => plainTitle(item.title) === plain)
    },
    update: (id, patch) =>
      edit('Edit', undefined, (list, context) => planUpdateItem(list, context, id, patch)),
    toggle,
    move: (ids, to) =>
      edit('Move', undefined, (list, context) => planMoveItems(list, context, listOf(ids), to)),
    assign: (id, change) =>
      edit('Assign', undefined, (list, context) => planAssign(list, context, id, change)),
    label: (id, change) => edit('Label', undefined, (list, context) => planLabel(list, context, id, change)),
    notes: (id) => remembered(notesById, id, () => createNotes(desk, screen, id)),
    remove: (ids) =>
      edit('Delete', undefined, (list, context) => planRemoveItems(list, context, listOf(ids))),
    restore: (ids) =>
      edit('Restore', undefined, (list, context) => planRestoreItems(list, context, listOf(ids))),
    purge: (ids) => {
      return edit('Delete for good', undefined, (list, context) => planPurgeItems(list, context, ids))
    },
  }
}

function* eventsOf(change: ListChange, screen: Screen): Generator<ItemEvent> {
  // What the device or another tab brings is this person's own, but happened elsewhere or earlier.
  const by = change.origin === ORIGIN.here ? 'here' : 'elsewhere'
  for (const [id, before] of change.items) {
    const wasThere = before !== undefined && before.deleted === null
    const now = screen.view.item(id)
    const isThere = now !== undefined && now.deleted === null
    if (!wasThere && isThere) yield { type: 'added', id, by }
    else if (wasThere && !isThere) yield { type: 'removed', id, by }
    else if (isThere) yield { type: 'updated', id, by }
  }
}

function listOf(ids: Id | readonly Id[]): readonly Id[] {
  return typeof ids === 'string' ? [ids] : ids
}

function inputOf(input: ItemInput | string): ItemInput {
  return typeof input === 'string' ? { title: input } : input
}

function sorted(view: View): [string, unknown][] {
  return Object.entries(view).sort(([a], [b]) => (a < b ? -1 : 1))
}

export function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make()
  known.set(key, made)
  return made
}
