import { ClientError } from '../errors.ts'
import { plainTitle } from '../list/similar.ts'
import type { ItemInput, List } from '../list/types.ts'
import type { Id, Write } from '../types.ts'
import type { Content, ContentItem } from './types.ts'

export interface LandOptions {
  /** Called in the same undo step; what it is called in the list's history. */
  readonly label?: string
  /** Who may be assigned; others are left out. Default: nobody. */
  readonly mayAssign?: (userId: Id) => boolean
}

/** Adds content at the end of a list: one undo step, one update. Sections and labels of the same name are used, not doubled. */
export function addContent(list: List, content: Content, options: LandOptions = {}): Write<readonly Id[]> {
  ensureEditable(list)
  return list.transact(options.label ?? 'Import', () => {
    const landing = new Landing(list, content, options)
    landing.add(0, content.items.length)
    return landing.ids
  })
}

export function ensureEditable(list: List): void {
  if (!list.can.getSnapshot().edit) throw new ClientError('not-allowed')
}

/** Content on its way into a list, piece by piece. Every call belongs inside a `transact`. */
export class Landing {
  readonly #list: List
  readonly #content: Content
  readonly #mayAssign: (userId: Id) => boolean
  readonly #ids: Id[] = []
  #sections: readonly Id[] | null = null
  #labels: readonly Id[] = []

  constructor(list: List, content: Content, options: LandOptions) {
    this.#list = list
    this.#content = content
    this.#mayAssign = options.mayAssign ?? (() => false)
  }

  /** Of the items added so far, in the order of the content. */
  get ids(): readonly Id[] {
    return this.#ids
  }

  add(from: number, to: number): void {
    this.#prepare()
    const { items } = this.#content
    const piece = items.slice(from, to)
    // First those above: a subtask needs to find its item in the list.
    for (const isTop of [true, false]) {
      const chosen = piece
        .map((item, at) => ({ item, at: from + at }))
        .filter(({ item }) => (item.parent === null) === isTop)
      const ids = this.#list.items.addMany(chosen.map(({ item }) => this.#inputOf(item))).value
      // Refused without a throw: the role was lowered this moment.
      if (ids.length < chosen.length) throw new ClientError('not-allowed')
      for (const [index, { at }] of chosen.entries()) this.#ids[at] = ids[index] ?? ''
    }
  }

  #prepare(): void {
    if (this.#sections !== null) return
    const { sections, labels } = this.#list
    const knownSections = byTitle(sections.getSnapshot())
    this.#sections = this.#content.sections.map((title) => {
      const key = plainTitle(title)
      const id = knownSections.get(key) ?? sections.add(title).value
      // Two of one name in the content stay two, as they were.
      knownSections.delete(key)
      return id
    })
    const knownLabels = byTitle(labels.getSnapshot())
    this.#labels = this.#content.labels.map(({ title, color }) => {
      const id = knownLabels.get(plainTitle(title)) ?? labels.add(title, color).value
      knownLabels.set(plainTitle(title), id)
      return id
    })
  }

  #inputOf(item: ContentItem): ItemInput {
    const { section, parent, labels, assignees, ...fields } = item
    const sectionId = section === null ? null : (this.#sections?.[section] ?? null)
    const parentId = parent === null ? null : (this.#ids[parent] ?? null)
    const place = parentId === null ? { section: sectionId } : { parent: parentId }
    return {
      ...fields,
      place: { at: 'end', ...place },
      labels: [...new Set(labels.flatMap((at) => this.#labels[at] ?? []))],
      assignees: assignees.filter(this.#mayAssign),
    }
  }
}

function byTitle(records: readonly { readonly id: Id; readonly title: string }[]): Map<string, Id> {
  return new Map([...records].reverse().map(({ id, title }) => [plainTitle(title), id]))
}
