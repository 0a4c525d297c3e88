import type { List } from '../list/types.ts'
import type { Client, Write } from '../types.ts'
import { contentOf } from './content-of.ts'
import { addContent } from './land.ts'
import type { Content } from './types.ts'

export interface CopyOptions {
  readonly title: string
  /** As for a first use: nothing ticked, no dates, reminders or people. Repetition stays. */
  readonly fresh: boolean
}

/** A new list with what this one shows; its people, comments and trash are not in it. The new list is open: close it, or show it. */
export function copyList(client: Client, list: List, { title, fresh }: CopyOptions): Write<List> {
  const content = contentOf(list)
  return newList(client, title, fresh ? afresh(content) : content)
}

/** A new list with this content. It is open: close it, or show it. */
export function newList(client: Client, title: string, content: Content): Write<List> {
  const made = client.lists.create({ title })
  const list = made.value
  if (content.icon !== null) list.setIcon(content.icon)
  const added = addContent(list, content, { label: 'Copy', mayAssign: () => true })
  return {
    value: list,
    stored: both(made.stored, added.stored),
    confirmed: both(made.confirmed, added.confirmed),
  }
}

function afresh(content: Content): Content {
  const items = content.items.map((item) => ({
    ...item,
    done: false,
    due: null,
    remindAt: [],
    assignees: [],
  }))
  return { ...content, items }
}

function both(a: Promise<void>, b: Promise<void>): Promise<void> {
  const all = Promise.all([a, b]).then(() => {})
  // Nobody has to listen; the failure is in the list's status as well.
  all.catch(() => {})
  return all
}
