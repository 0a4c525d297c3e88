/** What people wrote stands between these in a sentence: its direction is its own. */
const ISOLATED = /\u2068([^\u2069]*)\u2069/u

/** A sentence of the catalogue with what people wrote in it set apart as elements, so that copying it copies no invisible marks. */
export function Said({ children }: { children: string }) {
  const parts = children.split(ISOLATED)
  // Every second part is what stood between the marks; a sentence does not change its order while it stands there.
  return parts.map((part, at) => (at % 2 === 1 ? <bdi key={at.toString()}>{part}</bdi> : part))
}
