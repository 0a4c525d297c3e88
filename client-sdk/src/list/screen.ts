import type * as Y from 'yjs'
import { noteRoot } from '../model/keys.ts'
import { shareParts } from '../model/same.ts'
import type { Comment as ModelComment, Item as ModelItem } from '../model/types.ts'
import { ListView } from '../model/view.ts'
import type { ListChange } from '../model/view-types.ts'
import { derived } from '../replica/cell.ts'
import type { Copy } from '../replica/copy.ts'
import type { Readable, Unsubscribe } from '../types.ts'
import { type Topic, Topics } from './topics.ts'
import type { Comment, Item } from './types.ts'

/**
 * What is on the screen: the list as its document has it, with the marks of what still waits.
 *
 * Objects keep their identity until something in them changes, also when a repair puts another document underneath.
 */
export class Screen {
  readonly topics = new Topics()
  readonly #copy: Copy
  readonly #waiting = new Map<string, number>()
  readonly #items = new Map<string, { readonly source: ModelItem; readonly item: Item }>()
  readonly #comments = new Map<string, Comment>()
  readonly #changeListeners = new Set<(change: ListChange) => void>()
  readonly #stopSwap: Unsubscribe
  #view: ListView

  constructor(copy: Copy) {
    this.#copy = copy
    this.#view = this.#look()
    this.#stopSwap = copy.onSwap(() => {
      this.#view.dispose()
      this.#view = this.#look()
      this.topics.everythingChanged()
    })
  }

  get view(): ListView {
    return this.#view
  }

  item(id: string): Item | undefined {
    const source = this.#view.item(id)
    if (source === undefined) return undefined
    const pending = this.#waiting.has(id)
    const known = this.#items.get(id)
    // Views ask for every item of a list after every edit.
    if (known?.source === source && known.item.pending === pending) return known.item
    const item = shareParts(known?.item, Object.freeze({ ...source, pending }))
    this.#items.set(id, { source, item })
    return item
  }

  /** Where the notes of an item stand in the document that is on the screen now. */
  note(itemId: string): Y.Text {
    return this.#copy.shown.getText(noteRoot(itemId))
  }

  comment(source: ModelComment): Comment {
    const pending = this.#waiting.has(source.item)
    const comment = shareParts(this.#comments.get(source.id), Object.freeze({ ...source, pending }))
    this.#comments.set(source.id, comment)
    return comment
  }

  /** Edits about these items came in (1) or left (-1). */
  waiting(items: ReadonlySet<string>, change: 1 | -1): void {
    const turned: Topic[] = []
    for (const id of items) {
      const before = this.#waiting.get(id) ?? 0
      const now = before + change
      if (now > 0) this.#waiting.set(id, now)
      else this.#waiting.delete(id)
      if (before > 0 !== now > 0) turned.push(`item ${id}`, `comments ${id}`)
    }
    if (turned.length > 0) this.topics.changed([...turned, 'items'])
  }

  /** A readable of anything computed from the screen, told when one of these topics changes. */
  readable<T>(
    topics: readonly Topic[],
    compute: () => T,
    serverSnapshot: T,
    equal: (a: T, b: T) => boolean = Object.is,
  ): Readable<T> {
    return derived({
      version: () => this.topics.version,
      subscribe: (onChange) => this.topics.subscribe(topics, onChange),
      compute,
      equal,
      serverSnapshot,
    })
  }

  /** Every change of the document, with who made it; not told for a document that is replaced as a whole. */
  onChange(listener: (change: ListChange) => void): Unsubscribe {
    this.#changeListeners.add(listener)
    return () => this.#changeListeners.delete(listener)
  }

  /** The list is gone from the screen: what is kept to compare with goes too. */
  forget(): void {
    this.#items.clear()
    this.#comments.clear()
  }

  dispose(): void {
    this.#stopSwap()
    this.#view.dispose()
    this.#changeListeners.clear()
  }

  #look(): ListView {
    const view = new ListView(this.#copy.shown)
    view.subscribe((change) => {
      this.topics.changed(topicsOf(change))
      for (const listener of [...this.#changeListeners]) listener(change)
    })
    return view
  }
}

function topicsOf(change: ListChange): Topic[] {
  const topics: Topic[] = []
  if (change.order) topics.push('ids')
  if (change.trash) topics.push('trash')
  if (change.sections) topics.push('sections')
  if (change.labels) topics.push('labels')
  if (change.list) topics.push('list')
  if (change.items.size > 0) topics.push('items')
  for (const id of change.items.keys()) topics.push(`item ${id}`)
  for (const id of change.comments) topics.push(`comments ${id}`)
  return topics
}

/** Equal element by element; for readables of arrays. */
export function sameElements<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((element, index) => Object.is(element, b[index]))
}
