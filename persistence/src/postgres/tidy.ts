import type { Storage } from '../ports.ts'
import type { Database } from './database.ts'

/** Two nodes that remove the same rows wait for each other and count them once. */
export function createTidy(database: Database): Storage['tidy'] {
  const remove = async (table: string, column: string, before: Date): Promise<number> => {
    const text = `DELETE FROM ${table} WHERE ${column} < $1`
    return (await database.query({ name: `tandem-tidy-${table}-1`, text, values: [before] })).rowCount ?? 0
  }
  return async (before) => ({
    answers: await remove('answers', 'claimed_at', before.answers),
    sessions: await remove('ended_sessions', 'ended_at', before.sessions),
    invitations: await remove('invitations', 'expires_at', before.invitations),
  })
}
