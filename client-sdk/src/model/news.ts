import * as Y from 'yjs'
import { isPlainObject } from './field-rules.ts'
import { itemIdOfNoteRoot, type Place, parsePlace, type RootKind } from './keys.ts'
import { isRegister } from './register.ts'

/** One thing that stands in a list now and did not when somebody looked last. Internals read here: as in `map-structs.ts`. */
export interface News {
  readonly itemId: string
  /** Who wrote it; null for notes of which it cannot be told, because no letter is signed. */
  readonly by: string | null
  readonly what: 'added' | 'ticked' | 'removed' | 'changed'
}

/** How much of each Yjs client's writing somebody has seen. */
export type Seen = ReadonlyMap<number, number>

/** Everything that a copy holds now. */
export function seenOf(doc: Y.Doc): Seen {
  return Y.decodeStateVector(Y.encodeStateVector(doc))
}

/** Whether a copy holds nothing that is not in `seen`. Costs a look at each client, and none at what they wrote. */
export function isAllSeen(doc: Y.Doc, seen: Seen): boolean {
  return [...doc.store.clients.keys()].every((client) => isSeen(doc, seen, client))
}

function isSeen(doc: Y.Doc, seen: Seen, client: number): boolean {
  return stateOf(doc, client) <= (seen.get(client) ?? 0)
}

/**
 * What of a list's items was written outside `seen`, and holds today: a value that was overwritten since is not told, nor what this copy
 * writes itself. By what is there and not by clocks, so that an edit made offline last week and delivered today is news today. Costs
 * what is new, not what there is.
 */
export function newsSince(doc: Y.Doc, seen: Seen): News[] {
  const news: News[] = []
  const notes = new NotesNames(doc)
  for (const [client, structs] of doc.store.clients) {
    if (client === doc.clientID || isSeen(doc, seen, client)) continue
    for (let index = Y.findIndexSS(structs, seen.get(client) ?? 0); index < structs.length; index += 1) {
      const struct = structs[index]
      if (!(struct instanceof Y.Item) || struct.deleted) continue
      const one = struct.parentSub === null ? notes.news(struct) : ofKey(doc, struct, struct.parentSub)
      if (one !== null) news.push(one)
    }
  }
  return news
}

/** Of which item a text is the notes, and who writes with which client: asked only when there are new letters. */
class NotesNames {
  readonly #doc: Y.Doc
  #itemOf: Map<unknown, string | null> | null = null
  readonly #authorOf = new Map<number, string | null>()

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  news(struct: Y.Item): News | null {
    if (!struct.countable) return null
    this.#itemOf ??= new Map([...this.#doc.share].map(([name, type]) => [type, itemIdOfNoteRoot(name)]))
    const itemId = this.#itemOf.get(struct.parent) ?? null
    if (itemId === null) return null
    const { client } = struct.id
    if (!this.#authorOf.has(client)) this.#authorOf.set(client, authorOf(this.#doc, client))
    return { itemId, by: this.#authorOf.get(client) ?? null, what: 'changed' }
  }
}

function ofKey(doc: Y.Doc, struct: Y.Item, key: string): News | null {
  const root = (['items', 'comments'] as const).find((name) => doc.getMap(name) === struct.parent)
  const place = root === undefined ? null : parsePlace(root, key)
  if (root === undefined || place === null) return null
  const value: unknown = struct.content.getContent().at(-1)
  return root === 'items' ? ofItem(place, value) : ofComment(doc, root, place, value)
}

/** Moving aside: the order changes even when only a neighbour is moved. */
function ofItem(place: Place, value: unknown): News | null {
  if (place.at === 'record') return isBirth(value) ? { itemId: place.id, by: value.by, what: 'added' } : null
  if (place.at !== 'field' && place.at !== 'member') return null
  if (!isRegister(value) || (place.at === 'field' && place.field === 'order')) return null
  const isSet = place.at === 'field' && value[0] === true
  if (isSet && place.field === 'done') return { itemId: place.id, by: value[1], what: 'ticked' }
  if (isSet && place.field === 'deleted') return { itemId: place.id, by: value[1], what: 'removed' }
  return { itemId: place.id, by: value[1], what: 'changed' }
}

/** What somebody said about an item changes the item, to the reader. */
function ofComment(doc: Y.Doc, root: RootKind, place: Place, value: unknown): News | null {
  if (place.at !== 'record' && place.at !== 'field') return null
  const birth = place.at === 'record' ? value : doc.getMap(root).get(place.id)
  if (!isBirth(birth) || typeof birth['item'] !== 'string') return null
  if (place.at === 'record') return { itemId: birth['item'], by: birth.by, what: 'changed' }
  return place.field === 'body' && isRegister(value)
    ? { itemId: birth['item'], by: value[1], what: 'changed' }
    : null
}

/** Who signed what this Yjs client wrote elsewhere; null when nobody did, or several, as on a server that writes for many. */
function authorOf(doc: Y.Doc, client: number): string | null {
  const authors = new Set<string>()
  for (const struct of doc.store.clients.get(client) ?? []) {
    if (!(struct instanceof Y.Item) || struct.deleted || struct.parentSub === null) continue
    const value: unknown = struct.content.getContent().at(-1)
    if (isRegister(value)) authors.add(value[1])
    else if (isBirth(value)) authors.add(value.by)
  }
  const [author = null] = authors
  return authors.size === 1 ? author : null
}

function isBirth(value: unknown): value is Readonly<Record<string, unknown>> & { readonly by: string } {
  return isPlainObject(value) && typeof value['by'] === 'string'
}

function stateOf(doc: Y.Doc, client: number): number {
  const last = doc.store.clients.get(client)?.at(-1)
  return last === undefined ? 0 : last.id.clock + last.length
}
