import { checksum, checksumSeed } from '../checksum.ts'
import type { Damage, ListId, LoggedUpdate, Seq } from '../ports.ts'

/** A log row as an adapter found it. */
export interface StoredUpdate extends LoggedUpdate {
  readonly checksum: number
}

/**
 * Parts rows that are as they were written from what is missing or changed.
 *
 * `through` is the position the rows should reach (`after` + 1 up to it, without holes). A hole is one damage, at its first position.
 */
export function verifyRows(
  listId: ListId,
  rows: readonly StoredUpdate[],
  range: { after: Seq; through: Seq },
): { updates: LoggedUpdate[]; damage: Damage[] } {
  const seed = checksumSeed(listId)
  const updates: LoggedUpdate[] = []
  const damage: Damage[] = []
  const hole = (from: Seq, to: Seq): void => {
    if (from > to) return
    const detail = from === to ? `update ${from} is missing` : `updates ${from} to ${to} are missing`
    damage.push({ listId, kind: 'missing-row', seq: from, detail })
  }
  let last = range.after
  for (const row of rows) {
    hole(last + 1, row.seq - 1)
    last = row.seq
    const found = checksum(seed, row.data)
    if (found === row.checksum) {
      const { checksum: _, ...update } = row
      updates.push(update)
      continue
    }
    const detail = `update ${row.seq}: checksum is ${found}, ${row.checksum} was stored`
    damage.push({ listId, kind: 'corrupt-row', seq: row.seq, detail })
  }
  hole(last + 1, range.through)
  return { updates, damage }
}

export interface StoredSnapshot {
  readonly seq: Seq
  readonly data: Uint8Array
  readonly checksum: number
}

/** Null when the snapshot is as it was written. */
export function damageOfSnapshot(listId: ListId, snapshot: StoredSnapshot, head: Seq): Damage | null {
  const { seq } = snapshot
  const found = checksum(checksumSeed(listId), snapshot.data)
  if (found !== snapshot.checksum) {
    const detail = `snapshot ${seq}: checksum is ${found}, ${snapshot.checksum} was stored`
    return { listId, kind: 'corrupt-snapshot', seq, detail }
  }
  // Updates appended from now on get positions it claims to contain: reading only what follows it would hide them.
  if (seq > head) {
    return {
      listId,
      kind: 'corrupt-snapshot',
      seq,
      detail: `snapshot ${seq} claims more than the log's ${head}`,
    }
  }
  return null
}
