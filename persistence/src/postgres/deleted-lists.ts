import type { Environment } from '../environment.ts'
import { mayDelete, restoringRoles } from '../giving.ts'
import { type Directory, type ListId, RESTORE_DAYS } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import type { Database, Queryable } from './database.ts'
import { type ListRecord, listColumns, listWithRole } from './list-rows.ts'
import { allowed } from './sharing-state.ts'

type DeletedLists = Pick<Directory, 'deleteList' | 'restoreList' | 'deletedLists' | 'purgeLists'>

const dayMs = 24 * 60 * 60 * 1000

const deleteText = `
  WITH list AS (
    UPDATE lists SET deleted_at = $3, deleted_by = $2 WHERE id = $1 RETURNING id, title
  )
  INSERT INTO audit_log (actor_id, action, list_id, detail)
  SELECT $2, 'list.deleted', id, jsonb_build_object('title', title) FROM list`

const restoreText = `
  WITH list AS (
    UPDATE lists SET deleted_at = NULL, deleted_by = NULL WHERE id = $1 AND deleted_at > $3 AND EXISTS (
      SELECT 1 FROM share_grants
      WHERE list_id = $1 AND grantee_id = $2 AND revoked_at IS NULL AND role = ANY ($4)
    ) RETURNING id, title
  )
  INSERT INTO audit_log (actor_id, action, list_id, detail)
  SELECT $2, 'list.restored', id, jsonb_build_object('title', title) FROM list`

// Another node that purges at the same time takes other lists.
const oldestText = `
  SELECT id FROM lists WHERE deleted_at < $1 ORDER BY deleted_at LIMIT 1 FOR UPDATE SKIP LOCKED`

/** What is not removed with its list's row; the log, which has no foreign key, and what is large. */
const belongings = ['list_updates', 'list_snapshots', 'quarantine']

export function createDeletedLists(database: Database, environment: Environment): DeletedLists {
  const restorableSince = (): Date => new Date(environment.now().getTime() - RESTORE_DAYS * dayMs)

  const purgeOldest = async (transaction: Queryable, before: Date): Promise<boolean> => {
    const { rows } = await transaction.query<{ id: ListId }>({
      name: 'tandem-purge-1',
      text: oldestText,
      values: [before],
    })
    const [list] = rows
    if (list === undefined) return false
    for (const table of belongings) {
      const text = `DELETE FROM ${table} WHERE list_id = $1`
      await transaction.query({ name: `tandem-purge-${table}-1`, text, values: [list.id] })
    }
    const text = 'DELETE FROM lists WHERE id = $1'
    await transaction.query({ name: 'tandem-purge-list-1', text, values: [list.id] })
    return true
  }

  return {
    deleteList: (listId, by) =>
      database.transaction(async (transaction) => {
        const state = await allowed(transaction, { listId, by, may: ({ actor }) => mayDelete(actor) })
        if (state.outcome !== 'allowed') return false
        const values = [listId, by, environment.now()]
        await transaction.query({ name: 'tandem-list-delete-2', text: deleteText, values })
        return true
      }),
    restoreList: async (listId, by) => {
      if (!isUuid(listId)) return false
      const values = [listId, by, restorableSince(), restoringRoles]
      const { rowCount } = await database.query({ name: 'tandem-list-restore-1', text: restoreText, values })
      return rowCount === 1
    },
    deletedLists: async (userId) => {
      const { rows } = await database.query<ListRecord & { deleted_at: Date }>({
        name: 'tandem-lists-deleted-1',
        text: `SELECT ${listColumns}, l.deleted_at FROM share_grants g JOIN lists l ON l.id = g.list_id
               WHERE g.grantee_id = $1 AND g.revoked_at IS NULL AND l.deleted_at > $2 AND g.role = ANY ($3)
               ORDER BY l.deleted_at DESC, l.id`,
        values: [userId, restorableSince(), restoringRoles],
      })
      return rows.map((row) => ({ ...listWithRole(row), deletedAt: row.deleted_at }))
    },
    purgeLists: async (deletedBefore) => {
      let purged = 0
      while (await database.transaction((transaction) => purgeOldest(transaction, deletedBefore))) purged += 1
      return purged
    },
  }
}
