import type { DeviceStore } from '../local/port.ts'
import { cell } from '../replica/cell.ts'
import type { Member } from '../sharing/types.ts'
import type { Id, Readable } from '../types.ts'
import type { Peer } from './types.ts'

/** Names by user id, as people go by in one list. */
export type Names = Readonly<Record<Id, string>>

/** Under what name the device keeps them. */
export const NAMES_FACT = 'names'
export const NOBODY: Names = namesFrom([])
/** Far more than sit at one list, and small enough to be remembered. */
const MAX_NAMES = 400
const MAX_NAME_CHARS = 80

export interface NamesDeps {
  readonly listId: Id
  readonly store: Pick<DeviceStore, 'fact' | 'putFact'>
  readonly members: Readable<readonly Member[]>
  readonly others: Readable<readonly Peer[]>
  /** All that this device remembers now. */
  readonly learned: (names: Names) => void
  /** Access has ended: nobody of this list is known any more. */
  readonly isOver: () => boolean
}

export interface ListNames {
  readonly names: Readable<Names>
  /** Reads what this device remembers. Never rejects. */
  load(): Promise<void>
  forget(): void
  close(): void
}

/**
 * What the people of a list are called, also of those who have left: whoever was a member or here while this device had the list open.
 * The members are asked for while somebody looks, and what they are called is remembered.
 */
export function createNames({ listId, store, members, others, isOver, learned }: NamesDeps): ListNames {
  const current = cell<Names>(NOBODY)
  let isClosed = false
  let watchers = 0
  let stopMembers = (): void => {}

  const learn = (heard: Names): boolean => {
    if (isClosed || isOver()) return false
    const before = current.getSnapshot()
    current.set(merged(before, heard))
    return current.getSnapshot() !== before
  }
  /** Another tab may have learned others. A device that fails says so elsewhere; names come with the next connection again. */
  const remember = async (): Promise<void> => {
    const stored = readNames(await store.fact(listId, NAMES_FACT))
    const all = merged(stored, current.getSnapshot())
    if (isClosed || isOver()) return
    if (all !== stored) await store.putFact(listId, NAMES_FACT, all)
    if (!isOver()) learned(all)
  }
  const meet = (people: readonly { readonly userId: Id; readonly name: string }[]): void => {
    if (learn(namesOf(people))) remember().catch(() => {})
  }
  const stopOthers = others.subscribe(() => meet(others.getSnapshot()))
  return {
    names: {
      getSnapshot: () => current.getSnapshot(),
      getServerSnapshot: () => NOBODY,
      subscribe: (onChange) => {
        const stop = current.subscribe(onChange)
        let isWatching = true
        watchers += 1
        if (watchers === 1) stopMembers = members.subscribe(() => meet(members.getSnapshot()))
        return () => {
          stop()
          if (isWatching) watchers -= 1
          if (isWatching && watchers === 0) stopMembers()
          isWatching = false
        }
      },
    },
    load: async () => {
      const stored = await store.fact(listId, NAMES_FACT).catch(() => undefined)
      // What was heard since is newer.
      learn(merged(readNames(stored), current.getSnapshot()))
    },
    forget: () => current.set(NOBODY),
    close: () => {
      isClosed = true
      stopOthers()
      stopMembers()
    },
  }
}

/** `before` itself where `heard` says nothing new. The first to be known are the first to be forgotten. */
function merged(before: Names, heard: Names): Names {
  const isKnown = Object.entries(heard).every(([id, name]) => before[id] === name)
  if (isKnown) return before
  const rest = Object.entries(before).filter(([id]) => heard[id] === undefined)
  return namesFrom([...rest, ...Object.entries(heard)].slice(-MAX_NAMES))
}

export function namesOf(people: readonly { readonly userId: Id; readonly name: string }[]): Names {
  return namesFrom(people.map(({ userId, name }) => [userId, name.slice(0, MAX_NAME_CHARS)]))
}

/** What the device remembers, or nobody. */
export function readNames(fact: unknown): Names {
  if (typeof fact !== 'object' || fact === null) return NOBODY
  return namesFrom(Object.entries(fact).filter(([, name]) => typeof name === 'string'))
}

/** Without what every object has: anybody may assign an item to `constructor`, and nobody is called that. */
function namesFrom(entries: readonly (readonly [Id, string])[]): Names {
  return Object.freeze(Object.setPrototypeOf(Object.fromEntries(entries), null) as Names)
}
