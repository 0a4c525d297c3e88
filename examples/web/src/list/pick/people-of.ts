import type { List, Member, Readable } from '@tandem/client-sdk'
import { useClient, useValue } from '@tandem/client-sdk/react'
import { useMemo } from 'react'

export interface Person {
  readonly id: string
  readonly name: string
}

const NO_MEMBERS: readonly Member[] = []
const NOBODY: Readable<readonly Member[]> = {
  getSnapshot: () => NO_MEMBERS,
  getServerSnapshot: () => NO_MEMBERS,
  subscribe: () => () => undefined,
}

/**
 * Who can be given something to do: the members as the server says, and who is known of the list while it cannot be asked. It is not
 * asked while nobody needs to know.
 */
export function usePeople(list: List, isNeeded = true): readonly Person[] {
  const members = useValue(isNeeded ? list.members : NOBODY)
  const names = useValue(list.names)
  const me = useValue(list.me)
  const user = useValue(useClient().user)
  return useMemo(() => {
    const asked = members.map(({ userId, name }) => ({ id: userId, name }))
    const known = Object.entries(names).map(([id, name]) => ({ id, name }))
    const all = (asked.length > 0 ? asked : known).filter(({ name }) => name !== '')
    // In a list that was made offline, nobody is known yet but oneself.
    if (me === null || user === null || all.some(({ id }) => id === me)) return all
    return [{ id: me, name: user.name }, ...all]
  }, [members, names, me, user])
}
