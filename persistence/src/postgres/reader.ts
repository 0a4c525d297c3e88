import { StorageError } from '../errors.ts'
import type { Damage, ListId, LoadedList, Seq, UpdateLog, UserId } from '../ports.ts'
import { READABLE_FORMATS } from '../reading/snapshot-format.ts'
import { damageOfSnapshot, type StoredSnapshot, type StoredUpdate, verifyRows } from '../reading/verify.ts'
import { isUuid } from '../uuid.ts'
import type { Database } from './database.ts'
import { recordDamage } from './quarantine.ts'

export type Reader = Pick<UpdateLog, 'readSince' | 'load' | 'head' | 'heads'>

// One statement, one view of the database: the head and the rows belong together. A list without rows still yields its head.
export const rangeText = `
  SELECT l.head_seq::float8 AS head, u.seq::float8, u.actor_id, u.op_id, u.ops, u.data, u.checksum, u.at
  FROM lists l
  LEFT JOIN LATERAL (
    SELECT * FROM list_updates WHERE list_id = l.id AND seq > $2 ORDER BY seq LIMIT $3
  ) u ON true
  WHERE l.id = $1
  ORDER BY u.seq`

// Waits for whoever holds the row, that is for every append in flight on any node. A row lock makes its transaction write, and
// nobody needs this one to survive a crash: it need not wait for the disk.
const settledHeadText = `
  SELECT head_seq::float8 AS head, set_config('synchronous_commit', 'off', true)
  FROM lists WHERE id = $1 FOR SHARE`

interface RangeRow {
  head: number
  seq: number | null
  actor_id: UserId | null
  op_id: string
  ops: unknown[]
  data: Buffer
  checksum: number
  at: Date
}

export function createReader(database: Database, onError: (error: unknown) => void): Reader {
  const range = async (
    listId: ListId,
    after: Seq,
    limit: number,
  ): Promise<{ head: Seq; rows: StoredUpdate[] }> => {
    mustBeUuid(listId)
    const values = [listId, after, limit]
    const { rows } = await database.query<RangeRow>({ name: 'tandem-range-1', text: rangeText, values })
    const [first] = rows
    if (first === undefined) throw unknownList(listId)
    return { head: first.head, rows: rows.flatMap((row) => storedUpdate(listId, row)) }
  }

  const settledHead = async (listId: ListId): Promise<Seq> => {
    const query = { name: 'tandem-settled-1', text: settledHeadText, values: [listId] }
    const { rows } = await database.query<{ head: number }>(query)
    if (rows[0] === undefined) throw unknownList(listId)
    return rows[0].head
  }

  const readSince: Reader['readSince'] = async (listId, after, limit) => {
    const { head, rows } = await range(listId, after, limit)
    // A full page ends where its last row does; a shorter one must reach the head.
    const last = rows.at(-1)?.seq ?? after
    const through = rows.length < limit ? Math.max(head, last) : last
    const verified = verifyRows(listId, rows, { after, through })
    await recordDamage(database, verified.damage, onError)
    return { ...verified, through, head: Math.max(head, through) }
  }

  const load: Reader['load'] = async (listId) => {
    mustBeUuid(listId)
    const settled = await settledHead(listId)
    const { snapshot, damage } = await newestValidSnapshot(listId, settled)
    const after = snapshot?.seq ?? 0
    const { head, rows } = await range(listId, after, maxTail)
    // Rows beyond a head that is behind its own log count as well.
    const through = Math.max(head, settled, rows.at(-1)?.seq ?? 0)
    const tail = verifyRows(listId, rows, { after, through })
    const all = [...damage, ...tail.damage]
    await recordDamage(database, all, onError)
    return { snapshot, tail: tail.updates, head: through, damage: all }
  }

  const newestValidSnapshot = async (
    listId: ListId,
    head: Seq,
  ): Promise<{ snapshot: LoadedList['snapshot']; damage: Damage[] }> => {
    const damage: Damage[] = []
    for (let below = maxSeq; ; ) {
      const { rows } = await database.query<{ seq: number; data: Buffer; checksum: number }>({
        name: 'tandem-snapshot-1',
        text: `SELECT seq::float8, data, checksum FROM list_snapshots
          WHERE list_id = $1 AND seq < $2 AND format = ANY ($3::int2[]) ORDER BY seq DESC LIMIT 1`,
        values: [listId, below, READABLE_FORMATS],
      })
      const [found] = rows
      if (found === undefined) return { snapshot: null, damage }
      const snapshot: StoredSnapshot = found
      // A snapshot written after `head` was read is ahead of it without being wrong.
      const known = snapshot.seq > head ? await settledHead(listId) : head
      const wrong = damageOfSnapshot(listId, snapshot, known)
      if (wrong === null) return { snapshot: { seq: snapshot.seq, data: snapshot.data }, damage }
      damage.push(wrong)
      below = snapshot.seq
    }
  }

  const head: Reader['head'] = async (listId) => {
    mustBeUuid(listId)
    const { rows } = await database.query<{ head: number }>({
      name: 'tandem-head-1',
      text: 'SELECT head_seq::float8 AS head FROM lists WHERE id = $1',
      values: [listId],
    })
    if (rows[0] === undefined) throw unknownList(listId)
    return rows[0].head
  }

  const heads: Reader['heads'] = async (listIds) => {
    const { rows } = await database.query<{ id: ListId; head: number }>({
      name: 'tandem-heads-1',
      text: 'SELECT id, head_seq::float8 AS head FROM lists WHERE id = ANY ($1::uuid[])',
      values: [listIds.filter(isUuid)],
    })
    return new Map(rows.map(({ id, head }) => [id, head]))
  }

  return { readSince, load, head, heads }
}

const maxSeq = Number.MAX_SAFE_INTEGER
const maxTail = 2_147_483_647

function storedUpdate(listId: ListId, row: RangeRow): StoredUpdate[] {
  if (row.seq === null) return []
  const { seq, actor_id: actorId, op_id: opId, ops, data, checksum, at } = row
  return [{ listId, seq, actorId, opId, ops, data, checksum, at }]
}

export function unknownList(listId: string): StorageError {
  return new StorageError('unknown-list', `There is no list ${JSON.stringify(listId)}.`)
}

/** PostgreSQL would answer text that is no UUID with a syntax error. */
export function mustBeUuid(listId: string): void {
  if (!isUuid(listId)) throw unknownList(listId)
}
