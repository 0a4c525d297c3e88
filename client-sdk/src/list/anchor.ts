import * as Y from 'yjs'
import { noteRoot } from '../model/keys.ts'
import { fromBase64, toBase64 } from '../protocol/base64.ts'

/** Names a position by the letter beside it, which keeps its name wherever it moves. A position outside the text is its nearest end. */
export function anchorIn(text: Y.Text, at: number, leaning: 'before' | 'after'): string {
  const inside = Math.min(Math.max(0, at), text.length)
  const position = Y.createRelativePositionFromTypeIndex(text, inside, leaning === 'before' ? -1 : 0)
  return toBase64(Y.encodeRelativePosition(position))
}

/** Where an anchor stands in this text; null when it names none of its letters. Anchors come from other people's programs: never throws. */
export function findIn(text: Y.Text, itemId: string, anchor: string): number | null {
  const bytes = fromBase64(anchor)
  const { doc } = text
  if (bytes === null || doc === null) return null
  try {
    const position = Y.decodeRelativePosition(bytes)
    // Looking for a type by a name nobody has would make one.
    if (position.item === null && position.tname !== noteRoot(itemId)) return null
    const found = Y.createAbsolutePositionFromRelativePosition(position, doc)
    return found?.type === text ? found.index : null
  } catch {
    // No anchor, which is what null says.
    return null
  }
}
