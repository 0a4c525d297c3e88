import { ClientError } from '../errors.ts'
import { withList } from '../hold.ts'
import type { List } from '../list/types.ts'
import type { Client, Id, Write } from '../types.ts'
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

/** Somebody who never stops changing the items would have them copied for ever. */
const MOST_TRIES = 3
/** Where the device does not store, the server may have the copy within this time. */
const SERVER_MS = 5_000

/**
 * Moves items, with their subtasks, to another list: copied there, and put into the trash here once the copy is stored, on this device or
 * by the server, so that a crash or a full device leaves both or the items where they were, and never neither. Works offline. Rejects, and takes the
 * copy back, with `not-allowed` when either list may not be edited, `not-found` when the items are gone, and what the device says.
 */
export async function moveToList(client: Client, from: List, ids: readonly Id[], toId: Id): Promise<Moved> {
  if (toId === from.id) throw new ClientError('invalid', 'The items are in that list already.')
  ensureEditable(from)
  return withList(client, toId, async (to) => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      // Not before: while the other list was read, the items, and what may be done to them, may have become others.
      for (const list of [from, to]) ensureEditable(list)
      const leaving = leavingOf(from, ids)
      if (leaving.tops.length === 0) throw new ClientError('not-found', 'The items are not there any more.')
      const copy = addContent(to, usedOnly(leaving.content, to), {
        label: 'Move here',
        mayAssign: mayAssignIn(client, to),
      })
      const copies = copy.value
      try {
        await kept(client, copy)
        ensureEditable(from)
      } catch (error) {
        to.items.remove(copies)
        throw error
      }
      if (isSame(leavingOf(from, ids), leaving)) {
        from.items.remove(leaving.tops)
        return movedOf(client, { from, to, copies, leaving })
      }
      // What was done to them meanwhile is not in the copy, and would go into the trash.
      to.items.remove(copies)
    }
    throw new ClientError('invalid', 'Somebody is changing the items at this moment. Please move them again.')
  })
}

/** Resolves when the copy outlives this page; rejects with what the device said when nobody takes it. */
async function kept(client: Client, { stored, confirmed }: Write<unknown>): Promise<void> {
  const failure = await stored.then(
    () => null,
    (error: unknown) => ({ error }),
  )
  if (failure === null) return
  const isThere = await Promise.race([confirmed.then(() => true), client.flush({ timeoutMs: SERVER_MS })])
  if (!isThere) throw failure.error
}

interface Leaving {
  readonly content: Content
  readonly ids: readonly Id[]
  /** The subtasks go with their items. */
  readonly tops: readonly Id[]
}

function leavingOf(from: List, ids: readonly Id[]): Leaving {
  const branches = branchesOf(from, ids)
  return {
    content: contentOf(from, ids),
    ids: branches.map(({ item }) => item.id),
    tops: branches.filter(({ parent }) => parent === null).map(({ item }) => item.id),
  }
}

function isSame(a: Leaving, b: Leaving): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function mayAssignIn(client: Client, to: List): (userId: Id) => boolean {
  const people = { ...client.names.getSnapshot()[to.id], ...to.names.getSnapshot() }
  return (userId) => Object.hasOwn(people, userId) || userId === to.me.getSnapshot()
}

interface Move {
  readonly from: List
  readonly to: List
  readonly copies: readonly Id[]
  readonly leaving: Leaving
}

function movedOf(client: Client, { from, to, copies, leaving }: Move): Moved {
  return {
    toId: to.id,
    toTitle: to.info.getSnapshot().title,
    ids: copies,
    comments: leaving.ids.reduce((sum, id) => sum + from.comments.on(id).getSnapshot().length, 0),
    undo: async () => {
      await withList(client, to.id, (list) => list.items.remove(copies))
      await withList(client, from.id, (list) => list.items.restore(leaving.ids))
    },
  }
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
