import type { List } from '@tandem/client-sdk'
import { createContext, useContext } from 'react'
import { createStore, type Store } from '../../ui/store.ts'
import { LiveOrder, type Look } from '../order/live-order.ts'
import type { Filter } from '../order/outline.ts'
import { NONE_SELECTED, type Selection } from '../select/selection.ts'
import { type Entry, rowIds } from './entries.ts'
import { createFolds, type Folds } from './folds.ts'

/** A title that is being typed. It lives outside the row, so that nothing that happens to the row takes it away. */
export interface Draft {
  readonly id: string
  readonly text: string
  /** The title when it was begun. */
  readonly before: string
}

/** What is being asked about some items, in a window over the rows; `history` without any is that of the list. */
export interface Asking {
  readonly what: 'move' | 'purge' | 'assign' | 'label' | 'due' | 'priority' | 'history'
  readonly ids: readonly string[]
}

/** Everything the parts of a list's page share. One object for as long as the list is on the screen. */
export interface Board {
  readonly list: List
  readonly order: LiveOrder
  /** The row that Tab leads to and keys speak of. */
  readonly cursor: Store<string | null>
  readonly selection: Store<Selection>
  readonly draft: Store<Draft | null>
  /** To which item a subtask is being added. */
  readonly addingTo: Store<string | null>
  readonly folds: Store<Folds>
  readonly filter: Store<Filter>
  readonly asking: Store<Asking | null>
  /** The lines on the screen, as last rendered. */
  readonly entries: Store<readonly Entry[]>
  /** The row that is being dragged. */
  readonly dragging: Store<string | null>
  /** Makes sure that a row is in the page; set by whoever shows only a part of the rows. */
  readonly reveal: Store<((id: string) => void) | null>
}

export function createBoard(list: List, look: Look): Board {
  return {
    list,
    order: new LiveOrder(list, look),
    cursor: createStore<string | null>(null),
    selection: createStore(NONE_SELECTED),
    draft: createStore<Draft | null>(null),
    addingTo: createStore<string | null>(null),
    folds: createFolds(list.id),
    filter: createStore(look.filter),
    asking: createStore<Asking | null>(null),
    entries: createStore<readonly Entry[]>([]),
    dragging: createStore<string | null>(null),
    reveal: createStore<((id: string) => void) | null>(null),
  }
}

export const BoardContext = createContext<Board | null>(null)

export function useBoard(): Board {
  const board = useContext(BoardContext)
  if (board === null) throw new Error('useBoard needs the page of a list above it')
  return board
}

/** Ids of the rows on the screen, from top to bottom. */
export function shownIds(board: Board): string[] {
  return rowIds(board.entries.get())
}

export function rowElement(id: string): HTMLElement | null {
  return document.querySelector(`.items [data-id="${CSS.escape(id)}"]`)
}

/** Puts the cursor and the focus on a row, also where it is only about to be in the page. */
export function focusRow(board: Board, id: string): void {
  board.cursor.set(id)
  if (focusIn(id)) return
  board.reveal.get()?.(id)
  // It is rendered by then, or it is not there at all.
  requestAnimationFrame(() => requestAnimationFrame(() => focusIn(id)))
}

function focusIn(id: string): boolean {
  const row = rowElement(id)
  const control = row?.querySelector<HTMLElement>('[data-focus]') ?? null
  control?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
  return control !== null
}
