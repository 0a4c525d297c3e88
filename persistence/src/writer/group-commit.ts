import type { Environment } from '../environment.ts'
import { reasonOf, StorageError } from '../errors.ts'
import type { Appended, LogHealth, NewUpdate } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import type { BatchStore } from './batch-store.ts'
import { transition, type WriterEvent, type WriterState } from './health.ts'
import type { WriterLimits } from './limits.ts'
import { type Batch, Pending } from './pending.ts'
import { refuseAll, writeBatch } from './write-batch.ts'

export interface GroupCommit {
  append(update: NewUpdate): Promise<Appended>
  health(): LogHealth
  onHealth(listener: (health: LogHealth) => void): () => void
  close(deadlineMs: number): Promise<void>
}

interface Dependencies {
  readonly store: BatchStore
  readonly environment: Environment
  readonly limits: WriterLimits
  readonly onError: (error: unknown) => void
}

/**
 * Collects updates while a batch is being written and writes them as the next one: a slow database means larger batches, an idle
 * one means no waiting at all.
 *
 *     append → Pending ──take──→ writeBatch ──stored──→ promises resolve
 *                 ↑                  │
 *                 └── again, marked uncertain ← connection lost, timeout, disk full …
 */
export function createGroupCommit({ store, environment, limits, onError }: Dependencies): GroupCommit {
  const pending = new Pending()
  const listeners = new Set<(health: LogHealth) => void>()
  const startedAt = new Map<number, number>()
  const closing = new AbortController()
  let state: WriterState = { name: 'ok' }
  let inFlight = 0
  let failures = 0
  let backingOff = false
  let scheduled = false
  let lastStart = Number.NEGATIVE_INFINITY
  let stopWatch: (() => void) | null = null
  let onIdle = (): void => {}

  const health = (): LogHealth => {
    const queued = pending.size + inFlight
    if (state.name !== 'failing') return { state: 'ok', queued }
    return { state: 'failing', queued, since: state.since, reason: state.reason }
  }
  const dispatch = (event: WriterEvent): void => {
    const before = state
    state = transition(state, event)
    if (before === state || state.name === 'closed') return
    for (const listener of listeners) {
      try {
        listener(health())
      } catch (error) {
        onError(error)
      }
    }
  }

  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    const waitMs = lastStart + limits.minIntervalMs - environment.monotonicMs()
    // Even then not at once: everything else that arrived in this turn of the event loop belongs into the same batch.
    if (waitMs <= 0) environment.soon(start)
    else environment.later(waitMs, start)
  }
  const start = (): void => {
    scheduled = false
    // Otherwise each new update would be one more try, thousands a second.
    if (backingOff) return
    for (let lane = 0; lane < limits.lanes; lane++) {
      // After a failure one lane is enough to find out when it is over.
      if (startedAt.has(lane) || (state.name === 'failing' && startedAt.size > 0)) continue
      const batch = pending.take(currentLimits())
      if (batch === null) break
      writeOn(lane, batch).catch(onError)
    }
  }
  // After a timeout the batch may have been too much for the database: smaller ones until it works again.
  const currentLimits = (): WriterLimits => {
    const divisor = 2 ** Math.min(failures, 6)
    return failures === 0 ? limits : { ...limits, maxRows: Math.ceil(limits.maxRows / divisor) }
  }

  const writeOn = async (lane: number, batch: Batch): Promise<void> => {
    lastStart = environment.monotonicMs()
    startedAt.set(lane, lastStart)
    inFlight += batch.size
    stopWatch ??= environment.every(1_000, watch)
    const { again, failure } = await writeBatch(store, batch, lane).catch((error: unknown) =>
      refuseAll(batch, error),
    )
    startedAt.delete(lane)
    inFlight -= batch.size
    if (closing.signal.aborted) {
      for (const entry of again) entry.reject(closedError())
      pending.settle(batch)
    } else {
      pending.settle(batch, again)
      if (failure === null) {
        failures = 0
        dispatch({ name: 'stored' })
      } else {
        failures += 1
        dispatch({ name: 'failed', at: environment.now(), reason: reasonOf(failure) })
        const longest = Math.min(limits.lastRetryMs, limits.firstRetryMs * 2 ** Math.min(failures - 1, 20))
        // Half of it is chance, so that nodes that failed together do not all come back together.
        backingOff = true
        await environment.sleep(longest * (0.5 + environment.random() / 2), closing.signal)
        backingOff = false
      }
    }
    if (pending.size > 0) schedule()
    else if (inFlight === 0) rest()
  }
  const rest = (): void => {
    stopWatch?.()
    stopWatch = null
    onIdle()
  }

  const watch = (): void => {
    const now = environment.monotonicMs()
    for (const [lane, since] of startedAt) {
      const waitedMs = now - since
      if (waitedMs >= limits.slowAfterMs) {
        const reason = `no answer from the database for ${Math.floor(waitedMs / 1_000)} s`
        dispatch({ name: 'failed', at: environment.now(), reason })
      }
      if (waitedMs < limits.timeoutMs) continue
      startedAt.set(lane, now)
      store.abandon(lane)
    }
  }

  const append = (update: NewUpdate): Promise<Appended> => {
    if (state.name === 'closed') return Promise.reject(closedError())
    const fault = faultOf(update, limits)
    if (fault !== null) return Promise.reject(new StorageError('invalid-update', fault))
    return new Promise((resolve, reject) => {
      pending.push({ update, resolve, reject, uncertain: false })
      schedule()
    })
  }

  const close = async (deadlineMs: number): Promise<void> => {
    dispatch({ name: 'close' })
    if (pending.size + inFlight === 0) return
    const idle = new Promise<'idle'>((resolve) => {
      onIdle = () => resolve('idle')
    })
    const timer = new AbortController()
    const late = environment.sleep(deadlineMs, timer.signal).then(() => 'late' as const)
    const first = await Promise.race([idle, late])
    timer.abort()
    if (first === 'idle') return
    const lost = pending.size + inFlight
    closing.abort()
    for (const lane of startedAt.keys()) store.abandon(lane)
    for (const entry of pending.takeAll()) entry.reject(closedError())
    throw new StorageError('storage-closed', `${lost} updates could not be stored within ${deadlineMs} ms.`)
  }

  return {
    append,
    health,
    onHealth: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close,
  }
}

function closedError(): StorageError {
  return new StorageError('storage-closed', 'The update was not stored: the storage was closed.')
}

function faultOf(update: NewUpdate, { maxUpdateBytes }: WriterLimits): string | null {
  if (!isUuid(update.listId)) return `The list id ${JSON.stringify(update.listId)} is not a lower-case UUID.`
  if (!isUuid(update.opId)) return `The operation id ${JSON.stringify(update.opId)} is not a lower-case UUID.`
  const bytes = update.data.byteLength
  return bytes > maxUpdateBytes ? `An update of ${bytes} bytes is larger than ${maxUpdateBytes}.` : null
}
