import type { HistoryEntry, HistoryPage, List } from '@tandem/client-sdk'
import { createStore } from '../../ui/store.ts'
import { countLines } from './lines.ts'

const PAGE = 50
/** So many pages without a word are fetched before somebody is asked whether to go on. */
const MOST_EMPTY = 5

export interface Read {
  /** The newest first. */
  readonly entries: readonly HistoryEntry[]
  /** Up to here it has been read. */
  readonly head: number
  /** Where the next page begins; null: that was all; undefined: nothing has been read yet. */
  readonly next: number | null | undefined
  readonly missing: number
  readonly phase: 'reading' | 'resting' | 'failed'
  readonly error: unknown
}

/** Reads the history of a list, or of one item of it, as far back as somebody asks for. */
export class HistoryReader {
  readonly state = createStore<Read>({
    entries: [],
    head: 0,
    next: undefined,
    missing: 0,
    phase: 'resting',
    error: null,
  })
  readonly #list: Pick<List, 'history'>
  readonly #itemId: string | undefined
  /** Something happened while a page was being read. */
  #isBehind = false

  constructor(list: Pick<List, 'history'>, itemId?: string) {
    this.#list = list
    this.#itemId = itemId
  }

  /** The next page, and further ones as long as they add no line. */
  older(): Promise<void> {
    return this.#read(async () => {
      for (let count = 0; count < MOST_EMPTY; count++) {
        const { next, entries, head, missing } = this.state.get()
        if (next === null) return
        const page = await this.#page(next)
        const further = [...entries, ...page.entries]
        this.#set({
          entries: further,
          // Of the first page: what has come since is read by `newer`.
          head: next === undefined ? page.head : head,
          next: page.next,
          missing: missing + page.missing,
        })
        if (countLines(further) > countLines(entries)) return
      }
    })
  }

  /** What has happened since. More of it than a page stands in place of all that was read. */
  newer(): Promise<void> {
    if (this.state.get().phase === 'reading') this.#isBehind = true
    if (this.state.get().next === undefined) return this.older()
    return this.#read(async () => {
      const page = await this.#page(undefined)
      const { entries, head } = this.state.get()
      if (page.next !== null && page.next > head + 1) return this.#set(page)
      const fresh = page.entries.filter(({ seq }) => seq > head)
      this.#set({ entries: [...fresh, ...entries], head: page.head })
    })
  }

  #page(before: number | undefined): Promise<HistoryPage> {
    return this.#list.history({
      limit: PAGE,
      ...(before === undefined ? {} : { before }),
      ...(this.#itemId === undefined ? {} : { itemId: this.#itemId }),
    })
  }

  async #read(read: () => Promise<void>): Promise<void> {
    if (this.state.get().phase === 'reading') return
    this.#set({ phase: 'reading', error: null })
    try {
      await read()
      this.#set({ phase: 'resting' })
    } catch (error) {
      this.#set({ phase: 'failed', error })
    }
    if (!this.#isBehind) return
    this.#isBehind = false
    await this.newer()
  }

  #set(part: Partial<Read>): void {
    this.state.set({ ...this.state.get(), ...part })
  }
}
