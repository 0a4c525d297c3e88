import { isStorageError } from '@tandem/persistence'

export interface ErrorFields {
  readonly type?: string
  readonly message: string
  readonly stack?: string
  readonly code?: string
  readonly [fact: string]: unknown
}

/** What a driver says besides its message and can hold no text of anybody: names from our own schema. */
const FACTS = ['syscall', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const
const MAX_CAUSES = 4

/**
 * What was thrown, for the log: its words, its code, its stack, and what caused it.
 *
 * Everything else is left out: PostgreSQL adds whole rows as `detail` and statements with their values as `where`, and these hold
 * what people wrote. A database that does not answer has a reason and no stack: nothing in our code is wrong, and there may be many.
 */
export function describeError(thrown: unknown): ErrorFields {
  if (!(thrown instanceof Error)) return { message: String(thrown) }
  const { code } = thrown as { code?: unknown }
  const known = typeof code === 'string' ? { code } : {}
  const message = wordsOf(thrown)
  if (isStorageError(thrown) && thrown.retryable) return { type: thrown.name, ...known, message }
  return { type: thrown.name, ...known, ...factsOf(thrown), message, stack: stackOf(thrown) }
}

function factsOf(error: Error): Record<string, string> {
  const facts: Record<string, string> = {}
  for (const name of FACTS) {
    const value = (error as unknown as Record<string, unknown>)[name]
    if (typeof value === 'string') facts[name] = value
  }
  return facts
}

/** Data exceptions (class 22) quote the value that was not accepted. */
function wordsOf(error: Error): string {
  const { code, severity } = error as { code?: unknown; severity?: unknown }
  const quotesValues = typeof severity === 'string' && typeof code === 'string' && code.startsWith('22')
  if (quotesValues) return `The database did not accept a value (${code}).`
  // Node puts the reasons of a refused connection into a list, and nothing into the message.
  return error.message === '' && error instanceof AggregateError
    ? error.errors.map(reasonOf).join('; ')
    : error.message
}

function stackOf(error: Error): string {
  const stacks: string[] = []
  let current: unknown = error
  while (current instanceof Error && stacks.length < MAX_CAUSES) {
    const lines = (current.stack ?? '').slice(headLength(current)).replace(/^\n/, '')
    stacks.push(`${current.name}: ${wordsOf(current)}${lines === '' ? '' : `\n${lines}`}`)
    current = current.cause
  }
  return stacks.join('\ncaused by: ')
}

/** A stack begins with the name and the message, which may quote what `wordsOf` does not. */
function headLength(error: Error): number {
  const stack = error.stack ?? ''
  const frames = stack.search(/\n {4}at /)
  return frames === -1 ? stack.length : frames
}

/** The first line of what was thrown. */
export function reasonOf(thrown: unknown): string {
  const words = thrown instanceof Error ? wordsOf(thrown) : String(thrown)
  return words.split('\n', 1)[0] ?? ''
}
