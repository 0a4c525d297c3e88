import type { Environment } from '../environment.ts'
import type { Directory, ListId } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import type { Database } from './database.ts'
import { createDeletedLists } from './deleted-lists.ts'
import {
  type ListRecord,
  listColumns,
  listOverview,
  listWithRole,
  type OverviewRecord,
  overviewTexts,
} from './list-rows.ts'
import { countDamagedLists, readQuarantine } from './quarantine.ts'
import { mustBeUuid } from './reader.ts'
import { createUsers } from './users.ts'

const createText = `
  WITH list AS (
    INSERT INTO lists (id, owner_id, title) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING RETURNING id
  ), granted AS (
    INSERT INTO share_grants (list_id, grantee_id, role, granted_by) SELECT id, $2, 'owner', $2 FROM list
  )
  INSERT INTO audit_log (actor_id, action, list_id, subject_id, detail)
  SELECT $2, 'list.created', id, $2, '{"role": "owner"}' FROM list`

export function createDirectory(database: Database, environment: Environment): Directory {
  const find: Directory['find'] = async (listId, userId) => {
    if (!isUuid(listId)) return null
    const { rows } = await database.query<ListRecord>({
      name: 'tandem-list-2',
      text: `SELECT ${listColumns} FROM lists l JOIN share_grants g ON g.list_id = l.id
             WHERE l.id = $1 AND g.grantee_id = $2 AND g.revoked_at IS NULL AND l.deleted_at IS NULL`,
      values: [listId, userId],
    })
    return rows[0] === undefined ? null : listWithRole(rows[0])
  }

  return {
    find,
    ...createUsers(database),
    createList: async ({ id, ownerId, title }) => {
      mustBeUuid(id)
      const values = [id, ownerId, title]
      const { rowCount } = await database.query({ name: 'tandem-list-create-2', text: createText, values })
      const list = await find(id, ownerId)
      // Somebody else's, or deleted: either way the id is used up.
      if (list === null || list.ownerId !== ownerId) return { outcome: 'taken' }
      return { outcome: rowCount === 1 ? 'created' : 'exists', list }
    },
    listFor: async (userId, { view, limit = null } = { view: 'all' }) => {
      const { rows } = await database.query<OverviewRecord>({
        name: `tandem-lists-${view}-1`,
        text: overviewTexts[view],
        values: [userId, limit],
      })
      return rows.map(listOverview)
    },
    listIds: async (after, limit) => {
      const { rows } = await database.query<{ id: ListId }>({
        name: 'tandem-list-ids-1',
        text: 'SELECT id FROM lists WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2',
        values: [after, limit],
      })
      return rows.map((row) => row.id)
    },
    setTitle: async (listId, title) => {
      mustBeUuid(listId)
      const text = 'UPDATE lists SET title = $2, updated_at = now() WHERE id = $1 AND title <> $2'
      await database.query({ name: 'tandem-title-1', text, values: [listId, title] })
    },
    ...createDeletedLists(database, environment),
    quarantine: () => readQuarantine(database),
    damagedLists: () => countDamagedLists(database),
  }
}
