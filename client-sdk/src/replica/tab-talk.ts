import type { EditContent } from './edit.ts'

/**
 * What the tabs of one browser tell each other about one list. Everything in it fits a structured clone.
 *
 * Every tab has its own connection, so this is about edits the server does not have yet, and about who has them.
 */
export type TabMessage =
  /** I made this edit; show it, and count it as waiting. */
  | { readonly type: 'edit'; readonly uid: string; readonly edit: EditContent }
  /** Its row in the device store, which a tab that was opened meanwhile may have read. */
  | { readonly type: 'stored'; readonly uid: string; readonly key: number }
  | { readonly type: 'confirmed'; readonly uids: readonly string[]; readonly keys: readonly number[] }
  /** After a repair: refused edits must leave your document too; moved ones have other bytes. */
  | {
      readonly type: 'repaired'
      readonly refused: readonly string[]
      readonly moved: readonly { readonly uid: string; readonly edit: EditContent }[]
    }
  /** The person decided about refused edits. */
  | { readonly type: 'inbox' }

/** The way to the other tabs; a browser without BroadcastChannel has one that goes nowhere. */
export interface TabLine {
  post(message: TabMessage): void
  close(): void
}

export type OpenTabLine = (listId: string, onMessage: (message: TabMessage) => void) => TabLine

export const noTabs: OpenTabLine = () => ({ post: () => {}, close: () => {} })
