import type { List } from '@tandem/client-sdk'
import { useEffect, useState } from 'react'
import { useWhole } from '../../ui/store.ts'
import { HistoryReader, type Read } from './reader.ts'

/**
 * The history as far as it has been read. What this person does meanwhile is in it once it is saved; what others do comes with that, or
 * with the next opening: lines that moved by themselves could not be read. A connection that comes back makes up for one that failed.
 */
export function useHistory(
  list: List,
  itemId?: string,
): { readonly read: Read; readonly older: () => Promise<void> } {
  const [reader] = useState(() => new HistoryReader(list, itemId))
  useEffect(() => {
    void reader.older()
    let before = list.status.getSnapshot().state
    return list.status.subscribe(() => {
      const { state } = list.status.getSnapshot()
      if (state === 'synced' && before !== 'synced') void reader.newer()
      before = state
    })
  }, [reader, list])
  return { read: useWhole(reader.state), older: () => reader.older() }
}
