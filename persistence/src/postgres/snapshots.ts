import { checksum, checksumSeed } from '../checksum.ts'
import { StorageError } from '../errors.ts'
import type { SnapshotStore } from '../ports.ts'
import { WRITTEN_FORMAT } from '../reading/snapshot-format.ts'
import type { Database } from './database.ts'
import { forgetReplacedSnapshots } from './quarantine.ts'
import { mustBeUuid, unknownList } from './reader.ts'

/** As many as are kept: the newest, and two to fall back on should it be damaged. */
export const keptSnapshots = 3

// A snapshot known to be damaged neither keeps others out nor survives a sound one of the same position.
const writeText = `
  WITH list AS (
    SELECT id, head_seq FROM lists WHERE id = $1
  ), sound AS (
    SELECT max(seq) AS seq FROM list_snapshots s WHERE list_id = $1 AND NOT EXISTS (
      SELECT 1 FROM quarantine q WHERE q.list_id = $1 AND q.kind = 'corrupt-snapshot' AND q.seq = s.seq
    )
  ), written AS (
    INSERT INTO list_snapshots (list_id, seq, data, checksum, format)
    SELECT id, $2::int8, $3::bytea, $4::int4, $5::int2 FROM list, sound
    WHERE $2::int8 <= list.head_seq AND coalesce(sound.seq, 0) < $2::int8
    ON CONFLICT (list_id, seq) DO UPDATE SET
      data = excluded.data, checksum = excluded.checksum, format = excluded.format, at = now()
    RETURNING 1
  )
  SELECT head_seq::float8 AS head, EXISTS (SELECT 1 FROM written) AS written FROM list`

const pruneText = `
  DELETE FROM list_snapshots WHERE list_id = $1 AND seq < (
    SELECT seq FROM list_snapshots WHERE list_id = $1 ORDER BY seq DESC OFFSET $2 LIMIT 1
  )`

export function createSnapshots(database: Database): SnapshotStore {
  return {
    write: async (listId, seq, data) => {
      mustBeUuid(listId)
      const values = [listId, seq, data, checksum(checksumSeed(listId), data), WRITTEN_FORMAT]
      const { rows } = await database.query<{ head: number; written: boolean }>({
        name: 'tandem-snapshot-write-1',
        text: writeText,
        values,
      })
      const [result] = rows
      if (result === undefined) throw unknownList(listId)
      if (seq > result.head) {
        throw new StorageError(
          'snapshot-ahead',
          `A snapshot at ${seq} claims more than the log's ${result.head}.`,
        )
      }
      if (!result.written) return 'superseded'
      await database.query({
        name: 'tandem-snapshot-prune-1',
        text: pruneText,
        values: [listId, keptSnapshots - 1],
      })
      await forgetReplacedSnapshots(database, listId, seq)
      return 'written'
    },
  }
}
