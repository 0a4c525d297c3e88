import { authorOf, type Place } from '@tandem/client-sdk/model'
import { type Action, can, type Role } from '@tandem/client-sdk/protocol'
import type * as Y from 'yjs'
import { isRemovedOnArrival } from './incoming.ts'
import { type Key, type TouchedKeys, valueIn } from './key.ts'
import type { Actor } from './verdict.ts'

/** Who tries it, and what is needed to tell whose a place is. */
export interface Attempt {
  readonly document: Y.Doc
  readonly keys: TouchedKeys
  readonly actor: Actor
}

/**
 * What each narrow right opens, beside what `edit` opens: everything. The right is `can`'s to give; a right that is missing here
 * opens nothing.
 */
const OPENS: Partial<Readonly<Record<Action, (attempt: Attempt, key: Key) => boolean>>> = {
  tick: (_, { place }) => place.at === 'field' && place.kind === 'items' && place.field === 'done',
  comment: isOwnComment,
}

/** Whether the actor's role opens this place, for what is written there. `by` itself is held to the actor elsewhere. */
export function mayChange(attempt: Attempt, key: Key): boolean {
  const { role } = attempt.actor
  if (can(role, 'edit')) return true
  return Object.entries(OPENS).some(([action, opens]) => can(role, action as Action) && opens(attempt, key))
}

/** What a person of this role is told when they try more than it opens. */
export function tooMuch(role: Role): string {
  if (can(role, 'comment')) return 'Your role allows comments of your own, and no other change.'
  if (can(role, 'tick')) return 'Your role allows ticking items, and no other change.'
  return 'Your role does not allow changes.'
}

/**
 * A comment of theirs: making it, rewording it, removing it. Whether it is settled is for those who may edit the list.
 *
 * A record under a used id, or with a field written before its record, would take over or prepare what is somebody else's.
 */
function isOwnComment({ document, keys, actor }: Attempt, key: Key): boolean {
  const { place } = key
  if ((place.at !== 'record' && place.at !== 'field') || place.kind !== 'comments') return false
  if (place.at === 'field' && place.field === 'resolved') return false
  if (place.at === 'record' && key.fresh.some(({ content }) => isBornResolved(content))) return false
  const standing = valueIn(document, 'comments', place.id)
  if (standing !== undefined) return isBy(actor, { at: 'record', kind: 'comments', id: place.id }, standing)
  return keys.get('comments', place.id)?.fresh.some((struct) => !isRemovedOnArrival(struct)) ?? false
}

/** Comments that they wrote before they asked not to be named are theirs, too. */
function isBy(actor: Actor, place: Place, record: unknown): boolean {
  const author = authorOf(place, record)
  return author === actor.authorId || author === actor.userId
}

function isBornResolved(content: Key['fresh'][number]['content']): boolean {
  if (content.kind !== 'values') return false
  return content.values.some(
    (value) => typeof value === 'object' && value !== null && 'resolved' in value && value.resolved !== false,
  )
}
