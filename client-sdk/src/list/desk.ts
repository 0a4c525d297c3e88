import type { Environment } from '../connection/port.ts'
import { ClientError } from '../errors.ts'
import { applyChanges } from '../model/apply.ts'
import type { Change } from '../model/changes.ts'
import { ModelError } from '../model/errors.ts'
import { newRecordId } from '../model/ids.ts'
import type { Plan, PlanContext } from '../model/plan.ts'
import { applyTracked, type Inverse } from '../model/tracked.ts'
import { UndoStack } from '../model/undo.ts'
import type { ListView } from '../model/view.ts'
import { type Edit, failedWrite, type Settled, settled } from '../replica/edit.ts'
import { ORIGIN } from '../replica/origin.ts'
import type { Replica } from '../replica/replica.ts'
import type { Write } from '../types.ts'
import { type Right, rightsFor } from './rights.ts'
import type { Screen } from './screen.ts'

export interface DeskHost {
  readonly replica: Replica
  readonly screen: Screen
  readonly environment: Environment
  /** Under which id this person writes in this list. */
  readonly me: () => string | null
  readonly isMe: (userId: string) => boolean
  /** Why this person, or this version of the code, may not do that now; null when they may. */
  readonly forbids: (right: Right) => ClientError | null
  /** An edit is on the screen: one undo step. */
  readonly did: (edit: Done) => void
  readonly onError: (error: ClientError) => void
}

export interface Task<T> {
  readonly label: string
  readonly right: Right
  /** Whose it is, where those who may not edit may change only what is theirs; undefined: there is none, which the plan will say. */
  readonly owner?: (list: ListView) => string | undefined
  /** What a write that failed hands out instead. */
  readonly empty: T
  readonly plan: (list: ListView, context: PlanContext) => Plan<T>
}

export interface Done {
  readonly label: string
  readonly changes: readonly Change[]
  readonly inverses: readonly Inverse[]
  /** It continues the step before it, if that has the same label. */
  readonly joinsLast?: boolean
}

interface Group {
  readonly changes: Change[]
  readonly inverses: Inverse[]
  readonly stored: Settled
  readonly confirmed: Settled
}

/**
 * Where everything a person does to a list goes through: asked, planned, put on the screen, recorded; in one tick, and with one
 * notification at its end.
 */
export class Desk {
  readonly #host: DeskHost
  #group: Group | null = null

  constructor(host: DeskHost) {
    this.#host = host
  }

  forbids(right: Right): ClientError | null {
    return this.#host.forbids(right)
  }

  /** Why somebody may not write all of these places; null when they may. */
  forbidsAny(places: Parameters<typeof rightsFor>[0]): ClientError | null {
    for (const right of rightsFor(places)) {
      const forbidden = this.#host.forbids(right)
      if (forbidden !== null) return forbidden
    }
    return null
  }

  /** Why the list takes no edits of anybody any more; null while it does. */
  isOver(): ClientError | null {
    const forbidden = this.#host.forbids('edit')
    return isOver(forbidden) ? forbidden : null
  }

  /** What a write that cannot be made hands out; `onError` hears of it. */
  fail<T>(value: T, error: ClientError): Write<T> {
    this.#host.onError(error)
    return failedWrite(value, error)
  }

  do<T>(task: Task<T>): Write<T> {
    const { screen } = this.#host
    const by = this.#host.me()
    const forbidden = this.#host.forbids(task.right)
    if (isOver(forbidden)) return this.fail(task.empty, forbidden)
    if (by === null) return this.fail(task.empty, new ClientError('auth-expired', 'Nobody is signed in yet.'))
    if (forbidden !== null) return this.fail(task.empty, forbidden)
    const owner = task.owner?.(screen.view) ?? by
    const notTheirs = this.#host.isMe(owner) ? null : this.#host.forbids('edit')
    if (notTheirs !== null) return this.fail(task.empty, notTheirs)
    const planned = this.#plan(task, by)
    if (planned instanceof ClientError) return this.fail(task.empty, planned)
    return screen.topics.batch(() => this.#apply(task.label, planned))
  }

  /** Several tasks as one edit, one undo step, one update. Tasks inside a group inside a group belong to the outer one. */
  together<T>(label: string, change: () => T, joinsLast = false): Write<T> {
    const outer = this.#group
    if (outer !== null)
      return { value: change(), stored: outer.stored.promise, confirmed: outer.confirmed.promise }
    const forbidden = this.#host.forbids('edit')
    // Each task is refused by itself, and what they did together, nothing, must not count as saved.
    if (isOver(forbidden)) return this.fail(change(), forbidden)
    return this.#host.screen.topics.batch(() => this.#together(label, change, joinsLast))
  }

  /** Changes that were planned elsewhere: an undo, a refused edit that is tried again. What undoes them is the caller's to keep. */
  put(label: string, changes: readonly Change[]): Write<readonly Inverse[]> {
    const forbidden = this.forbidsAny(changes)
    if (forbidden !== null) return this.fail([], forbidden)
    return this.#host.screen.topics.batch(() => {
      const { update, inverses } = this.#host.replica.copy.write(changes)
      return handleOf(inverses, this.#host.replica.record(label, changes, update))
    })
  }

  #plan<T>(task: Task<T>, by: string): Plan<T> | ClientError {
    try {
      return task.plan(this.#host.screen.view, this.#context(by))
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      const known = new ClientError(error.code === 'not-found' ? 'not-found' : 'invalid', error.message, {
        cause: error,
      })
      // Somebody else may just have purged it under this person's finger; a bad value is the calling program's mistake.
      if (error.code === 'not-found') return known
      throw known
    }
  }

  #context(by: string): PlanContext {
    const { environment } = this.#host
    const now = environment.now()
    const date = new Date(now)
    const two = (part: number) => String(part).padStart(2, '0')
    return {
      by,
      now,
      today: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
      random: () => environment.random(),
      newId: () => newRecordId((count) => crypto.getRandomValues(new Uint8Array(count))),
    }
  }

  #apply<T>(label: string, { value, changes }: Plan<T>): Write<T> {
    const { replica, screen } = this.#host
    const group = this.#group
    if (changes.length === 0) return { value, stored: DONE, confirmed: DONE }
    if (group === null) {
      const { update, inverses } = replica.copy.write(changes)
      const edit = replica.record(label, changes, update)
      this.#host.did({ label, changes, inverses })
      return handleOf(value, edit)
    }
    group.changes.push(...changes)
    group.inverses.push(...applyTracked(replica.copy.shown, changes, ORIGIN.here))
    // The next task of the group plans on what this one did.
    screen.view.absorb(changes)
    return { value, stored: group.stored.promise, confirmed: group.confirmed.promise }
  }

  #together<T>(label: string, change: () => T, joinsLast: boolean): Write<T> {
    const { replica } = this.#host
    const group: Group = { changes: [], inverses: [], stored: settled(), confirmed: settled() }
    const outcome: { value?: T; error?: unknown; failed: boolean } = { failed: false }
    this.#group = group
    const update = replica.copy.together(() => {
      try {
        outcome.value = change()
      } catch (error) {
        outcome.failed = true
        outcome.error = error
        this.#takeBack(group)
      }
    })
    this.#group = null
    follow(replica.record(label, group.changes, update), group)
    if (outcome.failed) throw outcome.error
    this.#host.did({ label, changes: group.changes, inverses: group.inverses, joinsLast })
    return { value: outcome.value as T, stored: group.stored.promise, confirmed: group.confirmed.promise }
  }

  /** A document cannot forget, so what half a group did is undone within the same update. */
  #takeBack(group: Group): void {
    const { replica, screen, environment, me } = this.#host
    const once = new UndoStack(1)
    once.push('', group.inverses)
    const move = once.takeUndo(replica.copy.shown, { by: me() ?? '', now: environment.now() })
    if (move === null) return
    group.changes.push(...move.changes)
    applyChanges(replica.copy.shown, move.changes, ORIGIN.here)
    screen.view.absorb(move.changes)
  }
}

const DONE: Promise<void> = Promise.resolve()

/** The list takes no edits of anybody any more, whatever they may. */
function isOver(forbidden: ClientError | null): forbidden is ClientError {
  return forbidden?.code === 'closed' || forbidden?.code === 'access-revoked'
}

function handleOf<T>(value: T, edit: Edit | null): Write<T> {
  if (edit === null) return { value, stored: DONE, confirmed: DONE }
  return { value, stored: edit.stored.promise, confirmed: edit.confirmed.promise }
}

function follow(edit: Edit | null, group: Group): void {
  const sources = edit === null ? { stored: DONE, confirmed: DONE } : promisesOf(edit)
  sources.stored.then(group.stored.resolve, group.stored.reject)
  sources.confirmed.then(group.confirmed.resolve, group.confirmed.reject)
}

function promisesOf(edit: Edit): { stored: Promise<void>; confirmed: Promise<void> } {
  return { stored: edit.stored.promise, confirmed: edit.confirmed.promise }
}
