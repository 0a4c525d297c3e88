import type { Comment, Item, Label, ListFields, Section } from './types.ts'

/** What plans, queries and tests need of a list. `ListView` is one; so is anything that reads the same way. */
export interface ListReader {
  item(id: string): Item | undefined
  /** Items not in the trash, by order key, then id. The same array until membership or order changes. */
  ids(): readonly string[]
  children(id: string): readonly Item[]
  /** Items in the trash that name this one as their parent; they read as having none. */
  trashedChildren(id: string): readonly Item[]
  section(id: string): Section | undefined
  sections(): readonly Section[]
  label(id: string): Label | undefined
  labels(): readonly Label[]
  comment(id: string): Comment | undefined
  comments(itemId: string): readonly Comment[]
  list(): ListFields
  /** Every key of a record that stands in the document, known to this version or not: what a purge has to remove. */
  keysOf(kind: 'items' | 'sections' | 'labels' | 'comments', id: string): readonly string[]
  counts(): Readonly<Record<'items' | 'sections' | 'labels' | 'comments', number>>
}

/** What one transaction changed. */
export interface ListChange {
  readonly origin: unknown
  /** True when this document's own client made it, false when it came from elsewhere or from the device. */
  readonly local: boolean
  /** Items whose object is new, gone or different, with what they were before. */
  readonly items: ReadonlyMap<string, Item | undefined>
  /** True when `ids()` is another array. */
  readonly order: boolean
  readonly sections: boolean
  readonly labels: boolean
  readonly trash: boolean
  readonly list: boolean
  /** Items whose comments changed. */
  readonly comments: ReadonlySet<string>
}
