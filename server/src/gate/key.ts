import { type Place, parsePlace } from '@tandem/client-sdk/model'
import * as Y from 'yjs'
import type { Collision } from './collision.ts'
import type { Incoming } from './incoming.ts'

/** One place of the document that the update touches: a map key, or the text of a note. */
export interface Key {
  readonly root: string
  readonly sub: string | null
  readonly place: Place
  readonly type: ReturnType<Y.Doc['share']['get']>
  /** For a map key: the struct that holds its value now, possibly removed. Null for text and for a key that never was. */
  readonly current: Y.Item | null
  /** What the update brings for it, each after what it depends on. */
  readonly fresh: Incoming[]
  /** The update removes the value it has now. */
  isCurrentRemoved: boolean
  /** For a map key: what stands there now and what will stand there; undefined when nothing does. */
  before: unknown
  after: unknown
  /** For a field: what was written there unseen by each other. */
  collision: Collision | null
  /** For text: characters the update brings, and characters the document has and the update removes. */
  insertedChars: number
  removedChars: number
}

/** The keys an update touches, one object each, and the way from a struct of the document to its key. */
export class TouchedKeys {
  readonly #document: Y.Doc
  readonly #keys = new Map<string, Key>()

  constructor(document: Y.Doc) {
    this.#document = document
  }

  /** True when the update brings nothing and removes nothing that the document does not know of. */
  get areNone(): boolean {
    return this.#keys.size === 0
  }

  all(): IterableIterator<Key> {
    return this.#keys.values()
  }

  get(root: string, sub: string | null): Key | undefined {
    return this.#keys.get(spell(root, sub))
  }

  /** Null when the list format has no such place. */
  touch(root: string, sub: string | null): Key | null {
    const name = spell(root, sub)
    const existing = this.#keys.get(name)
    if (existing !== undefined) return existing
    const place = parsePlace(root, sub)
    if (place === null) return null
    // Not `document.get`: asking for a root type creates it.
    const type = this.#document.share.get(root)
    const current = sub === null || type === undefined ? null : (type._map.get(sub) ?? null)
    const before = currentValue(current)
    const key: Key = {
      root,
      sub,
      place,
      type,
      current,
      fresh: [],
      isCurrentRemoved: false,
      before,
      after: before,
      collision: null,
      insertedChars: 0,
      removedChars: 0,
    }
    this.#keys.set(name, key)
    return key
  }

  /** What will stand at a map key once the update is applied. */
  valueAfter(root: string, sub: string): unknown {
    const key = this.get(root, sub)
    return key === undefined ? valueIn(this.#document, root, sub) : key.after
  }

  /** The key of a struct that the document has; null when it stands in no place of the format. */
  touchItem(item: Y.Item): Key | null {
    const root = rootName(this.#document, item.parent)
    return root === null ? null : this.touch(root, item.parentSub)
  }
}

/** What stands at a map key of the document, without creating the map; undefined when nothing does. */
export function valueIn(document: Y.Doc, root: string, sub: string): unknown {
  return currentValue(document.share.get(root)?._map.get(sub) ?? null)
}

function currentValue(item: Y.Item | null): unknown {
  return item === null || item.deleted || !(item.content instanceof Y.ContentAny)
    ? undefined
    : item.content.arr.at(-1)
}

function spell(root: string, sub: string | null): string {
  return sub === null ? root : `${root}\n${sub}`
}

/** A memo only: a root type keeps its name for life. Without it, finding a note's name walks all notes of the list. */
const ROOT_NAMES = new WeakMap<object, string>()

function rootName(document: Y.Doc, parent: Y.Item['parent']): string | null {
  if (parent === null || typeof parent !== 'object') return null
  const known = ROOT_NAMES.get(parent)
  // `share` may have replaced the type since: asking for it as Y.Map or Y.Text makes a typed object of an untyped one.
  if (known !== undefined) return known
  for (const [name, type] of document.share) ROOT_NAMES.set(type, name)
  return ROOT_NAMES.get(parent) ?? null
}
