import type { Change } from '../model/changes.ts'
import { isPlainObject } from '../model/field-rules.ts'
import { parsePlace, type RootKind } from '../model/keys.ts'
import { isRegister } from '../model/register.ts'
import type { Can } from './types.ts'

/** What an operation needs the role for. */
export type Right = 'tick' | 'edit' | 'comment' | 'resolve'

export const RIGHT_IN_CAN: Readonly<Record<Right, keyof Can>> = {
  tick: 'tick',
  edit: 'edit',
  comment: 'comment',
  resolve: 'resolveComments',
}

/** What it takes to write these places, as the server's gate has it. */
export function rightsFor(
  places: Iterable<{ readonly root: RootKind; readonly key: string } | { readonly itemId: string }>,
): ReadonlySet<Right> {
  const rights = new Set<Right>()
  for (const place of places) rights.add('root' in place ? rightFor(place.root, place.key) : 'edit')
  return rights
}

function rightFor(root: RootKind, key: string): Right {
  const place = parsePlace(root, key)
  if (place?.at === 'field' && place.kind === 'items' && place.field === 'done') return 'tick'
  if (place === null || !('kind' in place) || place.kind !== 'comments') return 'edit'
  return place.at === 'field' && place.field === 'resolved' ? 'resolve' : 'comment'
}

/** The same changes, done by this person: what somebody else once did, or they themselves under another id, is refused as forged. */
export function doneBy(by: string, changes: readonly Change[]): Change[] {
  return changes.map((change) =>
    change.type === 'put' ? { ...change, value: signed(by, change.value) } : change,
  )
}

function signed(by: string, value: unknown): unknown {
  if (isRegister(value)) return [value[0], by, ...value.slice(2)]
  return isPlainObject(value) && typeof value['by'] === 'string' ? { ...value, by } : value
}
