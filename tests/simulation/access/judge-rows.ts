import * as Y from 'yjs'
import type { Handed, Standing, Witness } from './witness.ts'

/** What the log says about the rules, row by row, read without the gate's own eyes. */
export interface Judged {
  /** Rows that must not be there, in words. */
  readonly faults: string[]
  /** The row that made an item or a comment. */
  readonly births: ReadonlyMap<string, Handed>
}

/** Replays the log and holds each row against how its author stood when it was handed over. */
export function judgeRows(witness: Witness, people: readonly string[]): Judged {
  const document = new Y.Doc()
  const faults: string[] = []
  const births = new Map<string, Handed>()
  for (const { seq, opId, data } of witness.rows()) {
    const handed = witness.handed.get(opId)
    const places = placesOf(document, data)
    if (handed === undefined) {
      faults.push(`row ${seq} was handed over by no node`)
      continue
    }
    for (const id of places.map(recordOf)) {
      if (id !== null && !births.has(id)) births.set(id, handed)
    }
    if (!handed.standings.some((standing) => mayWriteAll(document, { handed, standing, places }))) {
      faults.push(`row ${seq} by ${handed.actorId} as ${shown(handed)}: ${places.join(', ')}`)
    }
    for (const named of people.filter((id) => Buffer.from(data).includes(id))) {
      if (named !== handed.actorId) faults.push(`row ${seq} by ${handed.actorId} names ${named}`)
      else if (!handed.standings.some(({ authorId }) => authorId === named) && !isFollowUp(places)) {
        faults.push(`row ${seq} names ${named}, who went unnamed: ${places.join(', ')}`)
      }
    }
  }
  return { faults, births }
}

interface Attempt {
  readonly handed: Handed
  readonly standing: Standing
  readonly places: readonly string[]
}

function mayWriteAll(document: Y.Doc, { handed, standing, places }: Attempt): boolean {
  switch (standing.role) {
    case 'owner':
    case 'admin':
    case 'editor':
      return true
    case 'checker':
      return isFollowUp(places) || places.every((place) => /^items\/[^/]+\/done$/.test(place))
    case 'commenter':
      return places.every((place) => {
        const [root, id = '', field] = place.split('/')
        if (root !== 'comments' || field === 'resolved') return false
        const record = JSON.stringify(document.getMap('comments').get(id) ?? null)
        return record.includes(`"${standing.authorId}"`) || record.includes(`"${handed.actorId}"`)
      })
    default:
      // What somebody ticked while they might is followed up by the server, whatever has become of them since.
      return isFollowUp(places)
  }
}

/** The server's own work after a tick: the next occurrence of an item, whose id says so. */
function isFollowUp(places: readonly string[]): boolean {
  return places.every((place) => /^items\/[^/]+~\d{4}-\d{2}-\d{2}(\/|$)/.test(place))
}

/** Everything a row touches, as `items/<id>/title`, and `note/<id>` for text. */
function placesOf(document: Y.Doc, data: Uint8Array): string[] {
  const places = new Set<string>()
  const note = ({ changed }: Y.Transaction): void => {
    for (const [type, keys] of changed) {
      const name = nameOf(document, type)
      for (const key of keys) places.add(key === null ? name : `${name}/${key}`)
    }
  }
  for (const root of ROOTS) document.getMap(root)
  document.on('afterTransaction', note)
  Y.applyUpdate(document, data)
  document.off('afterTransaction', note)
  return [...places]
}

const ROOTS = ['items', 'sections', 'labels', 'comments', 'list']

function nameOf(document: Y.Doc, target: unknown): string {
  for (const [name, type] of document.share) if (type === target) return name
  return 'somewhere'
}

function recordOf(place: string): string | null {
  const [root, id, field] = place.split('/')
  return (root === 'items' || root === 'comments') && field === undefined ? (id ?? null) : null
}

function shown({ standings }: Handed): string {
  return standings.map(({ role, authorId }) => `${role ?? 'nobody'} (${authorId})`).join(' or ')
}
