import type { List } from '@tandem/client-sdk'
import { useMembers, useValue } from '@tandem/client-sdk/react'
import { useCallback } from 'react'

/** What to call the people of a list. */
export function useNameOf(list: List): (userId: string) => string {
  const members = useMembers(list)
  const others = useValue(list.presence.others)
  const me = useValue(list.me)
  return useCallback(
    (userId) => {
      if (userId === me) return 'You'
      const one = others.find((peer) => peer.userId === userId) ?? members.find((it) => it.userId === userId)
      return one?.name ?? 'Somebody'
    },
    [members, others, me],
  )
}
