import type * as Y from 'yjs'
import type { Environment } from '../connection/port.ts'
import type { Change } from '../model/changes.ts'
import { type Collision, findCollisions, MOVING } from '../model/collision.ts'
import { fieldKey, type RootKind } from '../model/keys.ts'
import type { Written } from '../model/ops.ts'
import { OwnWrites } from '../model/own-writes.ts'
import { type PlanContext, putField } from '../model/plan.ts'
import { planRestoreItems } from '../model/plan-remove.ts'
import { isRegister } from '../model/register.ts'
import { sameValue } from '../model/same.ts'
import type { Collided } from '../protocol/messages.ts'
import { cell, tellAll } from '../replica/cell.ts'
import type { Copy } from '../replica/copy.ts'
import type { Edit } from '../replica/edit.ts'
import { ORIGIN } from '../replica/origin.ts'
import type { Readable, Unsubscribe, Write } from '../types.ts'
import type { Desk } from './desk.ts'
import type { Screen } from './screen.ts'
import type { Conflict } from './types.ts'

/** For this long after its confirmation a write may still turn out to have collided with one that was under way. */
const REMEMBER_MS = 60_000
const MAX_TOLD = 1_000
const ABOUT: Readonly<Record<RootKind, Conflict['about']>> = {
  items: 'item',
  sections: 'section',
  labels: 'label',
  comments: 'comment',
  list: 'list',
}
/** More open notices than this help nobody; the oldest go. */
const MAX_OPEN = 100

export interface ConflictsHost {
  readonly copy: Copy
  readonly screen: Screen
  readonly environment: Environment
  /** Under which id this person writes in this list. */
  readonly me: () => string | null
  /** Also by the id they wrote under before. */
  readonly isMe: (userId: string) => boolean
  readonly desk: () => Desk
}

/** Notices that two people wrote the same thing unseen by each other. Nothing waits for them: the merge has happened. */
export class Conflicts {
  readonly #host: ConflictsHost
  readonly #open = cell<readonly Conflict[]>(Object.freeze([]))
  readonly #listeners = new Set<(conflict: Conflict) => void>()
  readonly #timers = new Set<() => void>()
  readonly #stopSwap: Unsubscribe
  #doc: Y.Doc
  #own: OwnWrites
  /** What was raised in this session, so that two who speak of the same thing raise it once. */
  readonly #told = new Set<string>()
  #count = 0

  constructor(host: ConflictsHost) {
    this.#host = host
    this.#doc = host.copy.shown
    this.#own = this.#watch()
    this.#stopSwap = host.copy.onSwap(() => {
      this.#doc.off('afterTransaction', this.#onTransaction)
      this.#doc = host.copy.shown
      this.#own = this.#watch()
    })
  }

  get open(): Readable<readonly Conflict[]> {
    return this.#open
  }

  onConflict(listener: (conflict: Conflict) => void): Unsubscribe {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** An edit waits for the server (1), or no longer does (-1). */
  waiting(edit: Edit, change: 1 | -1): void {
    const by = this.#host.me()
    if (change === 1) {
      if (by !== null && edit.origin !== 'tab') this.#own.remember(edit.uid, edit.changes, by)
      return
    }
    const wasConfirmed = edit.fate.state === 'waiting' || edit.fate.state === 'confirmed'
    if (!wasConfirmed) {
      this.#own.forget(edit.uid)
      return
    }
    this.#own.confirm(edit.uid)
    const cancel = this.#host.environment.setTimer(() => {
      this.#timers.delete(cancel)
      this.#own.forget(edit.uid)
    }, REMEMBER_MS)
    this.#timers.add(cancel)
  }

  /**
   * The server's word of what collided: also what this device could not see, because the value that gave way never reached
   * it, or because it was away. What this device has noticed itself is not raised again.
   */
  heard(collisions: readonly Collided[], wereMissed: boolean): void {
    const { isMe } = this.#host
    for (const one of collisions) {
      if (!isMe(one.kept.by) && !isMe(one.other.by)) continue
      const current = wereMissed ? this.#asItStands(one) : one
      if (current === null) continue
      const collision = collisionOf(current)
      if (!namesOf(collision).every((name) => this.#told.has(name))) this.#raise(collision)
    }
  }

  /** The list is gone from the screen: its values are not to stay in notices. */
  clear(): void {
    this.#open.set(Object.freeze([]))
  }

  dispose(): void {
    this.#stopSwap()
    this.#doc.off('afterTransaction', this.#onTransaction)
    for (const cancel of this.#timers) cancel()
    this.#listeners.clear()
  }

  #watch(): OwnWrites {
    this.#doc.on('afterTransaction', this.#onTransaction)
    return new OwnWrites(this.#doc)
  }

  readonly #onTransaction = (transaction: Y.Transaction): void => {
    if (transaction.origin !== ORIGIN.server) return
    for (const collision of findCollisions(transaction, this.#own)) this.#raise(collision)
  }

  /**
   * A collision of some time ago beside what the field holds today; null when there is nothing to choose between any more. Whose value
   * was lost is still owed the notice when others have written the field since; whose value stood then is not.
   */
  #asItStands(collided: Collided): Collided | null {
    const { isMe } = this.#host
    const { kind, id, field, kept, other } = collided
    const now = this.#doc.getMap(kind).get(id === undefined ? field : fieldKey(id, field))
    if (!isRegister(now)) return null
    const [value, by] = now
    if (sameValue(value, kept.value)) return collided
    if (!isMe(other.by) || isMe(by) || sameValue(value, other.value)) return null
    return { ...collided, kept: { value, by } }
  }

  #raise(raised: Collision): void {
    this.#remember(raised)
    const collision = this.#gathered(raised)
    const { kind, root, id: itemId, field, kept, other } = collision
    this.#count += 1
    const id = `conflict-${this.#count}`
    const conflict: Conflict = Object.freeze({
      id,
      kind,
      about: ABOUT[root],
      itemId,
      field,
      kept: Object.freeze(kept),
      other: Object.freeze(other),
      title: this.#titleOf(collision),
      useOther: () => {
        this.#dismiss(id)
        return this.#useOther(collision)
      },
      dismiss: () => this.#dismiss(id),
    })
    // A later collision about the same thing says all there is to say.
    const others = this.#open.getSnapshot().filter((one) => !isSameMatter(one, conflict))
    this.#open.set(Object.freeze([...others, conflict].slice(-MAX_OPEN)))
    tellAll([...this.#listeners].map((listener) => () => listener(conflict)))
  }

  #remember(collision: Collision): void {
    for (const name of namesOf(collision)) this.#told.add(name)
    for (const name of this.#told) {
      if (this.#told.size <= MAX_TOLD) break
      this.#told.delete(name)
    }
  }

  /** The server speaks of each field of a move alone; to a person it is one move. */
  #gathered(collision: Collision): Collision {
    const { kind, id, kept, other } = collision
    const open = this.#open.getSnapshot().find((one) => one.kind === 'moved-twice' && one.itemId === id)
    if (kind !== 'moved-twice' || open?.kept.by !== kept.by || open.other.by !== other.by) return collision
    const both = (before: unknown, now: unknown) => ({ ...(before as object), ...(now as object) })
    return {
      ...collision,
      kept: { by: kept.by, value: both(open.kept.value, kept.value) },
      other: { by: other.by, value: both(open.other.value, other.value) },
    }
  }

  #dismiss(id: string): void {
    const left = this.#open.getSnapshot().filter((conflict) => conflict.id !== id)
    if (left.length < this.#open.getSnapshot().length) this.#open.set(Object.freeze(left))
  }

  #useOther(collision: Collision): Write {
    return this.#host.desk().do({
      label: collision.kind === 'edited-while-removed' ? 'Restore' : 'Use the other value',
      right: 'edit',
      empty: undefined,
      plan: (list, context) => {
        if (collision.kind === 'edited-while-removed') {
          return planRestoreItems(list, context, [collision.id ?? ''])
        }
        return { value: undefined, changes: valuesOf(collision).map((one) => put(context, collision, one)) }
      },
    })
  }

  #titleOf({ root, id }: Collision): string {
    const { view } = this.#host.screen
    if (id === null) return view.list().title
    if (root === 'items') return view.item(id)?.title ?? ''
    if (root === 'sections') return view.section(id)?.title ?? ''
    return root === 'labels' ? (view.label(id)?.title ?? '') : ''
  }
}

function collisionOf({ kind, id: recordId, field, kept, other }: Collided): Collision {
  const id = recordId ?? null
  if (kind !== 'items' || !MOVING.includes(field)) {
    return { kind: 'same-field', root: kind, id, field, kept, other }
  }
  const part = ({ value, by }: Written) => ({ by, value: { [field]: value } })
  return { kind: 'moved-twice', root: kind, id, field: 'order', kept: part(kept), other: part(other) }
}

/** What a collision is about and between which values, field by field. */
function namesOf(collision: Collision): string[] {
  const { root, id, kept } = collision
  return valuesOf(collision).map(([field, other]) => {
    const stays =
      collision.kind === 'moved-twice' ? (kept.value as Record<string, unknown>)[field] : kept.value
    return JSON.stringify([root, id, field, stays, other])
  })
}

function isSameMatter(a: Conflict, b: Conflict): boolean {
  return a.kind === b.kind && a.itemId === b.itemId && a.field === b.field
}

function valuesOf({ kind, field, other }: Collision): [field: string, value: unknown][] {
  return kind === 'moved-twice' ? Object.entries(other.value as object) : [[field, other.value]]
}

function put(context: PlanContext, { root, id }: Collision, [field, value]: [string, unknown]): Change {
  return putField(context, { root, id: id ?? '', field }, value)
}
