import type { Document } from '@hocuspocus/server'
import type { SyncClock } from './deps.ts'

/** Nobody sees more than ten pictures a second of who does what. */
const WINDOW_MS = 100

/** All presence leaves through this method of Hocuspocus' document; it encodes once for all connections. */
interface Broadcaster {
  broadcastAwarenessUpdate(changedClients: number[]): void
}

/**
 * Sends the presence of one list at most once in a window, with whatever has changed in it: the first change at once, the others together.
 *
 * Without it each of N people is told of each change of the N others in a frame of its own. Edits do not wait for any of this.
 */
export function gatherPresence(document: Document, clock: SyncClock): void {
  const broadcaster = document as unknown as Broadcaster
  const send = broadcaster.broadcastAwarenessUpdate.bind(document)
  const changed = new Set<number>()
  let isWithinWindow = false
  const flush = (): void => {
    // Of somebody who is just coming back nothing is known for a moment; their next state is told as any other.
    const clients = [...changed].filter((clientId) => document.awareness.meta.has(clientId))
    changed.clear()
    isWithinWindow = clients.length > 0 && !document.isDestroyed
    if (!isWithinWindow) return
    clock.setTimer(flush, WINDOW_MS)
    send(clients)
  }
  broadcaster.broadcastAwarenessUpdate = (clients) => {
    for (const clientId of clients) changed.add(clientId)
    if (!isWithinWindow) flush()
  }
}
