import type { Item, ItemPatch, List, Readable } from '@tandem/client-sdk'
import { sameValue } from '@tandem/client-sdk/model'
import { fieldWords, shownValue } from '../../together/collision-words.ts'
import { messageOf } from '../../ui/message-of.ts'
import { toast } from '../../ui/toast-store.ts'
import { undoToast } from '../commands/undo-toast.ts'
import type { Deed } from './deeds.ts'
import { isContent, type Telling, thingsOf } from './tell.ts'

/** What a line of the history took away and the list does not hold today: one press makes it an edit of its own. */
export interface PutBack {
  /** Names it beside others: Put back “Oat milk”. */
  readonly words: string
  run(): void
}

const FIELDS = ['title', 'due', 'repeat', 'remindAt', 'priority', 'quantity', 'link'] as const
type Field = (typeof FIELDS)[number]
type Edits = Extract<Deed, { what: 'set' | 'collided' }>

/** Null: nothing was lost with it, or what was lost is there again. Whether this person may edit is asked elsewhere. */
export function putBackOf(deed: Deed, list: List, telling: Telling): PutBack | null {
  if (deed.what === 'deleted' && deed.kind === 'items') return restoring(deed, list, telling)
  if (deed.what !== 'set' && deed.what !== 'collided') return null
  const lost = lostIn(deed).filter((one) => isContent(one.value))
  if (deed.kind === 'items') return editing(deed, lost, { list, telling })
  const [only] = lost
  if (only === undefined || typeof only.value !== 'string') return null
  const act = acting(deed, { ...only, value: only.value }, list)
  return act === null ? null : offer(shownValue(deed.field, only.value, telling), act, { list, telling })
}

/** What `putBackOf` looks at. */
export function lookedAt(deed: Deed, list: List): readonly Pick<Readable<unknown>, 'subscribe'>[] {
  if (deed.what === 'deleted') return [list.items.trash]
  switch (deed.kind) {
    case 'items':
      return deed.ids.map((id) => list.items.item(id))
    case 'list':
      return [list.info]
    case 'sections':
      return [list.sections]
    case 'labels':
      return [list.labels]
    case 'comments':
      return []
  }
}

interface Lost {
  /** Empty for the list's own fields. */
  readonly id: string
  readonly value: unknown
}

interface Where {
  readonly list: List
  readonly telling: Telling
}

function lostIn(deed: Edits): readonly Lost[] {
  if (deed.what === 'collided') return [{ id: deed.ids[0] ?? '', value: deed.other.value }]
  if (deed.kind === 'list') return [{ id: '', value: deed.from[0] }]
  return deed.ids.map((id, at) => ({ id, value: deed.from[at] }))
}

function restoring(deed: Deed, list: List, telling: Telling): PutBack | null {
  const ids = deed.ids.filter((id) => itemIn(list, id)?.deleted != null)
  if (ids.length === 0) return null
  const shown = telling.history.these(thingsOf({ kind: 'items', ids }, telling))
  return offer(shown, () => list.items.restore(ids), { list, telling })
}

function editing({ field: name }: Edits, lost: readonly Lost[], { list, telling }: Where): PutBack | null {
  const field = FIELDS.find((one) => one === name)
  if (field === undefined) return null
  const missing = lost.filter(({ id, value }) => {
    const item = itemIn(list, id)
    return item?.deleted === null && !sameValue(item[field], value)
  })
  const [only] = missing
  if (only === undefined) return null
  const shown =
    missing.length === 1
      ? shownValue(field, only.value, telling)
      : telling.history.ofThings(
          fieldWords(field, telling),
          thingsOf({ kind: 'items', ids: missing.map(({ id }) => id) }, telling),
        )
  return offer(shown, () => restoreFields(list, field, missing), { list, telling })
}

function restoreFields(list: List, field: Field, lost: readonly Lost[]): void {
  const act = () => {
    for (const { id, value } of lost) list.items.update(id, { [field]: value } as ItemPatch)
  }
  if (lost.length === 1) act()
  else list.transact('Edit', act)
}

/** Null: it is there, or nothing is left that could have it. */
function acting(
  { kind, field }: Edits,
  { id, value }: Lost & { readonly value: string },
  list: List,
): (() => void) | null {
  if (kind === 'list') {
    const { title, icon } = list.info.getSnapshot()
    if (field === 'title') return title === value ? null : () => list.rename(value)
    return field !== 'icon' || icon === value ? null : () => list.setIcon(value)
  }
  if (kind === 'sections') {
    const section = list.sections.getSnapshot().find((one) => one.id === id)
    const isThere = section === undefined || section.title === value
    return field !== 'title' || isThere ? null : () => list.sections.rename(id, value)
  }
  const label = kind === 'labels' ? list.labels.getSnapshot().find((one) => one.id === id) : undefined
  if (label === undefined || (field !== 'title' && field !== 'color') || label[field] === value) return null
  return () => list.labels.update(id, { [field]: value })
}

function offer(shown: string, act: () => void, { list, telling: { history } }: Where): PutBack {
  return {
    words: history.putBackOf(shown),
    run: () => {
      try {
        undoToast(list, history.isBack(shown), act)
      } catch (error) {
        // Written by a later version, which allows more.
        toast(messageOf(error))
      }
    },
  }
}

function itemIn(list: List, id: string): Item | undefined {
  return list.items.item(id).getSnapshot()
}
