import type { QueryArrayConfig } from 'pg'
import { checksum, checksumSeed } from '../checksum.ts'
import type { Batch } from '../writer/pending.ts'
import { byteaArray, int4Array, jsonbArray, textArray, uuidArray } from './binary-array.ts'
import { toJsonb } from './jsonb.ts'

// $1, $2: the lists and how many updates each gets. $3 …: the updates; $3 is the place of the update's list in $1, $4 the update's
// place among those of its list.
//
// `locked` takes the row locks in the order of the ids. The UPDATE alone would lock in the order of its join, and two nodes with the
// same lists in their batches could wait for each other.
//
// When a list changed is kept to the minute: it stands in an index, which every change of it would have to be written to.
const text = `
  WITH wanted AS (
    SELECT id, n, i FROM unnest($1::uuid[], $2::int4[]) WITH ORDINALITY AS w (id, n, i)
  ), locked AS MATERIALIZED (
    SELECT id FROM lists WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE
  ), bumped AS (
    UPDATE lists l SET head_seq = l.head_seq + w.n,
      updated_at = CASE WHEN l.updated_at < now() - interval '1 minute' THEN now() ELSE l.updated_at END
    FROM locked k JOIN wanted w USING (id)
    WHERE l.id = k.id
    RETURNING l.id, w.i, l.head_seq - w.n AS base
  ), inserted AS (
    INSERT INTO list_updates (list_id, seq, actor_id, op_id, ops, data, checksum)
    SELECT b.id, b.base + r.ord, r.actor_id, r.op_id, r.ops, r.data, r.checksum
    FROM unnest($3::int4[], $4::int4[], $5::text[], $6::uuid[], $7::jsonb[], $8::bytea[], $9::int4[])
      AS r (list, ord, actor_id, op_id, ops, data, checksum)
    JOIN bumped b ON b.i = r.list
  )
  SELECT i::int4, base::float8, extract(epoch FROM now())::float8 * 1000 FROM bumped`

/** `[place of the list in the batch, from 1; position before its first update; time in milliseconds]` */
export type AppendRow = [list: number, base: number, atMs: number]

/** The whole batch as one prepared statement: parsed and planned once per connection. */
export function appendStatement(batch: Batch): QueryArrayConfig {
  const { size } = batch
  const counts: number[] = []
  const lists: number[] = new Array(size)
  const places: number[] = new Array(size)
  const actors: (string | null)[] = new Array(size)
  const operations: string[] = new Array(size)
  const meanings: string[] = new Array(size)
  const data: Uint8Array[] = new Array(size)
  const checksums: number[] = new Array(size)
  let row = 0
  for (const { listId, entries } of batch.lists) {
    const seed = checksumSeed(listId)
    counts.push(entries.length)
    for (let place = 0; place < entries.length; place++) {
      const update = entries[place]?.update
      if (update === undefined) continue
      lists[row] = counts.length
      places[row] = place + 1
      actors[row] = update.actorId
      operations[row] = update.opId
      meanings[row] = toJsonb(update.ops)
      data[row] = update.data
      checksums[row] = checksum(seed, update.data)
      row += 1
    }
  }
  return {
    name: 'tandem-append-2',
    text,
    rowMode: 'array',
    values: [
      uuidArray(batch.lists.map((list) => list.listId)),
      int4Array(counts),
      int4Array(lists),
      int4Array(places),
      textArray(actors),
      uuidArray(operations),
      jsonbArray(meanings),
      byteaArray(data),
      int4Array(checksums),
    ],
  }
}
