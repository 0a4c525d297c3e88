import { useEffect, useState } from 'react'
import { keepText } from '../../ui/use-kept-text.ts'

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
  useEffect(() => keepText(key, draft.text === '' ? '' : JSON.stringify(draft)), [draft, key])
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
