import { ClientError } from '../errors.ts'
import { withList } from '../hold.ts'
import type { List } from '../list/types.ts'
import type { Client, Id } from '../types.ts'
import { branchesOf, contentOf } from './content-of.ts'
import { addContent, ensureEditable } from './land.ts'
import type { Content } from './types.ts'

export interface Moved {
  readonly toId: Id
  readonly toTitle: string
  /** Of the items in their new list; others than before. */
  readonly ids: readonly Id[]
  /** How many comments stay with what is now in the old list's trash. */
  readonly comments: number
  /** Takes back both sides. Each side is also an undo step of its own list. */
  undo(): Promise<void>
}

/**
 * Moves items, with their subtasks, to another list: copied there, then put into the trash here, so that a crash between the two
 * leaves both and never neither. Works offline. Rejects with `not-allowed`, and changes nothing, when either list may not be edited.
 */
export async function moveToList(client: Client, from: List, ids: readonly Id[], toId: Id): Promise<Moved> {
  if (toId === from.id) throw new ClientError('invalid', 'The items are in that list already.')
  ensureEditable(from)
  return withList(client, toId, (to) => {
    // Not before: while the other list was read, the items, and what may be done to them, may have become others.
    for (const list of [from, to]) ensureEditable(list)
    const branches = branchesOf(from, ids)
    const content = contentOf(from, ids)
    const moving = branches.map(({ item }) => item.id)
    const comments = moving.reduce((sum, id) => sum + from.comments.on(id).getSnapshot().length, 0)
    const people = { ...client.names.getSnapshot()[toId], ...to.names.getSnapshot() }
    const mayAssign = (userId: Id): boolean => Object.hasOwn(people, userId) || userId === to.me.getSnapshot()
    const { value } = addContent(to, usedOnly(content, to), { label: 'Move here', mayAssign })
    // The subtasks go with their items.
    const tops = branches.filter(({ parent }) => parent === null).map(({ item }) => item.id)
    from.items.remove(tops)
    return {
      toId,
      toTitle: to.info.getSnapshot().title,
      ids: value,
      comments,
      undo: async () => {
        await withList(client, toId, (list) => list.items.remove(value))
        await withList(client, from.id, (list) => list.items.restore(moving))
      },
    }
  })
}

/** Without the sections that the other list does not have, and the labels that nothing here wears: nobody asked for those. */
function usedOnly(content: Content, to: List): Content {
  const known = new Set(to.sections.getSnapshot().map(({ title }) => title))
  const sectionAt = new Map<number, number>()
  const sections: string[] = []
  for (const [at, title] of content.sections.entries()) {
    if (known.has(title)) sectionAt.set(at, sections.push(title) - 1)
  }
  const labelAt = new Map<number, number>()
  const labels = content.labels.filter((_, at) => content.items.some((item) => item.labels.includes(at)))
  for (const [at, label] of labels.entries()) labelAt.set(content.labels.indexOf(label), at)
  const items = content.items.map((item) => ({
    ...item,
    section: item.section === null ? null : (sectionAt.get(item.section) ?? null),
    labels: item.labels.flatMap((at) => labelAt.get(at) ?? []),
  }))
  return { ...content, sections, labels, items }
}
