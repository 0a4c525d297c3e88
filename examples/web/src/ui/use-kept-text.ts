import { useState } from 'react'

/** What is half typed, kept by the tab until it is sent: closing the panel or a reload loses nothing. The key begins with `tandem:`. */
export function useKeptText(key: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '')
  function type(next: string): void {
    setText(next)
    keepText(key, next)
  }
  return [text, type]
}

/** Nothing is kept of nothing. */
export function keepText(key: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  } catch {
    // No room: it is still in the field.
  }
}
