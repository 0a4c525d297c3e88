import * as Y from 'yjs'
import { isAllSeen, type News, newsSince, type Seen, seenOf } from '../model/news.ts'
import type { Copy } from '../replica/copy.ts'
import type { Id, Readable } from '../types.ts'
import type { Screen } from './screen.ts'
import type { Away, AwayPerson } from './types.ts'

/** Under what name the device keeps it. */
export const SEEN_FACT = 'seen'

export interface AwayHost {
  readonly copy: Copy
  readonly screen: Screen
  readonly isMe: (userId: string) => boolean
  /** Whether the device's copy is on the screen: who sees nothing yet has not looked at it. */
  readonly isReady: () => boolean
  /** Null: nobody has looked at the list on this device, or the device cannot say. */
  readonly read: () => Promise<unknown>
  readonly write: (fact: unknown) => Promise<void>
}

export interface OwnAway {
  readonly away: Readable<Away | null>
  seen(): void
  /** Reads what the device remembers. Never rejects. */
  load(): Promise<void>
  /** The list is gone from the screen. */
  clear(): void
}

/** What is new to this person on this device since they looked last. */
export function createAway(host: AwayHost): OwnAway {
  const { copy, screen } = host
  let seen: Seen | null = null
  let isRead = false
  const say = (): void => screen.topics.changed(['away'])
  screen.onChange((change) => change.comments.size > 0 && say())
  return {
    away: screen.readable(['items', 'away'], () => awaySince(host, seen), null, isSameAway),
    seen: () => {
      // A list of which nothing has come yet was not looked at, and all of it would be news.
      const isThere = host.isReady() && copy.shown.store.clients.size > 0
      if (!isRead || !isThere || (seen !== null && isAllSeen(copy.shown, seen))) return
      seen = seenOf(copy.shown)
      say()
      void remember(host)
    },
    load: async () => {
      // A device that cannot be read has nothing to tell; that it has failed is said elsewhere.
      seen = seenFrom(await host.read().catch(() => null))
      isRead = true
      say()
    },
    clear: () => {
      seen = null
      say()
    },
  }
}

/** A device that does not take it must not keep an older one either: what this person has seen would be news on the next day. */
async function remember({ copy, write }: AwayHost): Promise<void> {
  try {
    await write(Y.encodeStateVector(copy.shown))
  } catch {
    await write(undefined).catch(() => undefined)
  }
}

function seenFrom(fact: unknown): Seen | null {
  if (!(fact instanceof Uint8Array)) return null
  try {
    return Y.decodeStateVector(fact)
  } catch {
    // Not what this version wrote: as if they had never looked.
    return null
  }
}

interface Marks {
  readonly added: News[]
  readonly ticked: News[]
  readonly removed: News[]
  readonly changed: News[]
}

function awaySince({ copy, screen, isMe }: AwayHost, seen: Seen | null): Away | null {
  if (seen === null || isAllSeen(copy.shown, seen)) return null
  const byItem = new Map<Id, Marks>()
  for (const news of newsSince(copy.shown, seen)) {
    const marks = byItem.get(news.itemId) ?? { added: [], ticked: [], removed: [], changed: [] }
    byItem.set(news.itemId, marks)
    marks[news.what].push(news)
  }
  const people = new Map<Id, Record<News['what'], number>>()
  const items = new Set<Id>()
  for (const [itemId, marks] of byItem) {
    const item = screen.view.item(itemId)
    const wasAdded = marks.added.length > 0
    if (item === undefined || (wasAdded && item.deleted !== null)) continue
    const told = new Set<Id>()
    for (const { by, what } of inOrder(marks, item.deleted !== null, isNextOccurrence(itemId))) {
      if (by !== null && isMe(by)) continue
      if (what !== 'removed') items.add(itemId)
      if (by === null || told.has(by)) continue
      told.add(by)
      const person = people.get(by) ?? { added: 0, ticked: 0, changed: 0, removed: 0 }
      people.set(by, person)
      person[what] += 1
    }
  }
  if (people.size === 0 && items.size === 0) return null
  const rows = [...people].map(([by, counts]) => Object.freeze({ by, ...counts }))
  return Object.freeze({ people: Object.freeze(rows.sort(byDeeds)), items })
}

/** What says most about an item first: each person is told of once for it. */
function inOrder(marks: Marks, isRemoved: boolean, isNext: boolean): readonly News[] {
  if (isRemoved) return marks.removed
  // Nobody added the next occurrence of what repeats: they ticked the one before.
  return [...(isNext ? [] : marks.added), ...marks.ticked, ...marks.changed]
}

function isNextOccurrence(itemId: Id): boolean {
  return itemId.includes('~')
}

function byDeeds(a: AwayPerson, b: AwayPerson): number {
  return deeds(b) - deeds(a) || (a.by < b.by ? -1 : 1)
}

function deeds({ added, ticked, changed, removed }: AwayPerson): number {
  return added + ticked + changed + removed
}

function isSameAway(a: Away | null, b: Away | null): boolean {
  if (a === null || b === null) return a === b
  const isSamePeople = JSON.stringify(a.people) === JSON.stringify(b.people)
  return isSamePeople && a.items.size === b.items.size && [...a.items].every((id) => b.items.has(id))
}
