import type { Due, Priority } from './field-rules.ts'
import type { Stamp } from './register.ts'

/**
 * What a reader sees of one item. Frozen; a new object only when something in it changed.
 *
 * `section` and `parent` are resolved: null when the one named is unknown, in the trash, or would close a circle.
 * A subtask is in its parent's section, whatever it says itself.
 */
export interface Item {
  readonly id: string
  readonly title: string
  readonly done: boolean
  readonly notes: string
  readonly order: string
  readonly section: string | null
  readonly parent: string | null
  readonly due: Due | null
  readonly repeat: string | null
  readonly remindAt: readonly string[]
  readonly assignees: readonly string[]
  readonly labels: readonly string[]
  readonly priority: Priority
  readonly quantity: string | null
  readonly link: string | null
  readonly created: Stamp
  /** The latest edit of anything but the order, the notes and the removal, by the writers' own clocks: for display only. */
  readonly changed: Stamp
  readonly completed: Stamp | null
  readonly deleted: Stamp | null
  /** The embedding app's own `x-…` fields. */
  readonly extensions: Readonly<Record<string, unknown>>
}

export interface Section {
  readonly id: string
  readonly title: string
  readonly order: string
  readonly created: Stamp
  readonly deleted: Stamp | null
}

export interface Label {
  readonly id: string
  readonly title: string
  readonly color: string | null
  readonly created: Stamp
  readonly deleted: Stamp | null
}

export interface Comment {
  readonly id: string
  readonly item: string
  readonly body: string
  readonly resolved: boolean
  readonly created: Stamp
  readonly edited: Stamp | null
  readonly deleted: Stamp | null
}

export interface ListFields {
  readonly title: string
  readonly icon: string | null
  /** The list's format; above `LIST_FORMAT` a writer of this version cannot know what it would break. */
  readonly format: number
  readonly extensions: Readonly<Record<string, unknown>>
}
