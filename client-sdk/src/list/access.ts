import type { Replica } from '../replica/replica.ts'
import type { Readable } from '../types.ts'
import type { Screen } from './screen.ts'
import type { Access } from './types.ts'

const MEMBER: Access = Object.freeze({ state: 'member', lastChange: null })

/** Whether this person is let in, as an app sees it. */
export function createAccess(replica: Replica, screen: Screen): Readable<Access> {
  const read = (): Access => {
    const { end } = replica.access
    if (end !== null) return Object.freeze({ state: 'ended', ...end, pending: replica.inbox.size })
    const { lastChange } = replica.membership.getSnapshot()
    return lastChange === null ? MEMBER : Object.freeze({ state: 'member', lastChange })
  }
  // How much was not saved is part of it.
  replica.inbox.refused.subscribe(() => screen.topics.changed(['list']))
  return screen.readable<Access>(['list'], read, MEMBER, isSame)
}

function isSame(a: Access, b: Access): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
