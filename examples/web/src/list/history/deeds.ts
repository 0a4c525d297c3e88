import type { HistoryEntry, Op } from '@tandem/client-sdk'
import { sameValue } from '@tandem/client-sdk/model'
import { textIn } from './known.ts'

type Kind = Extract<Op, { op: 'add' }>['kind']
type Written = Extract<Op, { op: 'collision' }>['kept']
type Ids = readonly string[]

/** One thing that somebody did, to one thing or to several alike. `ids` is empty for the list's own fields. */
export type Deed =
  | {
      readonly what: 'added'
      readonly kind: Kind
      readonly ids: Ids
      /** What a single one was called then. */
      readonly title: string | null
    }
  | {
      readonly what: 'deleted' | 'restored' | 'purged' | 'moved'
      readonly kind: Kind
      readonly ids: Ids
    }
  | { readonly what: 'ticked' | 'unticked' | 'noted'; readonly kind: 'items'; readonly ids: Ids }
  | {
      readonly what: 'set'
      readonly kind: Kind | 'list'
      readonly ids: Ids
      readonly field: string
      /** One for each of `ids`. */
      readonly from: readonly unknown[]
      readonly to: unknown
    }
  | {
      readonly what: 'member'
      readonly kind: Kind
      readonly ids: Ids
      readonly set: string
      readonly member: string
      readonly isIn: boolean
    }
  | {
      readonly what: 'collided'
      readonly kind: Kind | 'list'
      readonly ids: Ids
      readonly field: string
      readonly kept: Written
      readonly other: Written
    }

type Edit = Extract<Op, { op: 'set' | 'collision' }>

/** Where an item stands: whatever of it says most is the move, and the rest of it is not told. */
const MOVING: readonly string[] = ['order', 'section', 'parent']

/** What an update means to a person. Alike things are one deed; what nobody meant to do, and what came along with an addition, is none. */
export function deedsOf({ ops }: Pick<HistoryEntry, 'ops'>): readonly Deed[] {
  const around = lookAround(ops)
  const alike = new Map<string, Deed[]>()
  for (const op of ops) {
    const deed = deedOf(op, around)
    if (deed === null) continue
    const key = likeness(deed)
    const group = alike.get(key)
    if (group === undefined) alike.set(key, [deed])
    else group.push(deed)
  }
  return [...alike.values()].flatMap(together)
}

/** What the other ops of an update say about each. */
interface Around {
  readonly born: ReadonlySet<string>
  /** Kinds of which something was added: the neighbours' places are written anew with it. */
  readonly bornKinds: ReadonlySet<string>
  readonly hasPurge: boolean
  /** What gave way, by place: `set` says the same once more. */
  readonly gaveWay: ReadonlyMap<string, unknown>
  /** Which of the fields of its place says most, by item. */
  readonly moves: ReadonlyMap<string, string>
}

function lookAround(ops: readonly Op[]): Around {
  const moves = new Map<string, string>()
  const gaveWay = new Map<string, unknown>()
  const adds = ops.filter((op) => op.op === 'add')
  for (const op of ops) {
    if (op.op === 'collision') gaveWay.set(placeOf(op), op.other.value)
    if (op.op !== 'set' || op.kind !== 'items' || op.id === undefined || !MOVING.includes(op.field)) continue
    const before = moves.get(op.id)
    if (before === undefined || MOVING.indexOf(op.field) > MOVING.indexOf(before)) moves.set(op.id, op.field)
  }
  return {
    born: new Set(adds.map(({ kind, id }) => `${kind}/${id}`)),
    bornKinds: new Set(adds.map(({ kind }) => kind)),
    hasPurge: ops.some(({ op }) => op === 'purge'),
    gaveWay,
    moves,
  }
}

function deedOf(op: Op, around: Around): Deed | null {
  switch (op.op) {
    case 'add':
      return { what: 'added', kind: op.kind, ids: [op.id], title: textIn(op.value, 'title') }
    case 'purge':
      return { what: 'purged', kind: op.kind, ids: [op.id] }
    case 'note':
      return around.born.has(`items/${op.id}`) ? null : { what: 'noted', kind: 'items', ids: [op.id] }
    case 'member': {
      const { kind, id, set, member, to } = op
      return around.born.has(`${kind}/${id}`)
        ? null
        : { what: 'member', kind, ids: [id], set, member, isIn: to }
    }
    case 'collision':
      return isSilent(op) ? null : collidedOf(op)
    case 'set':
      return isSilent(op) ? null : setOf(op, around)
  }
}

/** The embedding program's own fields, and what the list says of its format: people see neither. */
function isSilent({ kind, field }: Edit): boolean {
  return field.startsWith('x-') || (kind === 'list' && field === 'format')
}

function collidedOf({ kind, id, field, kept, other }: Extract<Op, { op: 'collision' }>): Deed {
  const isMove = kind === 'items' && MOVING.includes(field)
  return { what: 'collided', kind, ids: idsOf(id), field: isMove ? 'order' : field, kept, other }
}

function setOf(op: Extract<Op, { op: 'set' }>, around: Around): Deed | null {
  const { kind, id, field, from, to } = op
  const set = { what: 'set', kind, ids: idsOf(id), field, from: [from], to } as const
  const place = placeOf(op)
  if (around.gaveWay.has(place) && sameValue(around.gaveWay.get(place), from)) return null
  if (kind === 'list' || id === undefined) return set
  if (field === 'deleted') {
    // A purge takes its comments along.
    if (kind === 'comments' && around.hasPurge) return null
    return { what: to === true ? 'deleted' : 'restored', kind, ids: [id] }
  }
  if (around.born.has(`${kind}/${id}`)) return null
  if (kind === 'items' && field === 'done') {
    return { what: to === true ? 'ticked' : 'unticked', kind, ids: [id] }
  }
  if (field === 'order' || (kind === 'items' && MOVING.includes(field))) return movedOf(set, around, id)
  return set
}

function movedOf(set: Extract<Deed, { what: 'set' }>, around: Around, id: string): Deed | null {
  const { kind, field, to } = set
  if (kind === 'list' || (kind === 'items' && around.moves.get(id) !== field)) return null
  if (field === 'order' && around.bornKinds.has(kind)) return null
  const isPlain = field === 'order' || (field === 'parent' && to === null)
  return isPlain ? { what: 'moved', kind, ids: [id] } : set
}

function idsOf(id: string | undefined): Ids {
  return id === undefined ? [] : [id]
}

function placeOf({ kind, id = '', field }: Edit): string {
  return `${kind}/${id}/${field}`
}

/** Names and what met are told one by one. */
function likeness(deed: Deed): string {
  const { what, kind, ids } = deed
  switch (deed.what) {
    case 'set':
      return JSON.stringify([what, kind, deed.field, deed.to, deed.field === 'title' ? ids : null])
    case 'member':
      return JSON.stringify([what, kind, deed.set, deed.member, deed.isIn])
    case 'collided':
      return JSON.stringify([what, kind, deed.field, ids])
    default:
      return JSON.stringify([what, kind])
  }
}

function together(deeds: readonly Deed[]): Deed[] {
  const [first] = deeds
  if (first === undefined || deeds.length === 1) return [...deeds]
  const ids = [...new Set(deeds.flatMap((deed) => deed.ids))]
  if (first.what !== 'set') return [{ ...first, ids }]
  return [{ ...first, ids, from: deeds.flatMap((deed) => (deed.what === 'set' ? deed.from : [])) }]
}
