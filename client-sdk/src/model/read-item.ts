import type { RawRecord } from './raw-record.ts'
import {
  birthOf,
  bornBy,
  latestStamp,
  readExtensions,
  readField,
  readFlagStamp,
  readMembers,
  readWritten,
} from './raw-record.ts'
import { ITEM_FIELDS as F } from './schema.ts'
import type { Item } from './types.ts'

/** What an item cannot know by itself. */
export interface ItemSurroundings {
  readonly notes: string
  /** The section to show it in, for the section it names. */
  section(named: string | null, parent: string | null): string | null
  /** The parent to show it under, for the parent it names. */
  parent(id: string, named: string | null): string | null
  isLabel(id: string): boolean
}

/** Being moved, removed or restored is not an edit; the order changes even when only a neighbour is moved. */
const NOT_EDITS = ['order', 'deleted']

/**
 * Reads whatever stands in the document as an item. Never throws; null when there is no usable creation record
 * (without title and order there is nothing to show), in which case the entries stay where they are.
 */
export function readItem(id: string, raw: RawRecord, around: ItemSurroundings): Item | null {
  const birth = birthOf(raw)
  if (birth === null) return null
  const title = readWritten(raw, birth, 'title', F.title)
  const order = readWritten(raw, birth, 'order', F.order)
  if (title === undefined || order === undefined) return null
  const parent = around.parent(id, readField(raw, birth, 'parent', F.parent))
  const completed = readFlagStamp(raw, birth, 'done', F.done)
  return Object.freeze({
    id,
    title,
    done: completed !== null,
    notes: around.notes,
    order,
    section: around.section(readField(raw, birth, 'section', F.section), parent),
    parent,
    due: readField(raw, birth, 'due', F.due),
    repeat: readField(raw, birth, 'repeat', F.repeat),
    remindAt: readField(raw, birth, 'remindAt', F.remindAt),
    assignees: Object.freeze(readMembers(raw, 'assignee')),
    labels: Object.freeze(readMembers(raw, 'label').filter((label) => around.isLabel(label))),
    priority: readField(raw, birth, 'priority', F.priority),
    quantity: readField(raw, birth, 'quantity', F.quantity),
    link: readField(raw, birth, 'link', F.link),
    created: bornBy(birth),
    changed: latestStamp(raw, birth, NOT_EDITS),
    completed,
    deleted: readFlagStamp(raw, birth, 'deleted', F.deleted),
    extensions: readExtensions(birth, raw.fields),
  })
}

/** The parent an item names, resolved or not. */
export function namedParent(raw: RawRecord): string | null {
  const birth = birthOf(raw)
  return birth === null ? null : readField(raw, birth, 'parent', F.parent)
}
