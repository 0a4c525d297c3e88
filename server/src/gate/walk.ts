import { type Refusal, refusal } from '@tandem/client-sdk/protocol'
import * as Y from 'yjs'
import { type DecodedUpdate, endOf, type Incoming, indexAt, type Section, type UnitId } from './incoming.ts'
import type { Key, TouchedKeys } from './key.ts'
import { isSameAsKnown } from './overlap.ts'

/**
 * Walks all structs of an update, each after what it depends on, and finds the key of each.
 *
 *     section of writer A:  a1  a2 ──needs──▶ b1      (a stack of sections, each waiting for one clock of the next)
 *     section of writer B:  b1  b2 ──needs──▶ a2
 *
 * Refuses what the document could not integrate at once: it must never hold pending structs, because they would be neither
 * shown nor judged, and would be applied by somebody else's later update.
 */
export function walkStructs(document: Y.Doc, update: DecodedUpdate, keys: TouchedKeys): Refusal | null {
  for (const section of update.sections.values()) {
    section.stateBefore = Y.getState(document.store, section.client)
    section.state = section.stateBefore
  }
  for (const section of update.sections.values()) {
    const problem = walkSection(document, update, keys, section)
    if (problem !== null) return problem
  }
  return null
}

interface Waiting {
  readonly section: Section
  /** Walk until the section has this clock. */
  readonly until: number
}

function walkSection(
  document: Y.Doc,
  update: DecodedUpdate,
  keys: TouchedKeys,
  first: Section,
): Refusal | null {
  const stack: Waiting[] = [{ section: first, until: Number.POSITIVE_INFINITY }]
  const onStack = new Set<Section>([first])
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { section, until } = top
    const struct = section.structs[section.cursor]
    if (struct === undefined || section.state > until) {
      if (section.state <= until && until !== Number.POSITIVE_INFINITY) return gap()
      stack.pop()
      onStack.delete(section)
      continue
    }
    if (struct.clock > section.state) return gap()
    const needed = firstMissing(document, update, struct)
    if (needed !== null) {
      const next = update.sections.get(needed.client)
      // Already on the stack: the two wait for each other.
      if (next === undefined || onStack.has(next)) return gap()
      stack.push({ section: next, until: needed.clock })
      onStack.add(next)
      continue
    }
    const problem = arrive(document, update, keys, section, struct)
    if (problem !== null) return problem
    section.state = Math.max(section.state, endOf(struct))
    section.cursor += 1
  }
  return null
}

function firstMissing(document: Y.Doc, update: DecodedUpdate, struct: Incoming): UnitId | null {
  const { origin, rightOrigin } = struct
  if (origin !== null && !isKnown(document, update, struct, origin)) return origin
  if (rightOrigin !== null && !isKnown(document, update, struct, rightOrigin)) return rightOrigin
  return null
}

function isKnown(document: Y.Doc, update: DecodedUpdate, struct: Incoming, id: UnitId): boolean {
  // Yjs trusts a writer's references to itself and throws, half-way through, when one points ahead.
  if (id.client === struct.client) return id.clock < struct.clock
  const section = update.sections.get(id.client)
  const state = section === undefined ? Y.getState(document.store, id.client) : section.state
  return id.clock < state
}

function arrive(
  document: Y.Doc,
  update: DecodedUpdate,
  keys: TouchedKeys,
  section: Section,
  struct: Incoming,
): Refusal | null {
  struct.known = Math.min(Math.max(section.stateBefore - struct.clock, 0), struct.length)
  if (struct.known > 0 && !isSameAsKnown(document, struct)) {
    return refusal('clock-reused', 'The same edit number was used for two different edits.')
  }
  if (struct.known === struct.length) return null
  const key = keyOf(document, update, keys, struct)
  if (key === null) return unknownPlace(struct)
  if (key === MIXED) return refusal('malformed', 'A struct stands between two different places.')
  struct.key = key
  key.fresh.push(struct)
  return null
}

const MIXED = Symbol('mixed')

function keyOf(
  document: Y.Doc,
  update: DecodedUpdate,
  keys: TouchedKeys,
  struct: Incoming,
): Key | null | typeof MIXED {
  const { origin, rightOrigin } = struct
  if (origin === null && rightOrigin === null) {
    return struct.root === null ? null : keys.touch(struct.root, struct.sub)
  }
  const left = origin === null ? null : keyAt(document, update, keys, origin)
  const right = rightOrigin === null ? null : keyAt(document, update, keys, rightOrigin)
  if (origin !== null && rightOrigin !== null && left !== right) return MIXED
  return left ?? right
}

/** The key of a unit that is known: in the document, or walked already. */
function keyAt(document: Y.Doc, update: DecodedUpdate, keys: TouchedKeys, id: UnitId): Key | null {
  const section = update.sections.get(id.client)
  const stateBefore = section?.stateBefore ?? Y.getState(document.store, id.client)
  if (id.clock >= stateBefore) return incomingAt(update, id)?.key ?? null
  const item = Y.getItem(document.store, Y.createID(id.client, id.clock))
  return item instanceof Y.Item ? keys.touchItem(item) : null
}

/** The struct of the update that brings the unit, if one does. */
export function incomingAt(update: DecodedUpdate, id: UnitId): Incoming | undefined {
  const section = update.sections.get(id.client)
  return section?.structs[indexAt(section.structs, id.clock)]
}

function gap(): Refusal {
  return refusal('gap', 'Something that this edit builds on has not arrived.')
}

function unknownPlace(struct: Incoming): Refusal {
  const spelled = [struct.root ?? '?', ...(struct.sub === null ? [] : [struct.sub])].join('/').slice(0, 400)
  return refusal('unknown-root', 'The list has no such place.', [spelled])
}
