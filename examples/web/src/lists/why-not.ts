import { ClientError } from '@tandem/client-sdk'
import { wordsNow } from '../words/use-words.ts'

/** Why something could not be done with a list, as one sentence. */
export function whyNot(error: unknown): string {
  if (!(error instanceof ClientError)) return wordsNow().state.partMissing
  return error.code === 'network' ? wordsNow().lists.needsNetwork : error.message
}
