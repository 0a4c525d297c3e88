import type { Environment } from '../environment.ts'
import type { Answers } from '../people-ports.ts'
import type { Database } from './database.ts'

/** For so long a claim counts that nobody finished or released: its process may have ended. */
export const claimMs = 30_000

// One row for each operation: whoever inserts it, or takes over a claim that is too old, may go on.
const claimText = `
  INSERT INTO answers AS a (user_id, op_id, fingerprint, claimed_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (user_id, op_id) DO UPDATE SET claimed_at = excluded.claimed_at
  WHERE a.status IS NULL AND a.fingerprint = excluded.fingerprint AND a.claimed_at <= $5`

interface AnswerRow {
  fingerprint: string
  status: number | null
  body: string | null
}

export function createAnswers(database: Database, environment: Environment): Answers {
  const begin: Answers['begin'] = async ({ userId, opId, fingerprint }) => {
    for (;;) {
      const now = environment.now()
      const values = [userId, opId, fingerprint, now, new Date(now.getTime() - claimMs)]
      const claim = await database.query({ name: 'tandem-answer-claim-1', text: claimText, values })
      if (claim.rowCount === 1) return { outcome: 'begun' }
      const { rows } = await database.query<AnswerRow>({
        name: 'tandem-answer-1',
        text: 'SELECT fingerprint, status, body FROM answers WHERE user_id = $1 AND op_id = $2',
        values: [userId, opId],
      })
      const [row] = rows
      // Released between the two statements: whoever asks now may go on.
      if (row === undefined) continue
      if (row.fingerprint !== fingerprint) return { outcome: 'different' }
      if (row.status === null) return { outcome: 'busy' }
      const body: unknown = row.body === null ? null : JSON.parse(row.body)
      return { outcome: 'answered', answer: { status: row.status, body } }
    }
  }

  return {
    begin,
    finish: async ({ userId, opId }, { status, body }) => {
      await database.query({
        name: 'tandem-answer-finish-1',
        text: `UPDATE answers SET status = $3, body = $4, answered_at = $5
               WHERE user_id = $1 AND op_id = $2 AND status IS NULL`,
        values: [userId, opId, status, body === undefined ? null : JSON.stringify(body), environment.now()],
      })
    },
    release: async ({ userId, opId }) => {
      await database.query({
        name: 'tandem-answer-release-1',
        text: 'DELETE FROM answers WHERE user_id = $1 AND op_id = $2 AND status IS NULL',
        values: [userId, opId],
      })
    },
  }
}
