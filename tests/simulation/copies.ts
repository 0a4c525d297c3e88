import type { ListId } from '@tandem/persistence'
import type { MemoryCluster } from '@tandem/persistence/memory'
import * as Y from 'yjs'
import type { Device } from './device.ts'

export async function differing(devices: readonly Device[], truth: Y.Doc): Promise<number> {
  const wanted = fingerprint(truth)
  let count = 0
  for (const device of devices) if (fingerprint(await device.stored()) !== wanted) count++
  return count
}

/** The state from nothing but the log's bytes. */
export function replayed(cluster: MemoryCluster, listId: ListId): Y.Doc {
  const document = new Y.Doc()
  const list = cluster.lists.get(listId)
  for (let seq = 1; seq <= (list?.headSeq ?? 0); seq++) {
    const update = list?.updates.get(seq)
    if (update === undefined) throw new Error(`The log has a hole at ${seq}`)
    Y.applyUpdate(document, update.data)
  }
  return document
}

/** Byte for byte: the encoding of the whole state, through a fresh document so that only content counts. */
export function fingerprint(document: Y.Doc): string {
  const fresh = new Y.Doc()
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(document))
  if (fresh.store.pendingStructs !== null) return 'incomplete'
  return Buffer.from(Y.encodeStateAsUpdate(fresh)).toString('base64')
}

/** Empty when both screens show the same. */
export function screenDifference(one: Device, other: Device): string {
  const shown = (device: Device): string =>
    JSON.stringify([
      device.list.items
        .ids({})
        .getSnapshot()
        .map((id) => device.list.items.item(id).getSnapshot()),
      device.list.items.trash.getSnapshot(),
      device.list.sections.getSnapshot(),
    ])
  return shown(one) === shown(other)
    ? ''
    : ` but ${one.userId} sees ${shown(one)}, ${other.userId} ${shown(other)}`
}
