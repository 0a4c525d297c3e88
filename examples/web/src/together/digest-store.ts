import type { Away, AwayPerson, List } from '@tandem/client-sdk'

/** Who was gone for less than this was not away: a tunnel, another tab. */
export const AWAY_MS = 2 * 60_000
/** Who sees a page for less than this has not looked at it. */
const LOOK_MS = 2_000
/** What comes while they watch is seen at once; several things are one look. */
const GATHER_MS = 500

/**
 * What was new when this person came (back) to a list, held still while they read it, and the device told of what they have seen since.
 *
 * The SDK counts from the last look. So the news is taken first, and looked at then: what comes while the person watches is no news.
 */
export class DigestStore {
  readonly #list: List
  readonly #listeners = new Set<() => void>()
  #shown: Away | null = null
  /** Set from their coming until they have looked: what was still shown to them then. */
  #coming: { readonly shown: Away | null } | null = null
  /** The latest news that was taken on coming. */
  #taken: Away | null = null
  #isWatching = false
  #isConnected = false
  /** When they last saw the list as everybody else did; null: not since the page was opened. */
  #watchedAt: number | null = null
  #cameAt = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(list: List) {
    this.#list = list
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly shown = (): Away | null => this.#shown

  close(): void {
    this.#coming = this.#coming === null ? null : { shown: null }
    this.#show(null)
  }

  /** The page is visible, or no longer; the list is there, or connected, or neither. To be told of every change of either. */
  watch({ isVisible, now }: { isVisible: boolean; now: number }): void {
    const { state } = this.#list.status.getSnapshot()
    const isConnected = state === 'synced' || state === 'saving'
    const isWatching = isVisible && state !== 'loading'
    const hasCome = isWatching && (!this.#isWatching || (isConnected && !this.#isConnected))
    if (this.#isWatching && this.#isConnected) this.#watchedAt = now
    if (hasCome) this.#cameAt = now
    if (this.#isWatching && !isWatching && now - this.#cameAt >= LOOK_MS) this.#look()
    const wasAway = this.#watchedAt === null || now - this.#watchedAt > AWAY_MS
    this.#isWatching = isWatching
    this.#isConnected = isWatching && isConnected
    if (!hasCome) return
    if (wasAway) {
      this.#coming = { shown: this.#shown }
      this.#take()
    }
    // Also when there is nothing new: the first visit is one to count from.
    this.#lookSoon(LOOK_MS)
  }

  /** Something came in. Just after they have come it was there before them, and only took its time. */
  changed(): void {
    if (this.#coming !== null) this.#take()
    else if (this.#isConnected) this.#lookSoon(GATHER_MS)
  }

  leave(now: number): void {
    this.watch({ isVisible: false, now })
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #take(): void {
    const away = this.#list.away.getSnapshot()
    this.#taken = away
    const before = this.#coming?.shown ?? null
    if (away !== null) this.#show(before === null ? away : joined(before, away))
  }

  #lookSoon(waitMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      if (this.#isWatching) this.#look()
    }, waitMs)
  }

  /** What is still coming in was not there to be looked at: it is taken first, once the list has caught up. */
  #look(): void {
    const away = this.#list.away.getSnapshot()
    if (away !== null && away !== this.#taken && !this.#isConnected) return
    this.#coming = null
    this.#list.seen()
  }

  #show(away: Away | null): void {
    if (away === this.#shown) return
    this.#shown = away
    for (const listener of [...this.#listeners]) listener()
  }
}

const stores = new WeakMap<List, DigestStore>()

export function digestOf(list: List): DigestStore {
  const known = stores.get(list) ?? new DigestStore(list)
  stores.set(list, known)
  return known
}

/** Two absences with nothing closed in between are one to the person. */
function joined(a: Away, b: Away): Away {
  const people = new Map<string, AwayPerson>()
  for (const person of [...a.people, ...b.people]) {
    const { by, added, ticked, changed, removed } = people.get(person.by) ?? {
      ...person,
      added: 0,
      ticked: 0,
      changed: 0,
      removed: 0,
    }
    people.set(by, {
      by,
      added: added + person.added,
      ticked: ticked + person.ticked,
      changed: changed + person.changed,
      removed: removed + person.removed,
    })
  }
  return { people: [...people.values()], items: new Set([...a.items, ...b.items]) }
}
