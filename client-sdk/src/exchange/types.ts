import type { Due, Priority } from '../model/field-rules.ts'

/** `json` is complete; the others carry what other programs understand. */
export type ExchangeFormat = 'json' | 'csv' | 'ics' | 'md'

/** A list outside of any server: what an export says and an import has understood. Places are positions in these arrays. */
export interface Content {
  readonly title: string | null
  readonly icon: string | null
  readonly sections: readonly string[]
  readonly labels: readonly ContentLabel[]
  /** In the list's order; a subtask comes after the item it belongs to. */
  readonly items: readonly ContentItem[]
}

export interface ContentLabel {
  readonly title: string
  readonly color: string | null
}

export interface ContentItem {
  readonly title: string
  readonly notes: string
  readonly done: boolean
  /** Position in `sections`. */
  readonly section: number | null
  /** Position in `items`, before this one; of an item that has no parent itself. */
  readonly parent: number | null
  /** Positions in `labels`. */
  readonly labels: readonly number[]
  readonly due: Due | null
  readonly repeat: string | null
  readonly remindAt: readonly string[]
  readonly priority: Priority
  readonly quantity: string | null
  readonly link: string | null
  /** User ids; they mean something only where the same people are. */
  readonly assignees: readonly string[]
  readonly extensions: Readonly<Record<string, unknown>>
}

/** What was read from a file, and what of it could not be. */
export interface Parsed extends Content {
  readonly format: ExchangeFormat
  /** The first of them; a hostile file could have millions. */
  readonly skipped: readonly Skipped[]
  readonly skippedCount: number
}

/**
 * `no-items`: nothing in it looks like a list. `broken`: it ends or is nested in a way its format does not allow.
 * `unclear-date`: 03/04/2026 is two days, and nothing else in the file says which.
 */
export type SkipReason =
  | 'no-title'
  | 'title-too-long'
  | 'too-many-items'
  | 'too-many-sections'
  | 'too-many-labels'
  | 'bad-date'
  | 'unclear-date'
  | 'bad-repeat'
  | 'bad-link'
  | 'bad-value'
  | 'too-long'
  | 'unknown-kind'
  | 'broken'
  | 'no-items'

/** A row that was left out (`isWhole`), or a part of one; the rest of that row is there. */
export interface Skipped {
  /** The line of the file, from 1; in JSON the position of the item. */
  readonly row: number
  readonly why: SkipReason
  readonly isWhole: boolean
  /** The beginning of what was not understood. */
  readonly text: string
}
