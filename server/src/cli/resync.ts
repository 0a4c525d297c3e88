import type { ListId, Storage } from '@tandem/persistence'
import type { Terminal } from './terminal.ts'

/** `tandem resync`: tells every server that has the list open; exit code 1 when there is no such list. */
export async function resync(
  storage: Storage,
  terminal: Terminal,
  options: { list: string; reason: string },
): Promise<number> {
  const listId = options.list as ListId
  // Every list has at least the edit that gave it its title.
  if ((await storage.log.head(listId)) === 0) {
    terminal.err(`There is no list ${listId}.`)
    return 1
  }
  storage.bus.publish({ kind: 'resync', listId, reason: options.reason })
  terminal.out(`Asked every open client of ${listId} to take the server's state afresh.`)
  return 0
}
