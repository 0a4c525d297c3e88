import type { List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { useCallback } from 'react'
import { useWords } from '../words/use-words.ts'

/** What to call the people of a list, also without a network and when they have left it. */
export function useNameOf(list: List): (userId: string) => string {
  const names = useValue(list.names)
  const me = useValue(list.me)
  const { you, somebody } = useWords().together
  return useCallback(
    (userId) => (userId === me ? you : (names[userId] ?? somebody)),
    [names, me, you, somebody],
  )
}
