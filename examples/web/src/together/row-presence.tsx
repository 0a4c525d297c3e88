import type { List } from '@tandem/client-sdk'

/** Who looks at this row or writes in it. */
export function RowPresence(_: { list: List; id: string }) {
  return null
}
