import { planDeleteNotes, planInsertNotes, planReplaceNotes } from '../model/plan-notes.ts'
import type { Id, Write } from '../types.ts'
import { anchorIn, findIn } from './anchor.ts'
import type { Desk, Task } from './desk.ts'
import type { Screen } from './screen.ts'
import type { TextHandle } from './types.ts'

/** The notes of one item, as text that several people may type into at once. */
export function createNotes(desk: Desk, screen: Screen, id: Id): TextHandle {
  const write = (plan: Task<void>['plan']): Write => {
    return desk.do({ label: 'Edit notes', right: 'edit', empty: undefined, plan })
  }
  return {
    ...screen.readable<string>([`item ${id}`], () => screen.view.item(id)?.notes ?? '', ''),
    insert: (at, text) => write((list) => planInsertNotes(list, id, at, text)),
    delete: (at, count) => write((list) => planDeleteNotes(list, id, at, count)),
    replace: (text) => write((list) => planReplaceNotes(list, id, text)),
    anchor: (at, leaning = 'before') => anchorIn(screen.note(id), at, leaning),
    find: (anchor) => findIn(screen.note(id), id, anchor),
  }
}
