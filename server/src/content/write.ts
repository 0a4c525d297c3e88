import { createHash } from 'node:crypto'
import {
  applyChanges,
  ListView,
  ModelError,
  newRecordId,
  type Plan,
  type PlanContext,
} from '@tandem/client-sdk/model'
import { mayWrite, type Refusal } from '@tandem/client-sdk/protocol'
import type { ListWithRole, Seq, UserId } from '@tandem/persistence'
import { within } from '../clock.ts'
import { type ErrorCode, TandemError } from '../errors.ts'
import type { HttpContext } from '../http/context.ts'
import { writerIn } from '../http/list-access.ts'
import type { Operation } from '../http/operation.ts'
import { random } from '../random.ts'

export interface Writer {
  readonly list: ListWithRole
  readonly userId: UserId
  readonly operation: Operation
}

/** A change that is being put together, on a copy nobody sees. */
export interface Draft {
  readonly view: ListView
  readonly context: PlanContext
  /** Makes a plan part of the change; the next one builds on it. Its value. */
  add<T>(plan: Plan<T>): T
}

/** The log waits for a database that is away for as long as it takes; a caller does not. */
const WRITE_LIMIT_MS = 10_000
const STILL_WAITING =
  'The change waits for the database and may still be stored; repeat the request with its operation id.'

/**
 * Changes a list as its people's apps do: with the model's own plans, through the gate and the log of the sockets.
 *
 * One update, all of it or nothing. Repeated under the same operation id it is stored once, and makes the same ids.
 * Rejects `TandemError` for what the model or the gate refuses; then nothing was written.
 */
export async function writeContent<T>(
  { rooms, clock, ...lookups }: Pick<HttpContext, 'rooms' | 'clock' | 'directory' | 'people'>,
  { list, userId, operation }: Writer,
  compose: (draft: Draft) => T,
): Promise<{ readonly seq: Seq; readonly value: T }> {
  // The gate says so too, but only once there is something to judge.
  if (!mayWrite(list.role)) throw new TandemError('not-allowed')
  let made = 0
  const context: PlanContext = {
    by: list.anonymousId ?? userId,
    now: clock.now(),
    random,
    newId: () => derivedId(operation, made++),
  }
  let composed: { readonly value: T } | null = null
  const writing = rooms.write(
    list.id,
    writerIn(lookups, { listId: list.id, userId }),
    (doc) => {
      const view = new ListView(doc)
      const add = <V>(plan: Plan<V>): V => {
        applyChanges(doc, plan.changes, null)
        view.absorb(plan.changes)
        return plan.value
      }
      try {
        composed = { value: compose({ view, context, add }) }
      } catch (error) {
        throw error instanceof ModelError ? faultOf(error) : error
      } finally {
        view.dispose()
      }
    },
    operation.derive('log'),
  )
  const outcome = await within(clock, WRITE_LIMIT_MS, writing)
  if (outcome === 'late') throw new TandemError('storage-unavailable', STILL_WAITING)
  if ('refusal' in outcome) throw faultOfRefusal(outcome.refusal)
  return { seq: outcome.seq, value: filled(composed) }
}

/** Assigned in a callback, which the compiler does not follow. */
function filled<T>(composed: { readonly value: T } | null): T {
  if (composed === null) throw new TandemError('internal', 'The change was never made.')
  return composed.value
}

function derivedId(operation: Operation, number: number): string {
  let round = 0
  return newRecordId(() =>
    createHash('sha256')
      .update(`${operation.derive('record')} ${number} ${round++}`)
      .digest(),
  )
}

function faultOf(error: ModelError): TandemError {
  if (error.code === 'limit') return new TandemError('list-full', error.message)
  return new TandemError('validation-error', error.message)
}

/** What a gate's refusal is in terms of HTTP; what is not named is the change's own fault. */
const FAULTS: Partial<Record<Refusal['code'], ErrorCode>> = {
  'read-only': 'not-allowed',
  'already-created': 'id-taken',
  'list-full': 'list-full',
  'too-large': 'too-large',
}

function faultOfRefusal({ code, message, keys }: Refusal): TandemError {
  return new TandemError(FAULTS[code] ?? 'refused', message, { facts: { keys, reason: code } })
}
