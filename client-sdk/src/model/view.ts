import type * as Y from 'yjs'
import type { Change } from './changes.ts'
import { DocumentMirror, nothingTouched, type Touched } from './document-mirror.ts'
import { fieldKey, memberKey, type RecordKind } from './keys.ts'
import { ParentIndex } from './parent-index.ts'
import { isEmptyChange, type PendingChange, pendingChange } from './pending-change.ts'
import type { RawRecord } from './raw-record.ts'
import { type ItemSurroundings, namedParent, readItem } from './read-item.ts'
import { readComment, readLabel, readListFields, readSection } from './read-others.ts'
import { shareParts } from './same.ts'
import { CommentGroups, Shelf } from './shelf.ts'
import { byOrder, compare, mergeSorted } from './sorting.ts'
import type { Comment, Item, Label, ListFields, Section } from './types.ts'
import type { ListChange, ListReader } from './view-types.ts'

/**
 * A list as people see it: frozen items, sections, labels and comments over a Y.Doc, brought up to date by each transaction.
 *
 * An object keeps its identity until something in it changes, and a transaction that changes nothing visible
 * tells nobody. Costs microseconds for each key that changed, whatever the size of the list. Never throws on what it reads.
 */
export class ListView implements ListReader {
  readonly #doc: Y.Doc
  readonly #mirror: DocumentMirror
  readonly #parents = new ParentIndex()
  readonly #items = new Map<string, Item>()
  /** The order key under which each live item stands in `#ids`. */
  readonly #placed = new Map<string, string>()
  readonly #sections = new Shelf<Section>(readSection, byOrder)
  readonly #labels = new Shelf<Label>(readLabel, (a, b) => compare(a.title, b.title) || compare(a.id, b.id))
  readonly #comments = new Shelf<Comment>(readComment, (a, b) => compare(a.id, b.id))
  readonly #commentGroups = new CommentGroups()
  readonly #listeners = new Set<(change: ListChange) => void>()
  #ids: readonly string[] = Object.freeze([])
  #trash: readonly Item[] | null = null
  #list: ListFields
  #pending: PendingChange = pendingChange()

  constructor(doc: Y.Doc) {
    this.#doc = doc
    this.#mirror = new DocumentMirror(doc)
    this.#list = readListFields(this.#mirror.list)
    this.#rebuild(this.#mirror.load())
    this.#settleOrder()
    this.#pending = pendingChange()
    doc.on('afterTransaction', this.#onTransaction)
  }

  dispose(): void {
    this.#doc.off('afterTransaction', this.#onTransaction)
    this.#listeners.clear()
  }

  /** Calls back once for each transaction that changed anything visible. Returns the way to stop. */
  subscribe(listener: (change: ListChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Makes changes visible that were just applied inside a transaction that is still open, so that the next plan of
   * the same transaction builds on them. Listeners hear of them when the transaction ends, once.
   */
  absorb(changes: readonly Change[]): void {
    const touched = nothingTouched()
    this.#mirror.takeChanges(changes, touched)
    this.#rebuild(touched)
    this.#settleOrder()
  }

  item(id: string): Item | undefined {
    return this.#items.get(id)
  }

  ids(): readonly string[] {
    return this.#ids
  }

  children(id: string): readonly Item[] {
    return this.#naming(id, (child) => child.parent === id && child.deleted === null)
  }

  trashedChildren(id: string): readonly Item[] {
    return this.#naming(id, (child) => child.deleted !== null)
  }

  #naming(parent: string, matches: (child: Item) => boolean): readonly Item[] {
    const children: Item[] = []
    for (const id of this.#parents.children(parent)) {
      const child = this.#items.get(id)
      if (child !== undefined && matches(child)) children.push(child)
    }
    return children.sort(byOrder)
  }

  /** Items in the trash, the latest removed first. */
  trash(): readonly Item[] {
    if (this.#trash !== null) return this.#trash
    const trash = [...this.#items.values()].filter((item) => item.deleted !== null)
    trash.sort((a, b) => (b.deleted?.at ?? 0) - (a.deleted?.at ?? 0) || compare(a.id, b.id))
    this.#trash = Object.freeze(trash)
    return this.#trash
  }

  section(id: string): Section | undefined {
    return this.#sections.get(id)
  }

  sections(): readonly Section[] {
    return this.#sections.live()
  }

  label(id: string): Label | undefined {
    return this.#labels.get(id)
  }

  labels(): readonly Label[] {
    return this.#labels.live()
  }

  comment(id: string): Comment | undefined {
    return this.#comments.get(id)
  }

  comments(itemId: string): readonly Comment[] {
    return this.#commentGroups.of(itemId, (id) => this.#comments.get(id))
  }

  list(): ListFields {
    return this.#list
  }

  keysOf(kind: RecordKind, id: string): readonly string[] {
    const raw = this.#mirror.records[kind].get(id)
    if (raw === undefined) return []
    const keys = raw.birth === undefined ? [] : [id]
    for (const field of raw.fields.keys()) keys.push(fieldKey(id, field))
    for (const [set, members] of raw.sets) {
      for (const member of members.keys()) keys.push(memberKey(id, set, member))
    }
    return keys
  }

  counts(): Readonly<Record<RecordKind, number>> {
    const { items, sections, labels, comments } = this.#mirror.records
    return { items: items.size, sections: sections.size, labels: labels.size, comments: comments.size }
  }

  readonly #onTransaction = (transaction: Y.Transaction): void => {
    const touched = nothingTouched()
    this.#mirror.takeTransaction(transaction, touched)
    this.#rebuild(touched)
    this.#settleOrder()
    const pending = this.#pending
    this.#pending = pendingChange()
    if (isEmptyChange(pending)) return
    const change: ListChange = { ...pending, origin: transaction.origin, local: transaction.local }
    for (const listener of [...this.#listeners]) listener(change)
  }

  #rebuild(touched: Touched): void {
    const { sections, labels, comments } = this.#mirror.records
    const moved = new Set<string>()
    for (const id of touched.sections) {
      const change = this.#sections.refresh(id, sections.get(id))
      if (change === null) continue
      this.#pending.sections = true
      if (isLive(change.before) !== isLive(change.after)) moved.add(id)
    }
    for (const id of touched.labels) {
      const change = this.#labels.refresh(id, labels.get(id))
      if (change === null) continue
      this.#pending.labels = true
      if (isLive(change.before) !== isLive(change.after)) moved.add(id)
    }
    if (moved.size > 0) this.#touchItemsNaming(moved, touched.items)
    this.#rebuildItems(touched.items)
    for (const id of touched.comments) {
      const change = this.#comments.refresh(id, comments.get(id))
      if (change === null) continue
      this.#commentGroups.change(change.before, change.after)
      for (const one of [change.before, change.after]) if (one) this.#pending.comments.add(one.item)
    }
    if (touched.list) this.#rebuildList()
  }

  #rebuildList(): void {
    const list = shareParts(this.#list, readListFields(this.#mirror.list))
    if (list === this.#list) return
    this.#list = list
    this.#pending.list = true
  }

  #rebuildItems(ids: Set<string>): void {
    for (const id of [...ids]) {
      const raw = this.#mirror.records.items.get(id)
      for (const other of this.#parents.set(id, raw === undefined ? null : namedParent(raw))) ids.add(other)
    }
    // Grows while it runs: a change of what children read from their parent reads them again. Ends, because circles are open.
    const queue = [...ids]
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const before = this.#items.get(id)
      const after = this.#readItem(id, before)
      if (after === before) continue
      if (after === undefined) this.#items.delete(id)
      else this.#items.set(id, after)
      this.#noteItem(id, before)
      if (!concernsChildren(before, after)) continue
      for (const child of this.#parents.children(id)) queue.push(child)
    }
  }

  #readItem(id: string, before: Item | undefined): Item | undefined {
    const raw = this.#mirror.records.items.get(id)
    if (raw === undefined) return undefined
    const item = readItem(id, raw, { ...this.#surroundings, notes: this.#mirror.notes.get(id) ?? '' })
    return item === null ? undefined : shareParts(before, item)
  }

  readonly #surroundings: Omit<ItemSurroundings, 'notes'> = {
    section: (named, parent) => {
      if (parent !== null) return this.#items.get(parent)?.section ?? null
      return named !== null && this.#sections.get(named)?.deleted === null ? named : null
    },
    parent: (id, named) => {
      if (named === null || this.#items.get(named)?.deleted !== null) return null
      return this.#parents.isOpenedAt(id) ? null : named
    },
    isLabel: (id) => this.#labels.get(id)?.deleted === null,
  }

  #noteItem(id: string, before: Item | undefined): void {
    if (!this.#pending.items.has(id)) this.#pending.items.set(id, before)
    this.#pending.reordered.add(id)
  }

  #settleOrder(): void {
    const { reordered, items } = this.#pending
    if (reordered.size === 0) return
    const gone = new Set<string>()
    const added: string[] = []
    for (const id of reordered) {
      const item = this.#items.get(id)
      if (isTrashed(item) || isTrashed(items.get(id))) this.#pending.trash = true
      const order = isLive(item) ? item?.order : undefined
      if (order === this.#placed.get(id)) continue
      gone.add(id)
      if (order === undefined) this.#placed.delete(id)
      else this.#placed.set(id, order)
      if (order !== undefined) added.push(id)
    }
    reordered.clear()
    if (this.#pending.trash) this.#trash = null
    if (gone.size === 0) return
    const byItem = (a: string, b: string): number => byOrder(this.#orderOf(a), this.#orderOf(b))
    const ids = mergeSorted(this.#ids, (id) => gone.has(id), added, byItem)
    if (ids.length === this.#ids.length && ids.every((id, index) => id === this.#ids[index])) return
    this.#ids = Object.freeze(ids)
    this.#pending.order = true
  }

  #orderOf(id: string): { order: string; id: string } {
    return { order: this.#placed.get(id) ?? '', id }
  }

  #touchItemsNaming(moved: ReadonlySet<string>, items: Set<string>): void {
    for (const [id, raw] of this.#mirror.records.items) if (namesAny(raw, moved)) items.add(id)
  }
}

function concernsChildren(before: Item | undefined, after: Item | undefined): boolean {
  return isLive(before) !== isLive(after) || before?.section !== after?.section
}

function isLive(one: { readonly deleted: unknown } | undefined): boolean {
  return one?.deleted === null
}

function isTrashed(item: Item | undefined): boolean {
  return item !== undefined && item.deleted !== null
}

function namesAny(raw: RawRecord, ids: ReadonlySet<string>): boolean {
  const section = raw.fields.get('section')
  if (Array.isArray(section) && ids.has(section[0])) return true
  const birth = raw.birth
  if (
    typeof birth === 'object' &&
    birth !== null &&
    'section' in birth &&
    typeof birth.section === 'string'
  ) {
    if (ids.has(birth.section)) return true
  }
  for (const label of raw.sets.get('label')?.keys() ?? []) if (ids.has(label)) return true
  return false
}
