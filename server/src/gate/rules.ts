import { authorOf, checkNotesLength, formatPlace, type RecordKind } from '@tandem/client-sdk/model'
import { type Refusal, refusal } from '@tandem/client-sdk/protocol'
import type * as Y from 'yjs'
import { collisionAt } from './collision.ts'
import { checkOverwritten, checkPlace, checkValue, type EntryProblem } from './entry.ts'
import { type DecodedUpdate, endOf, isRemovedOnArrival } from './incoming.ts'
import { type Key, type TouchedKeys, valueIn } from './key.ts'
import { mayChange, tooMuch } from './role.ts'
import { isTypable } from './text-order.ts'
import type { Actor } from './verdict.ts'
import { winnerOf } from './winner.ts'
import type { WorkBudget } from './work.ts'

export interface Case {
  readonly document: Y.Doc
  readonly update: DecodedUpdate
  readonly keys: TouchedKeys
  readonly actor: Actor
  readonly budget: WorkBudget
  /**
   * The list's log has lost rows, and clients bring back what they have, others' work included: who wrote it, what had
   * been created and what purged was judged when it first came in, and can no longer be told.
   */
  readonly isHealing: boolean
}

/** Holds every touched key to the rules and settles what will stand there (`key.after`); the first rule broken decides. */
export function judgeKeys(judged: Case): Refusal | null {
  const problems = new Problems()
  for (const key of judged.keys.all()) {
    if (!mayChange(judged, key)) {
      problems.add(key, { code: 'read-only', message: tooMuch(judged.actor.role) })
      continue
    }
    const problem =
      checkPlace(key.place) ?? (key.sub === null ? judgeText(judged, key) : judgeEntry(judged, key))
    if (problem !== null) problems.add(key, problem)
    if (judged.budget.isSpent) return tooMuchWork(key)
  }
  if (!judged.isHealing && !problems.areAny) {
    for (const key of judged.keys.all()) {
      if (isWronglyRemoved(judged, key)) {
        problems.add(key, {
          code: 'key-removed',
          message: 'A key was removed from a record that is not in the trash.',
        })
      }
    }
  }
  return problems.refusal()
}

function judgeText(judged: Case, key: Key): EntryProblem | null {
  for (const struct of key.fresh) {
    if (struct.content.kind === 'values') return { code: 'wrong-type', message: 'Notes hold text only.' }
    if (struct.content.kind === 'text') {
      key.insertedChars += struct.length - struct.known - struct.removedUnits
    }
  }
  if (!isTypable(judged.document, key, judged.budget)) {
    return { code: 'malformed', message: 'Text stands where nobody can have typed it.' }
  }
  const problem = checkNotesLength((key.type?._length ?? 0) + key.insertedChars - key.removedChars)
  // Two people may each fill half of it while apart; whoever shortens it then must not be refused.
  if (problem === null || key.insertedChars <= key.removedChars) return null
  return { code: 'too-large', message: problem }
}

function judgeEntry(judged: Case, key: Key): EntryProblem | null {
  const authorId = judged.isHealing ? null : judged.actor.authorId
  for (const struct of key.fresh) {
    if (struct.rightOrigin !== null) {
      return { code: 'malformed', message: 'A value has a right neighbour, as only text has.' }
    }
    if (struct.content.kind === 'text')
      return { code: 'wrong-type', message: 'A field holds a value, not text.' }
    if (struct.content.kind === 'removed') continue
    if (isRemovedOnArrival(struct)) {
      for (const value of struct.content.values) {
        const problem = checkOverwritten(key.place, value, authorId)
        if (problem !== null) return problem
      }
      continue
    }
    if (struct.content.values.length !== 1) {
      return { code: 'wrong-type', message: 'A field holds one value.' }
    }
    const problem = checkValue(key.place, struct.content.values[0], authorId)
    if (problem !== null) return problem
  }
  if (!judged.isHealing && key.place.at === 'record' && writesTwice(judged, key)) {
    return { code: 'already-created', message: 'A record is created once; change its fields instead.' }
  }
  settle(judged, key)
  return null
}

function settle(judged: Case, key: Key): void {
  const winner = winnerOf(judged.document, judged.update, key, judged.budget)
  if (winner === null) {
    if (key.isCurrentRemoved) key.after = undefined
  } else {
    key.after =
      winner.content.kind === 'values' && !isRemovedOnArrival(winner) ? winner.content.values[0] : undefined
  }
  // What a client brings back after a loss may be others' and long settled.
  if (!judged.isHealing) key.collision = collisionAt(key, winner, judged.actor.authorId)
}

/**
 * True when a creation record is written over one that its writer has seen.
 *
 * Two devices that complete a repeating task while apart both make its next occurrence, under the same id: neither wrote
 * over the other's. The same person's devices may do so with any record; of others' it would be a way to rewrite them.
 * Over a record that was purged anybody may create it again, two people at once too: what they wrote over is not there.
 */
function writesTwice(judged: Case, key: Key): boolean {
  const { place, current } = key
  if (place.at !== 'record' || key.before === undefined || current === null) return false
  if (isInTrash(judged.document, place.kind, place.id)) return false
  const mayCoincide = place.id.includes('~') || authorOf(place, key.before) === judged.actor.authorId
  const seen = new Set([spellUnit(current.id.client, current.id.clock + current.length - 1)])
  for (const struct of key.fresh) {
    const { origin } = struct
    const hasSeen = origin !== null && seen.has(spellUnit(origin.client, origin.clock))
    if (hasSeen) seen.add(spellUnit(struct.client, endOf(struct) - 1))
    if (!isRemovedOnArrival(struct) && (hasSeen || !mayCoincide)) return true
  }
  return false
}

function spellUnit(client: number, clock: number): string {
  return `${client}:${clock}`
}

/** Keys go for good only together with their whole record, and only out of the trash. */
function isWronglyRemoved(judged: Case, key: Key): boolean {
  if (key.before === undefined || key.after !== undefined || key.place.at === 'note') return false
  if (key.place.at === 'list') return true
  const { kind, id } = key.place
  if (judged.keys.valueAfter(kind, id) !== undefined) return true
  return valueIn(judged.document, kind, id) !== undefined && !isInTrash(judged.document, kind, id)
}

function isInTrash(document: Y.Doc, kind: RecordKind, id: string): boolean {
  const register = valueIn(document, kind, `${id}/deleted`)
  return Array.isArray(register) && register[0] === true
}

function tooMuchWork(key: Key): Refusal {
  const message = 'Too many edits of one place in one update.'
  return refusal('too-large', message, [nameOf(key)])
}

/** A key can be as long as an update; what goes back to the client is not. */
function nameOf(key: Key): string {
  return formatPlace(key.place).slice(0, 400)
}

/** What is wrong, by key. One refusal names one reason: that of the first problem, with all keys it holds for. */
class Problems {
  #first: EntryProblem | null = null
  readonly #keys: string[] = []

  get areAny(): boolean {
    return this.#first !== null
  }

  add(key: Key, problem: EntryProblem): void {
    this.#first ??= problem
    if (problem.code === this.#first.code && this.#keys.length < 20) this.#keys.push(nameOf(key))
  }

  refusal(): Refusal | null {
    return this.#first === null ? null : refusal(this.#first.code, this.#first.message, this.#keys)
  }
}
