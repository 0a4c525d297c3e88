import { createHash } from 'node:crypto'
import type { Answers, UserId } from '@tandem/persistence'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Clock, pause } from '../clock.ts'
import { TandemError } from '../errors.ts'
import { type Operation, operationOf } from './operation.ts'
import { type Sealed, seal, unseal } from './sealed.ts'

export interface OnceDeps {
  readonly answers: Answers
  readonly clock: Clock
}

export interface Asked {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly userId: UserId
}

export interface Outcome<Body> {
  readonly status: number
  /** What JSON can say, and nothing else. */
  readonly body: Body
  /** It shows a token that is not to be had again: kept for repeats, unreadable in the database. */
  readonly isSecret?: boolean
}

/** How long a repeat waits for the first request to end before it is told to come back. */
const WAIT_MS = 10_000
const FIRST_LOOK_MS = 20
const LONGEST_LOOK_MS = 320

/**
 * Does what a request asks for, once: a repeat with the same `Client-Op-Id` gets the first answer, status and body.
 *
 * Sets the reply's status and resolves with its body. What throws leaves no answer, because it had no effect, or one that
 * `Operation.derive` makes harmless to repeat: use derived ids for whatever `work` makes. Call it after the person is
 * known and before their access is looked at: who left a list is answered the same when they repeat leaving it.
 */
export async function once<Body>(
  deps: OnceDeps,
  { request, reply, userId }: Asked,
  work: (operation: Operation) => Promise<Outcome<Body>>,
): Promise<Body> {
  const operation = operationOf(request, userId)
  const { clientOpId } = operation
  if (clientOpId === null) {
    const { status, body } = await work(operation)
    reply.status(status)
    return body
  }
  const key = { userId, opId: operation.derive('answer') }
  const kept = await claim(deps, key, fingerprintOf(request))
  if (kept !== null) {
    reply.status(kept.status).header('idempotent-replayed', 'true')
    return (isSealed(kept.body) ? unseal(kept.body, clientOpId) : kept.body) as Body
  }
  const outcome = await work(operation).catch(async (error: unknown) => {
    // A claim that stays for want of a database ends by itself.
    await deps.answers.release(key).catch(() => undefined)
    throw error
  })
  const { status, body, isSecret = false } = outcome
  await deps.answers.finish(key, { status, body: isSecret ? seal(body, clientOpId) : body })
  reply.status(status)
  return body
}

/** Null: the work is ours to do. */
async function claim(
  { answers, clock }: OnceDeps,
  key: { readonly userId: UserId; readonly opId: string },
  fingerprint: string,
): Promise<{ readonly status: number; readonly body: unknown } | null> {
  const startedAt = clock.elapsedMs()
  for (let lookMs = FIRST_LOOK_MS; ; lookMs = Math.min(lookMs * 2, LONGEST_LOOK_MS)) {
    const found = await answers.begin({ ...key, fingerprint })
    if (found.outcome === 'begun') return null
    if (found.outcome === 'answered') return found.answer
    if (found.outcome === 'different') throw new TandemError('op-id-reused')
    if (clock.elapsedMs() - startedAt > WAIT_MS) throw new TandemError('op-in-progress')
    await pause(clock, lookMs)
  }
}

/** The same words in another order are the same request. */
function fingerprintOf(request: FastifyRequest): string {
  const asked = JSON.stringify([request.method, request.url, sorted(request.body ?? null)])
  return createHash('sha256').update(asked).digest('base64url')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => [name, sorted(part)])
}

function isSealed(body: unknown): body is Sealed {
  return typeof body === 'object' && body !== null && 'sealed' in body && Object.keys(body).length === 1
}
