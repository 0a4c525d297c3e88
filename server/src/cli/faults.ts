import { StorageError } from '@tandem/persistence'
import { ERRORS, TandemError } from '../errors.ts'

/** What went wrong and what to do, for a terminal. A stack trace only for what nobody foresaw. */
export function describeFault(thrown: unknown): string {
  if (thrown instanceof TandemError) {
    const { title, advice } = ERRORS[thrown.code]
    const detail = thrown.detail === title ? [] : thrown.detail.split('\n')
    return lines(title, detail, advice)
  }
  if (thrown instanceof StorageError) {
    const detail = thrown.message.replace(thrown.advice, '').trim()
    return lines(detail, [], thrown.advice)
  }
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return lines('Something unexpected happened.', text.split('\n'), 'Please report it with the lines above.')
}

function lines(title: string, detail: readonly string[], advice: string): string {
  // One line of detail belongs to the title; a block of them stands by itself.
  const gap = detail.length > 1 ? [''] : []
  const body = detail.map((line) => `  ${line}`.trimEnd())
  return [`tandem: ${title}`, ...gap, ...body, ...gap, `  What to do: ${advice}`].join('\n')
}

/** Turns what `listen` throws into words. */
export function listenFault(error: unknown, address: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new TandemError('address-in-use', `${address} is taken.`, { cause: error })
  if (['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) {
    return new TandemError('address-refused', `${address}: ${code}.`, { cause: error })
  }
  return error
}
