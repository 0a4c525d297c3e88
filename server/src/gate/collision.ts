import { isRegister, type Register, sameValue, type Written } from '@tandem/client-sdk/model'
import { checkValue } from './entry.ts'
import { endOf, type Incoming, type UnitId } from './incoming.ts'
import type { Key } from './key.ts'

/** Two writes of one field, neither of which had seen the other. */
export interface Collision {
  readonly kept: Written
  readonly other: Written
}

/**
 * What collided at a key whose outcome is settled (`key.after`), null when nothing did.
 *
 * This is the last moment at which both values are there: once Yjs has applied the update, the one that gave way is gone
 * from every document. A write knows the current value when it was made over it, or over one that was; who knows it and writes another has
 * decided. Members have only two values, and a removal is no value that could give way.
 */
export function collisionAt(key: Key, winner: Incoming | null, authorId: string): Collision | null {
  const { place, current, before, after } = key
  if (place.at !== 'list' && (place.at !== 'field' || place.field === 'deleted')) return null
  if (current === null || !isRegister(before) || !isRegister(after)) return null
  const aware = new Set([unit(current.id.client, current.id.clock + current.length - 1)])
  let stranger: Register | null = null
  for (const struct of key.fresh) {
    const origin = originOf(struct)
    if (origin !== null && aware.has(unit(origin.client, origin.clock))) {
      aware.add(unit(struct.client, endOf(struct) - 1))
      if (struct === winner) return null
      continue
    }
    stranger = registerOf(key, struct, authorId) ?? stranger
  }
  const other = winner === null ? stranger : before
  return other === null || sameValue(other[0], after[0])
    ? null
    : { kept: writtenBy(after), other: writtenBy(other) }
}

/** The value of a struct that may have been overwritten by the same update; the schema was not asked about it then. */
function registerOf(key: Key, { content }: Incoming, authorId: string): Register | null {
  const value = content.kind === 'values' ? content.values.at(-1) : undefined
  return isRegister(value) && checkValue(key.place, value, authorId) === null ? value : null
}

function originOf({ client, clock, known, origin }: Incoming): UnitId | null {
  return known > 0 ? { client, clock: clock + known - 1 } : origin
}

function writtenBy([value, by]: Register): Written {
  return { value, by }
}

function unit(client: number, clock: number): string {
  return `${client}:${clock}`
}
