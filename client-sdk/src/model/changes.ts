import type { RootKind } from './keys.ts'

/**
 * One thing a person did to a list, in terms of keys and not of Yjs structs.
 *
 * Every mutation is first a plan of changes and then applied. The plan is kept beside a pending edit, so that the edit
 * can be applied again to a fresh document (after a refusal or a repair), undone, shown and exported.
 */
export type Change =
  | { readonly type: 'put'; readonly root: RootKind; readonly key: string; readonly value: unknown }
  /** Removes a key for good. Only a purge does this; the gate accepts it only for records already in the trash. */
  | { readonly type: 'remove'; readonly root: RootKind; readonly key: string }
  | { readonly type: 'text'; readonly itemId: string; readonly delta: readonly TextDelta[] }

export type TextDelta =
  | { readonly retain: number }
  | { readonly insert: string }
  | { readonly delete: number }
