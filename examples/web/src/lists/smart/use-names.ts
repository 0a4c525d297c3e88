import { holdList, type Id } from '@tandem/client-sdk'
import { useClient } from '@tandem/client-sdk/react'
import { useEffect, useState } from 'react'

type Names = Readonly<Record<Id, string>>

/** What the people of some lists are called. Read from the device; nobody in those lists sees that this person looks. */
export function useNamesIn(listIds: readonly Id[]): (listId: Id, userId: Id) => string | null {
  const client = useClient()
  const [names, setNames] = useState<Readonly<Record<Id, Names>>>({})
  const wanted = [...listIds].sort().join(' ')
  useEffect(() => {
    const stops = wanted
      .split(' ')
      .filter((id) => id !== '')
      .map((id) => {
        const { list, release } = holdList(client, id)
        list.presence.show(false)
        const read = (): void => setNames((before) => ({ ...before, [id]: list.names.getSnapshot() }))
        const stop = list.names.subscribe(read)
        read()
        return () => {
          stop()
          list.presence.show(true)
          release()
        }
      })
    return () => {
      for (const stop of stops) stop()
    }
  }, [client, wanted])
  return (listId, userId) => names[listId]?.[userId] ?? null
}
