import { createStore, type Store } from '../../ui/store.ts'

/** What is folded, for this person on this device. */
export interface Folds {
  readonly collapsed: ReadonlySet<string>
  readonly isDoneOpen: boolean
}

const EMPTY: Folds = { collapsed: new Set(), isDoneOpen: false }

/** What of a list is folded; remembered, so that it is found as it was left. */
export function createFolds(listId: string): Store<Folds> {
  const key = `tandem:folds:${listId}`
  const store = createStore(remembered(key))
  return {
    ...store,
    set: (folds) => {
      store.set(folds)
      try {
        localStorage.setItem(
          key,
          JSON.stringify({ collapsed: [...folds.collapsed], isDoneOpen: folds.isDoneOpen }),
        )
      } catch {
        // A full or forbidden storage costs nothing but the memory of it.
      }
    },
  }
}

function remembered(key: string): Folds {
  try {
    const known = JSON.parse(localStorage.getItem(key) ?? '{}') as {
      collapsed?: unknown
      isDoneOpen?: unknown
    }
    const collapsed = Array.isArray(known.collapsed) ? known.collapsed.map(String) : []
    return { collapsed: new Set(collapsed), isDoneOpen: known.isDoneOpen === true }
  } catch {
    return EMPTY
  }
}
