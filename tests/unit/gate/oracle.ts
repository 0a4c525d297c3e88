import {
  checkEntry,
  checkNotesLength,
  fieldRule,
  type Op,
  type Place,
  parsePlace,
  sameValue,
} from '@tandem/client-sdk/model'
import * as Y from 'yjs'

/** What stands where in a document, found by looking at it and not at updates: the measure for the gate's ops. */
export interface Standing {
  readonly values: ReadonlyMap<string, unknown>
  readonly notes: ReadonlyMap<string, number>
}

const ROOTS = ['items', 'sections', 'labels', 'comments', 'list']

export function standingOf(doc: Y.Doc): Standing {
  const values = new Map<string, unknown>()
  const notes = new Map<string, number>()
  for (const [root, type] of doc.share) {
    if (ROOTS.includes(root)) {
      for (const [key, item] of type._map) {
        if (!item.deleted) values.set(`${root}\n${key}`, item.content.getContent().at(-1))
      }
    } else {
      notes.set(root, type._length)
    }
  }
  return { values, notes }
}

/** The ops that lead from one to the other, as a set of spelled-out lines. */
export function changesBetween(before: Standing, after: Standing): Set<string> {
  const lines = new Set<string>()
  const purged = new Set<string>()
  for (const name of new Set([...before.values.keys(), ...after.values.keys()])) {
    const from = before.values.get(name)
    const to = after.values.get(name)
    if (sameValue(from, to)) continue
    const place = placeOf(name)
    if (to === undefined && place.at !== 'list' && place.at !== 'note')
      purged.add(`${place.kind}/${place.id}`)
    else add(lines, lineOf(place, effective(before, after, place, from), effective(after, after, place, to)))
  }
  for (const name of purged) lines.add(`purge ${name}`)
  for (const root of new Set([...before.notes.keys(), ...after.notes.keys()])) {
    const grown = (after.notes.get(root) ?? 0) - (before.notes.get(root) ?? 0)
    if (grown !== 0 && !purged.has(`items/${root.slice(5)}`)) lines.add(`note ${root.slice(5)} ${grown}`)
  }
  return lines
}

/** The same lines, of what the gate says. A note whose length stays is left out: looking cannot find it. */
export function linesOf(ops: readonly Op[]): Set<string> {
  const lines = new Set<string>()
  for (const op of ops) {
    if (op.op === 'purge') lines.add(`purge ${op.kind}/${op.id}`)
    if (op.op === 'add') lines.add(`add ${op.kind}/${op.id} ${JSON.stringify(op.value)}`)
    if (op.op === 'member') lines.add(`member ${op.kind}/${op.id}/${op.set}/${op.member} ${op.to}`)
    if (op.op === 'note' && op.inserted !== op.deleted) lines.add(`note ${op.id} ${op.inserted - op.deleted}`)
    if (op.op === 'set') {
      const name = op.kind === 'list' ? `list/${op.field}` : `${op.kind}/${op.id}/${op.field}`
      lines.add(`set ${name} ${JSON.stringify(op.from)} → ${JSON.stringify(op.to)}`)
    }
  }
  return lines
}

/** What in the document the schema does not allow; empty when all is well. */
export function schemaProblems(doc: Y.Doc): string[] {
  const problems: string[] = []
  for (const [root, type] of doc.share) {
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted) continue
      if (parsePlace(root, null) === null) problems.push(`${root}: content at a root that holds none`)
      if (!(item.content instanceof Y.ContentString)) problems.push(`${root}: not text`)
    }
    if (parsePlace(root, null)?.at === 'note') {
      const problem = checkNotesLength(type._length)
      if (problem !== null) problems.push(problem)
    }
    for (const [key, item] of type._map) {
      if (item.deleted) continue
      const place = parsePlace(root, key)
      const problem = place === null ? 'no such place' : checkEntry(place, item.content.getContent().at(-1))
      if (problem !== null || item.length !== 1) problems.push(`${root} ${key}: ${problem}`)
    }
  }
  return problems
}

function placeOf(name: string): Place {
  const at = name.indexOf('\n')
  const place = parsePlace(name.slice(0, at), name.slice(at + 1))
  if (place === null) throw new Error(`no place: ${name}`)
  return place
}

function effective(at: Standing, later: Standing, place: Place, raw: unknown): unknown {
  if (place.at === 'record') return raw
  if (Array.isArray(raw)) return raw[0]
  if (place.at === 'list') return null
  if (place.at !== 'field') return null
  const name = `${place.kind}\n${place.id}`
  const creation = (at.values.get(name) ?? later.values.get(name)) as Record<string, unknown> | undefined
  return creation !== undefined && Object.hasOwn(creation, place.field)
    ? creation[place.field]
    : (fieldRule(place.kind, place.field)?.initial ?? null)
}

function lineOf(place: Place, from: unknown, to: unknown): string | null {
  switch (place.at) {
    case 'record':
      return `add ${place.kind}/${place.id} ${JSON.stringify(to)}`
    case 'member':
      return (from === true) === (to === true)
        ? null
        : `member ${place.kind}/${place.id}/${place.set}/${place.member} ${to === true}`
    case 'field':
    case 'list': {
      const name = place.at === 'list' ? `list/${place.field}` : `${place.kind}/${place.id}/${place.field}`
      return sameValue(from, to) ? null : `set ${name} ${JSON.stringify(from)} → ${JSON.stringify(to)}`
    }
    case 'note':
      return null
  }
}

function add(lines: Set<string>, line: string | null): void {
  if (line !== null) lines.add(line)
}
