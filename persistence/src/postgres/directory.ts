import { StorageError } from '../errors.ts'
import type { Directory, ListId, ListWithRole, StoredRole, UserId } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import type { Database } from './database.ts'
import { countDamagedLists, readQuarantine } from './quarantine.ts'
import { mustBeUuid } from './reader.ts'

interface ListRecord {
  id: ListId
  owner_id: UserId
  title: string
  head: number
  created_at: Date
  updated_at: Date
  role: StoredRole
}

const listColumns = `l.id, l.owner_id, l.title, l.head_seq::float8 AS head, l.created_at, l.updated_at, m.role`

export function createDirectory(database: Database): Directory {
  const find: Directory['find'] = async (listId, userId) => {
    if (!isUuid(listId)) return null
    const { rows } = await database.query<ListRecord>({
      name: 'tandem-list-1',
      text: `SELECT ${listColumns} FROM lists l JOIN list_members m ON m.list_id = l.id
             WHERE l.id = $1 AND m.user_id = $2 AND l.deleted_at IS NULL`,
      values: [listId, userId],
    })
    return rows[0] === undefined ? null : listWithRole(rows[0])
  }

  return {
    find,
    ensureUser: async ({ id, name }) => {
      await database.query({
        name: 'tandem-user-1',
        text: `INSERT INTO users (id, name) VALUES ($1, $2) ON CONFLICT (id)
               DO UPDATE SET name = excluded.name, updated_at = now() WHERE users.name <> excluded.name`,
        values: [id, name],
      })
    },
    createList: async ({ id, ownerId, title }) => {
      mustBeUuid(id)
      const { rowCount } = await database.query({
        name: 'tandem-list-create-1',
        text: `WITH list AS (
                 INSERT INTO lists (id, owner_id, title) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING RETURNING id
               )
               INSERT INTO list_members (list_id, user_id, role, granted_by) SELECT id, $2, 'owner', $2 FROM list`,
        values: [id, ownerId, title],
      })
      const list = await find(id, ownerId)
      // Somebody else's, or deleted: either way the id is used up.
      if (list === null || list.ownerId !== ownerId) return { outcome: 'taken' }
      return { outcome: rowCount === 1 ? 'created' : 'exists', list }
    },
    listFor: async (userId) => {
      const { rows } = await database.query<ListRecord>({
        name: 'tandem-lists-1',
        text: `SELECT ${listColumns} FROM list_members m JOIN lists l ON l.id = m.list_id
               WHERE m.user_id = $1 AND l.deleted_at IS NULL ORDER BY l.created_at, l.id`,
        values: [userId],
      })
      return rows.map(listWithRole)
    },
    listIds: async (after, limit) => {
      const { rows } = await database.query<{ id: ListId }>({
        name: 'tandem-list-ids-1',
        text: 'SELECT id FROM lists WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2',
        values: [after, limit],
      })
      return rows.map((row) => row.id)
    },
    setRole: async ({ listId, userId, role, by }) => {
      if (role === 'owner') throw secondOwner()
      if (!isUuid(listId)) return 'no-such-list'
      const { rows } = await database.query<{ owner_id: UserId; known: boolean }>({
        name: 'tandem-role-1',
        text: `WITH list AS (
                 SELECT id, owner_id FROM lists WHERE id = $1 AND deleted_at IS NULL
               ), granted AS (
                 INSERT INTO list_members (list_id, user_id, role, granted_by)
                 SELECT id, $2, $3, $4 FROM list WHERE owner_id <> $2 AND EXISTS (SELECT 1 FROM users WHERE id = $2)
                 ON CONFLICT (list_id, user_id)
                 DO UPDATE SET role = excluded.role, granted_by = excluded.granted_by, granted_at = now()
               )
               SELECT owner_id, EXISTS (SELECT 1 FROM users WHERE id = $2) AS known FROM list`,
        values: [listId, userId, role, by],
      })
      if (rows[0] === undefined) return 'no-such-list'
      if (rows[0].owner_id === userId) return 'is-owner'
      return rows[0].known ? 'set' : 'no-such-user'
    },
    setTitle: async (listId, title) => {
      mustBeUuid(listId)
      const text = 'UPDATE lists SET title = $2, updated_at = now() WHERE id = $1 AND title <> $2'
      await database.query({ name: 'tandem-title-1', text, values: [listId, title] })
    },
    quarantine: () => readQuarantine(database),
    damagedLists: () => countDamagedLists(database),
  }
}

/** A list has one owner; handing it over is not a change of role. */
export function secondOwner(): StorageError {
  return new StorageError('invalid-role', 'A list has one owner, its creator.')
}

function listWithRole(row: ListRecord): ListWithRole {
  const {
    id,
    owner_id: ownerId,
    title,
    head: headSeq,
    created_at: createdAt,
    updated_at: updatedAt,
    role,
  } = row
  return { id, ownerId, title, headSeq, createdAt, updatedAt, role }
}
