import type { Damage, ListId, Seq } from '../ports.ts'
import type { Database } from './database.ts'

/** Records damage once; the first finding keeps its date. Never rejects: reporting must not get in the way of reading. */
export async function recordDamage(
  database: Database,
  damage: readonly Damage[],
  onError: (error: unknown) => void,
): Promise<void> {
  for (const { listId, kind, seq, detail } of damage) {
    const values = [listId, kind, seq, detail]
    const text = `INSERT INTO quarantine (list_id, kind, seq, detail) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`
    await database.query({ name: 'tandem-quarantine-1', text, values }).catch(onError)
  }
}

export async function readQuarantine(database: Database): Promise<(Damage & { foundAt: Date })[]> {
  const { rows } = await database.query<{
    list: ListId
    kind: Damage['kind']
    seq: number
    detail: string
    at: Date
  }>({
    name: 'tandem-quarantined-1',
    text: `SELECT list_id AS list, kind, seq::float8, detail, found_at AS at FROM quarantine ORDER BY found_at, list_id, seq`,
    values: [],
  })
  return rows.map(({ list, kind, seq, detail, at }) => ({ listId: list, kind, seq, detail, foundAt: at }))
}

export async function countDamagedLists(database: Database): Promise<number> {
  const { rows } = await database.query<{ lists: number }>({
    name: 'tandem-damaged-1',
    text: 'SELECT count(DISTINCT list_id)::int AS lists FROM quarantine',
    values: [],
  })
  return rows[0]?.lists ?? 0
}

// What was replaced, at its position or by being pruned, is no longer damaged.
const healedText = `
  DELETE FROM quarantine q WHERE list_id = $1 AND kind = 'corrupt-snapshot' AND (
    seq = $2 OR NOT EXISTS (SELECT 1 FROM list_snapshots s WHERE s.list_id = $1 AND s.seq = q.seq)
  )`

/** Forgets damaged snapshots of the list that are there no more; a sound one now stands at `written`. */
export async function forgetReplacedSnapshots(
  database: Database,
  listId: ListId,
  written: Seq,
): Promise<void> {
  await database.query({ name: 'tandem-healed-1', text: healedText, values: [listId, written] })
}
