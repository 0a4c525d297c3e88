import type { Action } from '@tandem/client-sdk/protocol'
import type * as Y from 'yjs'
import type { Seat, World } from './world.ts'

export type Outcome = 'done' | 'refused'

/** One thing that a right is about, as a program would do it that knows the rules and does not care. */
export interface Try {
  attempt(world: World, seat: Seat): Promise<Outcome>
  /** Whether it is so now, by what is stored. Absent: it leaves nothing, and is tried again instead. */
  readonly trace?: (world: World, seat: Seat) => Promise<boolean>
}

/** By what a right is tried, by name; a sentence where there is no such thing by this way, which says why. */
export type Column = Readonly<Record<Action, Readonly<Record<string, Try>> | string>>

/** A change to the document, which is the same by every way that takes documents. */
export interface Edit {
  make(doc: Y.Doc, by: string): void
  isThere(doc: Y.Doc, by: string): boolean
}
