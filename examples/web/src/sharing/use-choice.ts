import { useState } from 'react'

/**
 * A choice that the server has to make true: what was chosen from the press on, and what is true once the server has answered. `isAsked`
 * in between. On a slow line a field that springs back would be pressed again.
 */
export function useChoice<T>(
  isTrue: T,
  make: (chosen: T) => Promise<unknown>,
): { readonly value: T; readonly isAsked: boolean; choose(chosen: T): void } {
  const [asked, setAsked] = useState<{ readonly chosen: T } | null>(null)

  async function choose(chosen: T): Promise<void> {
    const mine = { chosen }
    setAsked(mine)
    await make(chosen)
    // A later choice has its own answer to wait for.
    setAsked((now) => (now === mine ? null : now))
  }

  return {
    value: asked === null ? isTrue : asked.chosen,
    isAsked: asked !== null,
    choose: (chosen) => void choose(chosen),
  }
}
