import { isStorageError } from '@tandem/persistence'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { problemOf, TandemError } from '../errors.ts'
import type { Logger } from '../telemetry/logger.ts'

const RETRY_AFTER_SECONDS = 5

/** Answers every failed request in one form, `application/problem+json`; what we did not expect is logged and not told. */
export function problemHandler(logger: Logger) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const error = translate(thrown)
    if (error !== null) {
      sendProblem(reply, error)
      return
    }
    logger.error({ request: request.id, route: request.routeOptions.url, error: thrown }, 'http.failed')
    sendProblem(reply, new TandemError('internal', `The operator finds this under id ${request.id}.`))
  }
}

export function sendProblem(reply: FastifyReply, error: TandemError): void {
  const problem = problemOf(error)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  const retryAfter = error.retryAfterSeconds ?? (problem.status === 503 ? RETRY_AFTER_SECONDS : null)
  if (retryAfter !== null) reply.header('retry-after', String(Math.ceil(retryAfter)))
  reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    // As bytes: a route's response schema describes its answer, not its failures.
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(String)
    .send(JSON.stringify(problem))
}

/** Null when it is nothing we know: then it is our fault. */
function translate(thrown: unknown): TandemError | null {
  if (thrown instanceof TandemError) return thrown
  if (isStorageError(thrown)) return thrown.retryable ? new TandemError('storage-unavailable') : null
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const where = thrown.validationContext === 'params' ? 'address' : (thrown.validationContext ?? 'body')
    const details = thrown.validation.map(
      (issue) => `${describePath(where, issue.instancePath)}: ${issue.message}`,
    )
    return new TandemError('validation-error', details.slice(0, 5).join('; '))
  }
  return isFastifyError(thrown) ? translateFastify(thrown) : null
}

function describePath(where: string, pointer: string): string {
  const path = pointer.split('/').filter((part) => part !== '')
  return path.length === 0 ? where : path.join('.')
}

function isFastifyError(thrown: unknown): thrown is FastifyError {
  return thrown instanceof Error && typeof (thrown as FastifyError).statusCode === 'number'
}

function translateFastify(error: FastifyError): TandemError | null {
  const status = error.statusCode ?? 500
  if (status >= 500) return null
  if (status === 413) return new TandemError('too-large')
  if (status === 415) return new TandemError('wrong-media-type')
  if (status === 404) return new TandemError('no-such-route')
  return new TandemError('validation-error', error.code.startsWith('FST_') ? error.message : 'body: not JSON')
}
