import type { Environment } from '../connection/port.ts'
import { fieldsOf, textOf } from './fields.ts'
import { newUuid } from './uuid.ts'

export type Answer<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  /** The server understood and said no; asking again the same way cannot help. */
  | {
      readonly outcome: 'refused'
      readonly status: number
      /** The server's name for it; null when somebody else answered. */
      readonly code: string | null
      readonly message: string
      /** Why and by whom access ended, when that is the reason. */
      readonly why?: string
    }
  /** No answer, or one that says "later". */
  | {
      readonly outcome: 'unreachable'
      readonly cause: unknown
      /** Null: nobody answered. */
      readonly status: number | null
      readonly retryAfterMs: number | null
    }

export interface RequestSpec<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`. */
  readonly path: string
  readonly body?: unknown
  /** `anyone`: also when nobody is signed in. */
  readonly as?: 'person' | 'anyone'
  /** False for a write that the server cannot recognise when it comes again, because it does not know from whom. */
  readonly isRepeatable?: boolean
  /** Null: not the answer that was asked for. */
  readonly parse: (json: unknown) => T | null
}

/** Never rejects: an answer is a value, whatever it says. */
export type Request = <T>(spec: RequestSpec<T>) => Promise<Answer<T>>

export interface RequestOptions {
  readonly url: string
  readonly fetch: typeof fetch
  /** Null: nobody is signed in. Rejects: nobody can tell just now. */
  readonly token: (why: 'start' | 'expired') => Promise<string | null>
  readonly setTimer: Environment['setTimer']
}

/** Browsers wait for minutes on a network that has gone quiet. */
const TIMEOUT_MS = 30_000
/** The server may still be busy with the request whose answer was lost. */
const BUSY_PAUSE_MS = 1_000
const MAX_BUSY = 10
const COME_BACK = [408, 425, 429]

/**
 * Requests to the server's REST interface.
 *
 * Every write carries an operation id, so that one whose answer was lost is asked again, once, and happens once.
 */
export function createRequest(options: RequestOptions): Request {
  return async (spec) => {
    const opId = spec.method === 'GET' ? null : newUuid()
    let answer = await ask(options, spec, opId)
    if (opId === null) return answer
    const isLost = answer.outcome === 'unreachable' && answer.status === null
    if (isLost && spec.isRepeatable !== false) answer = await ask(options, spec, opId)
    for (let busy = 0; isBusy(answer) && busy < MAX_BUSY; busy++) {
      await new Promise<void>((resolve) => options.setTimer(resolve, BUSY_PAUSE_MS))
      answer = await ask(options, spec, opId)
    }
    return answer
  }
}

async function ask<T>(o: RequestOptions, spec: RequestSpec<T>, opId: string | null): Promise<Answer<T>> {
  try {
    let response = await send(o, spec, opId, 'start')
    // One try with a new token: the old one may just have run out.
    if (response?.status === 401) response = await send(o, spec, opId, 'expired')
    if (response === null) {
      return { outcome: 'refused', status: 401, code: 'unauthenticated', message: 'Nobody is signed in.' }
    }
    return await read(response, spec.parse)
  } catch (cause) {
    return { outcome: 'unreachable', cause, status: null, retryAfterMs: null }
  }
}

async function send(
  options: RequestOptions,
  { method, path, body, as = 'person' }: RequestSpec<unknown>,
  opId: string | null,
  why: 'start' | 'expired',
): Promise<Response | null> {
  const token = await options.token(why)
  if (token === null && as === 'person') return null
  // Taken out of the object: browsers' fetch refuses to be called as a method of something else.
  const { fetch: fetchIt } = options
  const late = new AbortController()
  const stopTimer = options.setTimer(
    () => late.abort(new Error('The server did not answer in time.')),
    TIMEOUT_MS,
  )
  const headers: Record<string, string> = {}
  if (token !== null) headers['authorization'] = `Bearer ${token}`
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (opId !== null) headers['client-op-id'] = opId
  return fetchIt(`${options.url}/api/v1${path}`, {
    method,
    signal: late.signal,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).finally(stopTimer)
}

async function read<T>(response: Response, parse: (json: unknown) => T | null): Promise<Answer<T>> {
  const { status } = response
  const json: unknown = status === 204 ? null : await response.json().catch(() => null)
  if (response.ok) {
    const value = parse(json)
    // Of a write this is as good as a lost answer: a proxy that answers in the server's place, most likely.
    if (value === null) return unreachable('The answer was not understood.', null)
    return { outcome: 'ok', value }
  }
  const problem = readProblem(json)
  const isFinal = status >= 400 && status < 500 && !COME_BACK.includes(status)
  if (!isFinal) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null
    return unreachable(problem.message ?? `The server answered ${status}.`, status, retryAfterMs)
  }
  const { message, ...said } = problem
  return { outcome: 'refused', status, ...said, message: message ?? `The server answered ${status}.` }
}

function unreachable(why: string, status: number | null, retryAfterMs: number | null = null): Answer<never> {
  return { outcome: 'unreachable', cause: new Error(why), status, retryAfterMs }
}

/** RFC 9457 problem details, as far as they are there. `detail` is about this very case, so it goes first. */
function readProblem(json: unknown): { code: string | null; message: string | null; why?: string } {
  const { code, title, detail, why } = fieldsOf(json)
  return {
    code: textOf(code),
    message: textOf(detail) ?? textOf(title),
    ...(typeof why === 'string' ? { why } : {}),
  }
}

function isBusy(answer: Answer<unknown>): boolean {
  return answer.outcome === 'refused' && answer.code === 'op-in-progress'
}
