import {
  authorOf,
  checkEntry,
  checkMember,
  fieldRule,
  isExtensionName,
  type Place,
  SETS,
} from '@tandem/client-sdk/model'
import type { RefusalCode } from '@tandem/client-sdk/protocol'

export interface EntryProblem {
  readonly code: RefusalCode
  readonly message: string
}

/** Null when the schema knows the place, whatever is written there. */
export function checkPlace(place: Place): EntryProblem | null {
  switch (place.at) {
    case 'record':
    case 'note':
      return null
    case 'list':
      return isKnownField('list', place.field) ? null : unknownField(place.field)
    case 'field':
      return isKnownField(place.kind, place.field) ? null : unknownField(place.field)
    case 'member':
      if (!SETS[place.kind].includes(place.set)) return unknownField(place.set)
      // Of what was removed on the way only the key is left, and that could be of any length.
      return asProblem(checkMember(place.kind, place.set, place.member, null))
  }
}

/** Null when `raw` may stand at the place and says that `authorId` wrote it (null: whoever wrote it). */
export function checkValue(place: Place, raw: unknown, authorId: string | null): EntryProblem | null {
  const problem = asProblem(checkEntry(place, raw))
  if (problem !== null) return problem
  return authorId !== null && authorOf(place, raw) !== authorId ? FORGED : null
}

/**
 * Null when a value that is overwritten already when it comes names nobody else. Nobody will read it, but it is kept in the log and
 * travels to everybody: it must not name who goes unnamed, or anybody else.
 */
export function checkOverwritten(place: Place, raw: unknown, authorId: string | null): EntryProblem | null {
  const named = authorOf(place, raw)
  return authorId !== null && named !== null && named !== authorId ? FORGED : null
}

const FORGED: EntryProblem = {
  code: 'forged-author',
  message: 'The edit names somebody else as its author.',
}

function asProblem(sentence: string | null): EntryProblem | null {
  return sentence === null ? null : { code: codeOf(sentence), message: sentence }
}

/**
 * The schema answers in sentences, because people read them; the code is read off the sentence. A test holds the two
 * together for every limit of the schema.
 */
function codeOf(problem: string): RefusalCode {
  if (/ is not a (field|set) of /.test(problem)) return 'unknown-field'
  if (/ must not (be longer|be larger|have more) than /.test(problem)) return 'too-large'
  return 'wrong-type'
}

function isKnownField(root: Parameters<typeof fieldRule>[0], field: string): boolean {
  return isExtensionName(field) || fieldRule(root, field) !== null
}

function unknownField(field: string): EntryProblem {
  return { code: 'unknown-field', message: `The list has no field '${field.slice(0, 64)}'.` }
}
