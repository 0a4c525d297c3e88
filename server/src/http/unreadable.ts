import type { Socket } from 'node:net'
import { problemOf, TandemError } from '../errors.ts'

/**
 * Answers what Node gives up on before there is a request, in the form of every other failure: an address or headers beyond its
 * limit, bytes that are not HTTP, a request that never ends.
 */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const problem = problemOf(faultOf(error.code))
  const body = JSON.stringify(problem)
  if (socket.writable) {
    socket.write(
      [
        `HTTP/1.1 ${problem.status} ${REASONS[problem.status] ?? 'Bad Request'}`,
        'content-type: application/problem+json; charset=utf-8',
        `content-length: ${Buffer.byteLength(body)}`,
        'cache-control: no-store',
        'connection: close',
        '',
        body,
      ].join('\r\n'),
    )
  }
  socket.destroySoon()
}

const REASONS: Readonly<Record<number, string>> = { 400: 'Bad Request', 413: 'Content Too Large' }

function faultOf(code: string | undefined): TandemError {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new TandemError('too-large', 'The address and headers are too long.')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new TandemError('validation-error', 'The request did not arrive in time.')
  }
  return new TandemError('validation-error', 'This is not HTTP.')
}
