import { useEffect, useState } from 'react'

/** What is being typed for a list, and which of its tokens were taken off. */
export interface AddDraft {
  readonly text: string
  /** By `tokenKey`. */
  readonly plain: readonly string[]
}

const EMPTY: AddDraft = { text: '', plain: [] }

/** Kept by the tab until it is added: a reload, a lost right, another list in between lose nothing. */
export function useDraft(listId: string): [AddDraft, (draft: AddDraft) => void] {
  const key = `tandem:adding:${listId}`
  const [draft, setDraft] = useState(() => read(key))
  useEffect(() => {
    try {
      if (draft.text === '') sessionStorage.removeItem(key)
      else sessionStorage.setItem(key, JSON.stringify(draft))
    } catch {
      // No room: it is still in the field.
    }
  }, [draft, key])
  return [draft, setDraft]
}

function read(key: string): AddDraft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return EMPTY
    const { text, plain } = kept as Partial<AddDraft>
    return typeof text === 'string' && Array.isArray(plain) ? { text, plain: plain.map(String) } : EMPTY
  } catch {
    return EMPTY
  }
}
