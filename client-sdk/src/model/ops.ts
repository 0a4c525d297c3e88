import type { RecordKind } from './keys.ts'

/**
 * The human meaning of an update, one entry per thing that changed. Written by the gate into the log's `ops` column;
 * history, change feed, notifications and search read these and never decode updates themselves.
 */
export type Op =
  | { readonly op: 'add'; readonly kind: RecordKind; readonly id: string; readonly value: unknown }
  | {
      readonly op: 'set'
      readonly kind: RecordKind | 'list'
      /** Absent for the list's own fields. */
      readonly id?: string
      readonly field: string
      readonly from: unknown
      readonly to: unknown
    }
  | {
      readonly op: 'member'
      readonly kind: RecordKind
      readonly id: string
      readonly set: string
      readonly member: string
      readonly to: boolean
    }
  /**
   * Two people wrote the field unseen by each other. Beside the `set`, if there is one: `kept` is what everybody reads since,
   * `other` is nowhere in the list any more.
   */
  | {
      readonly op: 'collision'
      readonly kind: RecordKind | 'list'
      /** Absent for the list's own fields. */
      readonly id?: string
      readonly field: string
      readonly kept: Written
      readonly other: Written
    }
  | { readonly op: 'note'; readonly id: string; readonly inserted: number; readonly deleted: number }
  | { readonly op: 'purge'; readonly kind: RecordKind; readonly id: string }

/** A value and who wrote it. */
export interface Written {
  readonly value: unknown
  readonly by: string
}

export type CollisionOp = Extract<Op, { op: 'collision' }>
