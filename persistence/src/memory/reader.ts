import { StorageError } from '../errors.ts'
import type { Damage, ListId, UpdateLog } from '../ports.ts'
import { damageOfSnapshot, type StoredUpdate, verifyRows } from '../reading/verify.ts'
import type { MemoryCluster, MemoryList } from './cluster.ts'

export function listIn(cluster: MemoryCluster, listId: ListId): MemoryList {
  const list = cluster.lists.get(listId)
  if (list === undefined)
    throw new StorageError('unknown-list', `There is no list ${JSON.stringify(listId)}.`)
  return list
}

export function createMemoryReader(
  cluster: MemoryCluster,
): Pick<UpdateLog, 'readSince' | 'load' | 'head' | 'heads'> {
  const record = (damage: readonly Damage[]): void => {
    for (const one of damage) {
      const key = `${one.listId} ${one.kind} ${one.seq}`
      if (!cluster.quarantine.has(key))
        cluster.quarantine.set(key, { ...one, foundAt: cluster.environment.now() })
    }
  }
  const rowsAfter = (list: MemoryList, after: number, limit: number): StoredUpdate[] =>
    [...list.updates.values()]
      .filter((row) => row.seq > after)
      .sort((a, b) => a.seq - b.seq)
      .slice(0, limit)
      .map((row) => ({ ...row, data: row.data.slice() }))

  return {
    readSince: async (listId, after, limit) => {
      const list = listIn(cluster, listId)
      const rows = rowsAfter(list, after, limit)
      const last = rows.at(-1)?.seq ?? after
      const through = rows.length < limit ? Math.max(list.headSeq, last) : last
      const verified = verifyRows(listId, rows, { after, through })
      record(verified.damage)
      return { ...verified, through, head: Math.max(list.headSeq, through) }
    },
    load: async (listId) => {
      const list = listIn(cluster, listId)
      const damage: Damage[] = []
      const newestFirst = [...list.snapshots.values()].sort((a, b) => b.seq - a.seq)
      const snapshot = newestFirst.find((candidate) => {
        const wrong = damageOfSnapshot(listId, candidate, list.headSeq)
        if (wrong !== null) damage.push(wrong)
        return wrong === null
      })
      const after = snapshot?.seq ?? 0
      const rows = rowsAfter(list, after, Number.POSITIVE_INFINITY)
      const through = Math.max(list.headSeq, rows.at(-1)?.seq ?? 0)
      const tail = verifyRows(listId, rows, { after, through })
      const all = [...damage, ...tail.damage]
      record(all)
      const found = snapshot === undefined ? null : { seq: snapshot.seq, data: snapshot.data.slice() }
      return { snapshot: found, tail: tail.updates, head: through, damage: all }
    },
    head: async (listId) => listIn(cluster, listId).headSeq,
    heads: async (listIds) =>
      new Map(
        listIds.flatMap((id) => {
          const list = cluster.lists.get(id)
          return list === undefined ? [] : [[id, list.headSeq] as const]
        }),
      ),
  }
}
