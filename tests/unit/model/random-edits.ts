import {
  applyTracked,
  ModelError,
  type Plan,
  planAddComment,
  planAddItems,
  planAddLabel,
  planAddSection,
  planAssign,
  planInsertNotes,
  planLabel,
  planMoveItems,
  planMoveSection,
  planPurgeItems,
  planRemoveComment,
  planRemoveItems,
  planRemoveLabel,
  planRemoveSection,
  planRenameList,
  planReplaceNotes,
  planRestoreItems,
  planRestoreSection,
  planToggle,
  planUpdateItem,
} from '../../../client-sdk/src/model/index.ts'
import type { SeededRandom } from '../../support/seed.ts'
import type { Device } from './device.ts'

type Edit = (device: Device, random: SeededRandom) => Plan<unknown> | null

const EDITS: readonly Edit[] = [
  (d, r) =>
    planAddItems(d.view, d.context, [{ title: word(r), place: placeOf(d, r), notes: r.pick(['', word(r)]) }]),
  (d, r) =>
    planAddItems(
      d.view,
      d.context,
      Array.from({ length: 3 }, () => ({ title: word(r), priority: r.pick([0, 1, 3]) })),
    ),
  (d, r) =>
    on(d, r, (id) =>
      planUpdateItem(d.view, d.context, id, { title: word(r), quantity: r.pick([null, '2 kg']) }),
    ),
  (d, r) =>
    on(d, r, (id) =>
      planUpdateItem(d.view, d.context, id, { due: { date: '2024-03-01' }, repeat: 'FREQ=WEEKLY' }),
    ),
  (d, r) => on(d, r, (id) => planToggle(d.view, d.context, id)),
  (d, r) => on(d, r, (id) => planToggle(d.view, d.context, id)),
  (d, r) => on(d, r, (id) => planMoveItems(d.view, d.context, [id], placeOf(d, r))),
  (d, r) => on(d, r, (id) => planMoveItems(d.view, d.context, [id, r.pick(d.view.ids())], placeOf(d, r))),
  (d, r) => on(d, r, (id) => planAssign(d.view, d.context, id, { add: [word(r)], remove: [word(r)] })),
  (d, r) => on(d, r, (id) => planRemoveItems(d.view, d.context, [id])),
  (d, r) => pick(r, d.view.trash(), (item) => planRestoreItems(d.view, d.context, [item.id])),
  (d, r) => pick(r, d.view.trash(), (item) => planPurgeItems(d.view, d.context, [item.id])),
  (d, r) => on(d, r, (id) => planReplaceNotes(d.view, id, word(r) + word(r))),
  (d, r) => on(d, r, (id) => planInsertNotes(d.view, id, 0, word(r))),
  (d, r) => planAddSection(d.view, d.context, { title: word(r) }),
  (d, r) => pick(r, d.view.sections(), ({ id }) => planRemoveSection(d.view, d.context, id)),
  (d, r) => pick(r, d.view.sections(), ({ id }) => planMoveSection(d.view, d.context, id, { at: 'start' })),
  (d, r) => pick(r, [...sectionsEver(d)], (id) => planRestoreSection(d.view, d.context, id)),
  (d, r) => planAddLabel(d.view, d.context, { title: word(r) }),
  (d, r) => pick(r, d.view.labels(), ({ id }) => planRemoveLabel(d.view, d.context, id)),
  (d, r) =>
    pick(r, d.view.labels(), (label) =>
      on(d, r, (id) => planLabel(d.view, d.context, id, { add: [label.id] })),
    ),
  (d, r) => on(d, r, (item) => planAddComment(d.view, d.context, { item, body: word(r) })),
  (d, r) =>
    on(d, r, (id) => pick(r, d.view.comments(id), (one) => planRemoveComment(d.view, d.context, one.id))),
  (d, r) => planRenameList(d.view, d.context, word(r)),
]

/** One edit drawn at random, an undo or redo now and then. Returns whether anything was written. */
export function editAtRandom(device: Device, random: SeededRandom): boolean {
  device.now += random.int(3)
  if (random.int(12) === 0) return device.back(random.int(3) === 0 ? 'redo' : 'undo')
  try {
    const plan = random.pick(EDITS)(device, random)
    if (plan === null || plan.changes.length === 0) return false
    device.undo.push('edit', applyTracked(device.doc, plan.changes, device))
    return true
  } catch (error) {
    // Drawn at random, an item may be asked to go under itself, or a subtask into a foreign section.
    if (error instanceof ModelError && error.code === 'invalid') return false
    throw error
  }
}

function word(random: SeededRandom): string {
  return random.pick(['milk', 'bread', 'eggs', 'tea', 'jam', 'rice', 'salt', '🍎'])
}

function placeOf(device: Device, random: SeededRandom) {
  const id = device.view.ids().length === 0 ? null : random.pick(device.view.ids())
  const sections = device.view.sections()
  const section = sections.length === 0 ? null : random.pick(sections).id
  const places = [{ at: 'start' as const }, { at: 'end' as const, section }]
  if (id === null) return random.pick(places)
  return random.pick([...places, { before: id }, { after: id }, { at: 'end' as const, parent: id }])
}

function on(
  device: Device,
  random: SeededRandom,
  edit: (id: string) => Plan<unknown> | null,
): Plan<unknown> | null {
  return pick(random, device.view.ids(), edit)
}

function pick<T>(
  random: SeededRandom,
  from: readonly T[],
  edit: (one: T) => Plan<unknown> | null,
): Plan<unknown> | null {
  return from.length === 0 ? null : edit(random.pick(from))
}

function sectionsEver(device: Device): Set<string> {
  const keys = [...device.doc.getMap('sections').keys()]
  return new Set(keys.filter((key) => !key.includes('/')))
}
