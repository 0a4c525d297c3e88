import { useAccess, useList } from '@tandem/client-sdk/react'
import { AccessEnded } from '../sharing/access-ended.tsx'
import { OpenList } from './open-list.tsx'

/** The page of a list, for as long as this person has access to it. */
export function ListPage({ id }: { id: string }) {
  const list = useList(id)
  const access = useAccess(list)
  // A list that was closed and opened anew is another object, and everything below holds on to one.
  return access.state === 'ended' ? (
    <AccessEnded list={list} access={access} />
  ) : (
    <OpenList key={keyOf(list)} list={list} />
  )
}

const keys = new WeakMap<object, number>()
let lastKey = 0

function keyOf(list: object): number {
  const known = keys.get(list)
  if (known !== undefined) return known
  lastKey += 1
  keys.set(list, lastKey)
  return lastKey
}
