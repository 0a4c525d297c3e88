import type { Audit, AuditEntry } from '../people-ports.ts'
import type { MemoryCluster } from './cluster.ts'

type AuditNote = Pick<AuditEntry, 'action' | 'actorId'> &
  Partial<Pick<AuditEntry, 'listId' | 'subjectId' | 'detail'>>

export function note(
  cluster: MemoryCluster,
  { listId = null, subjectId = null, detail = {}, ...entry }: AuditNote,
): void {
  const at = cluster.environment.now()
  // As JSON, because that is what a database keeps of it.
  const kept = JSON.parse(JSON.stringify(detail)) as Record<string, unknown>
  cluster.audit.push({ id: cluster.audit.length + 1, at, listId, subjectId, detail: kept, ...entry })
}

export function createMemoryAudit(cluster: MemoryCluster): Audit {
  return {
    record: async (...entries) => {
      for (const entry of entries) note(cluster, entry)
    },
    read: async ({ listId, before = Number.POSITIVE_INFINITY, limit }) =>
      cluster.audit
        .filter((entry) => entry.id < before && (listId === undefined || entry.listId === listId))
        .reverse()
        .slice(0, limit)
        .map((entry) => structuredClone(entry)),
  }
}
