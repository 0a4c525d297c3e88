import * as Y from 'yjs'

/** Everything a document says, place by place: two documents with equal contents look the same to everybody. */
export type Content = ReadonlyMap<string, string>

export function contentOf(document: Y.Doc): Content {
  const content = new Map<string, string>()
  for (const root of [...document.share.keys()]) {
    if (root.startsWith('note:')) {
      content.set(root, document.getText(root).toString())
      continue
    }
    for (const [key, value] of document.getMap(root)) content.set(`${root}/${key}`, textOf(value))
  }
  return content
}

/** The places where the two differ, with what each side is missing; empty when they say the same. */
export function differences(log: Content, snapshot: Content): string[] {
  const places = new Set([...log.keys(), ...snapshot.keys()])
  return [...places].flatMap((place) => {
    if (!snapshot.has(place)) return [`${place} is only in the log`]
    if (!log.has(place)) return [`${place} is only in the snapshot`]
    return log.get(place) === snapshot.get(place) ? [] : [`${place} differs`]
  })
}

/** Deletions leave a state vector unchanged, and content can be equal while the histories differ: both must agree. */
export function sameState(a: Y.Doc, b: Y.Doc): boolean {
  return Buffer.compare(Y.encodeStateVector(a), Y.encodeStateVector(b)) === 0
}

/** True while the document holds parts it cannot place because what they build on is missing. */
export function hasGap(document: Y.Doc): boolean {
  return document.store.pendingStructs !== null || document.store.pendingDs !== null
}

function textOf(value: unknown): string {
  if (value instanceof Y.AbstractType) return JSON.stringify(value.toJSON())
  return JSON.stringify(value) ?? 'undefined'
}
