import type { ListId, Storage } from '@tandem/persistence'
import type { Terminal } from './terminal.ts'

/** `tandem resync`: tells every server that has the list open. */
export async function resync(
  storage: Storage,
  terminal: Terminal,
  options: { list: string; reason: string },
): Promise<number> {
  const listId = options.list as ListId
  // Throws for a list that does not exist.
  await storage.log.head(listId)
  storage.bus.publish({ kind: 'resync', listId, reason: options.reason })
  terminal.out(`Asked every open client of ${listId} to take the server's state afresh.`)
  return 0
}
