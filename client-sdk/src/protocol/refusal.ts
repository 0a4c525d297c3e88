/** Why the server will not take an edit. `retryable` says whether sending the same edit again could ever help. */
export const REFUSAL_CODES = {
  malformed: { retryable: false, advice: 'Reload the app; if it happens again, report it.' },
  gap: { retryable: true, advice: 'Sync again from the start; no edit is lost.' },
  'clock-reused': { retryable: false, advice: 'Reload the app; this copy was duplicated.' },
  'too-large': { retryable: false, advice: 'Split the change into smaller parts.' },
  'unknown-root': { retryable: false, advice: 'Update the server, or use the documented list format.' },
  'unknown-field': { retryable: false, advice: 'Update the server, or prefix your own fields with x-.' },
  'wrong-type': { retryable: false, advice: 'Send a value of the documented type.' },
  'forged-author': { retryable: false, advice: 'Sign in as the person who made the edit.' },
  'key-removed': {
    retryable: false,
    advice: 'Delete by setting the field "deleted"; keys are never removed.',
  },
  'already-created': { retryable: false, advice: 'Change a field; a creation record is written once.' },
  'list-full': { retryable: false, advice: 'Delete items, empty the trash, or split the list in two.' },
  'read-only': { retryable: false, advice: 'Ask an owner of the list for the right to edit.' },
} as const satisfies Record<string, { retryable: boolean; advice: string }>

export type RefusalCode = keyof typeof REFUSAL_CODES

export interface Refusal {
  readonly code: RefusalCode
  /** One sentence for a person, naming what was refused. */
  readonly message: string
  readonly advice: string
  readonly retryable: boolean
  /** The places concerned, as `formatPlace` spells them; at most 20. */
  readonly keys: readonly string[]
}

export function refusal(code: RefusalCode, message: string, keys: readonly string[] = []): Refusal {
  const entry = REFUSAL_CODES[code]
  return { code, message, advice: entry.advice, retryable: entry.retryable, keys: keys.slice(0, 20) }
}
