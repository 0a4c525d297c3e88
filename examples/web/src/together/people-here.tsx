import type { List } from '@tandem/client-sdk'

/** Who else has the list open now. */
export function PeopleHere(_: { list: List }) {
  return null
}
