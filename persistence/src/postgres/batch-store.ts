import type { QueryArrayConfig } from 'pg'
import type { Appended } from '../ports.ts'
import type { BatchStore, WriteOutcome } from '../writer/batch-store.ts'
import type { Batch, Entry } from '../writer/pending.ts'
import { type AppendRow, appendStatement } from './append-statement.ts'
import { uuidArray } from './binary-array.ts'
import { constraintOf, isFaultOfValues, sqlState, uniqueViolation } from './failure.ts'
import type { Session } from './session.ts'

const findText = `
  SELECT u.list_id || ' ' || u.op_id, u.seq::float8, extract(epoch FROM u.at)::float8 * 1000
  FROM unnest($1::uuid[], $2::uuid[]) AS w (list_id, op_id)
  JOIN list_updates u USING (list_id, op_id)`

/** Writes batches to PostgreSQL, each lane over a connection of its own. */
export function createBatchStore(lanes: readonly Session[]): BatchStore {
  const session = (lane: number): Session => {
    const found = lanes[lane]
    if (found === undefined) throw new RangeError(`There is no lane ${lane}`)
    return found
  }

  const write = async (batch: Batch, lane: number): Promise<WriteOutcome> => {
    let statement: QueryArrayConfig
    try {
      statement = appendStatement(batch)
    } catch (error) {
      // A meaning that is no JSON (a cycle, a BigInt): nothing was sent.
      return { kind: 'rejected', error }
    }
    try {
      const { rows } = await session(lane).query<never>(statement)
      return outcomeOf(batch, rows as unknown as AppendRow[])
    } catch (error) {
      return failed(error, batch, lane)
    }
  }

  const failed = async (error: unknown, batch: Batch, lane: number): Promise<WriteOutcome> => {
    if (sqlState(error) === uniqueViolation && constraintOf(error) === 'list_updates_op')
      return { kind: 'duplicate' }
    if (sqlState(error) === uniqueViolation && constraintOf(error) === 'list_updates_pkey') {
      return catchUpHeads(error, batch, lane)
    }
    if (isFaultOfValues(error)) return { kind: 'rejected', error }
    if (leavesSessionInDoubt(error)) session(lane).abandon()
    return { kind: 'unavailable', error }
  }

  /** A head behind its own log (a table restored alone, an edit by hand) would block the list for ever. */
  const catchUpHeads = async (error: unknown, batch: Batch, lane: number): Promise<WriteOutcome> => {
    const values = [uuidArray(batch.lists.map((list) => list.listId))]
    const text = `
      UPDATE lists l SET head_seq = u.last
      FROM (SELECT list_id, max(seq) AS last FROM list_updates WHERE list_id = ANY ($1::uuid[]) GROUP BY list_id) u
      WHERE l.id = u.list_id AND l.head_seq < u.last`
    try {
      await session(lane).query({ text, values })
      return { kind: 'duplicate' }
    } catch {
      return { kind: 'unavailable', error }
    }
  }

  const find = async (
    entries: readonly Entry[],
    lane: number,
  ): Promise<Map<Entry, Appended> | { unavailable: unknown }> => {
    const values = [
      uuidArray(entries.map((entry) => entry.update.listId)),
      uuidArray(entries.map((entry) => entry.update.opId)),
    ]
    try {
      const query = { name: 'tandem-find-1', text: findText, values, rowMode: 'array' as const }
      const { rows } = await session(lane).query<never>(query)
      const stored = new Map<string, Appended>()
      for (const [key, seq, atMs] of rows as unknown as [string, number, number][]) {
        stored.set(key, { seq, at: new Date(atMs) })
      }
      const found = new Map<Entry, Appended>()
      for (const entry of entries) {
        const appended = stored.get(`${entry.update.listId} ${entry.update.opId}`)
        if (appended !== undefined) found.set(entry, appended)
      }
      return found
    } catch (error) {
      if (leavesSessionInDoubt(error)) session(lane).abandon()
      return { unavailable: error }
    }
  }

  return { write, find, abandon: (lane) => session(lane).abandon() }
}

// An error with an SQLSTATE was answered in full. After any other the connection may still deliver a late answer to a later query.
// 25006: the server became a standby; only a new connection can find the new primary.
const leavesSessionInDoubt = (error: unknown): boolean =>
  sqlState(error) === '' || sqlState(error) === '25006'

function outcomeOf(batch: Batch, rows: readonly AppendRow[]): WriteOutcome {
  const bases: (number | null)[] = new Array(batch.lists.length).fill(null)
  for (const [list, base] of rows) bases[list - 1] = base
  return { kind: 'stored', at: new Date(rows[0]?.[2] ?? 0), bases }
}
