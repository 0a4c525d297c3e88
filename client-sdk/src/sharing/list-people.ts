import type { Request } from '../client/request.ts'
import type { Environment } from '../connection/port.ts'
import type { Screen } from '../list/screen.ts'
import type { Can, Peer } from '../list/types.ts'
import type { SharingSettings } from '../protocol/can.ts'
import type { ListMembership } from '../replica/membership.ts'
import type { Id, Readable } from '../types.ts'
import { createPeople, type People } from './people.ts'

const NOT_YET: SharingSettings = Object.freeze({ editorsMayShare: false })

export interface ListPeopleDeps {
  readonly listId: Id
  readonly request: Request
  readonly environment: Environment
  readonly membership: ListMembership
  readonly screen: Screen
  readonly can: () => Can
  /** False while the server has not been told of a list made here: it knows nobody on it. */
  readonly isOnServer: () => boolean
  readonly others: Readable<readonly Peer[]>
}

/** The people of one open list, kept up with what its channel says. */
export function createListPeople(deps: ListPeopleDeps): People {
  const { membership } = deps
  const people = createPeople({
    listId: deps.listId,
    request: deps.request,
    environment: deps.environment,
    mayRead: (what) => deps.isOnServer() && deps.can()[what],
    settings: deps.screen.readable<SharingSettings>(
      ['list'],
      () => membership.getSnapshot().settings ?? NOT_YET,
      NOT_YET,
      (a, b) => a.editorsMayShare === b.editorsMayShare,
    ),
  })
  const stopMembership = membership.subscribe(() => people.expire())
  const known = new Set<Id>()
  // Who is here and in no member list has joined since it was read.
  const stopOthers = deps.others.subscribe(() => {
    const strangers = deps.others.getSnapshot().filter(({ userId }) => !known.has(userId))
    for (const { userId } of strangers) known.add(userId)
    const members = new Set(people.members.getSnapshot().map(({ userId }) => userId))
    if (strangers.some(({ userId }) => !members.has(userId))) people.expire()
  })
  return {
    ...people,
    close: () => {
      stopMembership()
      stopOthers()
      people.close()
    },
  }
}
