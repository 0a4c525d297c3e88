import { type Client, ClientError, type Id, type List, withList } from '@tandem/client-sdk'

/**
 * Does something with all there is of a list. Waits for the server where nothing of it is on this device yet, and rejects with `network`
 * where that is not to be had: what this device shows of such a list would be taken for an empty one.
 */
export function withWholeList<T>(client: Client, id: Id, act: (list: List) => T): Promise<T> {
  return withList(client, id, async (list) => {
    if (!(await isHere(list))) throw new ClientError('network')
    return act(list)
  })
}

function isHere(list: List): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (): void => {
      const status = list.status.getSnapshot()
      const isEmpty = list.items.ids().getSnapshot().length + list.sections.getSnapshot().length === 0
      if (isEmpty && status.state === 'loading') return
      stop()
      resolve(!isEmpty || status.state !== 'offline' || status.here)
    }
    const stop = list.status.subscribe(look)
    look()
  })
}
