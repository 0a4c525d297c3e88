import type { Audit, AuditEntry } from '../people-ports.ts'
import type { ListId, UserId } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import type { Database, Queryable } from './database.ts'
import { toJsonb } from './jsonb.ts'

/** What a change writes about itself, in its own transaction. */
export interface AuditNote {
  readonly action: string
  readonly actorId: UserId | null
  readonly listId?: ListId | null
  readonly subjectId?: UserId | null
  readonly detail?: Readonly<Record<string, unknown>>
}

export async function recordAudit(database: Queryable, note: AuditNote): Promise<void> {
  const { action, actorId, listId = null, subjectId = null, detail = {} } = note
  await database.query({
    name: 'tandem-audit-1',
    text: `INSERT INTO audit_log (actor_id, action, list_id, subject_id, detail) VALUES ($1, $2, $3, $4, $5)`,
    values: [actorId, action, listId, subjectId, toJsonb(detail)],
  })
}

interface AuditRow {
  id: number
  at: Date
  actor_id: UserId | null
  action: string
  list_id: ListId | null
  subject_id: UserId | null
  detail: Record<string, unknown>
}

const recordManyText = `
  INSERT INTO audit_log (actor_id, action, list_id, subject_id, detail)
  SELECT actor_id, action, list_id, subject_id, detail
  FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::jsonb[])
    WITH ORDINALITY AS e (actor_id, action, list_id, subject_id, detail, n)
  ORDER BY n`

const columns = 'id::float8, at, actor_id, action, list_id, subject_id, detail'
export const auditOfListText = `
  SELECT ${columns} FROM audit_log WHERE list_id = $1 AND id < $2 ORDER BY audit_log.id DESC LIMIT $3`
const auditText = `SELECT ${columns} FROM audit_log WHERE id < $1 ORDER BY audit_log.id DESC LIMIT $2`

export function createAudit(database: Database): Audit {
  return {
    record: async (...entries) => {
      const columns = [
        entries.map(({ actorId }) => actorId),
        entries.map(({ action }) => action),
        entries.map(({ listId }) => listId),
        entries.map(({ subjectId }) => subjectId),
        entries.map(({ detail }) => toJsonb(detail)),
      ]
      await database.query({ name: 'tandem-audit-many-1', text: recordManyText, values: columns })
    },
    read: async ({ listId, before = Number.MAX_SAFE_INTEGER, limit }) => {
      if (listId !== undefined && !isUuid(listId)) return []
      const statement =
        listId === undefined
          ? { name: 'tandem-audit-all-1', text: auditText, values: [before, limit] }
          : { name: 'tandem-audit-list-1', text: auditOfListText, values: [listId, before, limit] }
      return (await database.query<AuditRow>(statement)).rows.map(auditEntry)
    },
  }
}

function auditEntry(row: AuditRow): AuditEntry {
  const { id, at, action, detail } = row
  return { id, at, action, detail, actorId: row.actor_id, listId: row.list_id, subjectId: row.subject_id }
}
