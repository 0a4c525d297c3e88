import { ClientError } from '@tandem/client-sdk'
import { messageOf } from '../../ui/message-of.ts'
import type { history } from '../../words/en/history.ts'

/** Why the history could not be read, as one sentence. */
export function whyNot(error: unknown, words: typeof history): string {
  return error instanceof ClientError && error.code === 'network' ? words.offline : messageOf(error)
}
