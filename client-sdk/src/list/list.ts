import type { Request } from '../client/request.ts'
import type { Environment, Link } from '../connection/port.ts'
import { ClientError } from '../errors.ts'
import type { DeviceStore, StoredEnd } from '../local/port.ts'
import { LIST_FORMAT } from '../model/keys.ts'
import { planRenameList, planSetListIcon } from '../model/plan-list.ts'
import type { Role } from '../protocol/messages.ts'
import { settled } from '../replica/edit.ts'
import { Replica } from '../replica/replica.ts'
import { createListPeople } from '../sharing/list-people.ts'
import type { TabRelay } from '../tabs/port.ts'
import type { Id, ListStanding } from '../types.ts'
import { createAccess } from './access.ts'
import { createAway, SEEN_FACT } from './away.ts'
import { canOf } from './can.ts'
import { Conflicts } from './conflicts.ts'
import { Desk } from './desk.ts'
import { readHistory } from './history.ts'
import { createItems } from './items.ts'
import { createNames, type Names } from './names.ts'
import { createComments, createLabels, createSections } from './parts.ts'
import { createPresence } from './presence.ts'
import { createRefused } from './refused.ts'
import { Report } from './report.ts'
import { RIGHT_IN_CAN, type Right } from './rights.ts'
import { Screen } from './screen.ts'
import type { Can, List, ListInfo, Mine } from './types.ts'
import { Undo } from './undo.ts'

const NEWER_FORMAT =
  'A newer version of this app has changed this list. Please reload; until then it can only be read.'

/** What is known of a list without opening it. */
export interface Known {
  readonly title: string
  readonly role: Role | null
  readonly creating: boolean
  /** Whether the device has been asked. Before, a list that it made and the server does not know looks like any other. */
  readonly isRead: boolean
  readonly syncedAt: number | null
  readonly collisionsUpTo: number | null
  readonly mine: Mine
  /** Set while the device does not store that this list was made here. */
  readonly deviceFailure: 'storage-failed' | 'quota' | null
  /** Under which id this person wrote in it last; null: under their user id. */
  readonly authorId: Id | null
  readonly end: StoredEnd | null
}

export interface ListDeps {
  readonly id: Id
  readonly environment: Environment
  readonly store: DeviceStore
  readonly link: Link
  readonly request: Request
  readonly tabs: TabRelay
  readonly tabId: string
  readonly userId: () => Id | null
  readonly known: () => Known
  readonly isFirstAttempt: () => boolean
  /** Offers lists to the server that it does not have yet. */
  readonly retryCreate: () => void
  /** The list's own title, role or state has changed; for the overview. */
  readonly changed: (list: OpenList) => void
  /** Access has ended, and the list is about to go: what is to be remembered of it is noted now. */
  readonly locking: (list: OpenList) => void
  /** Access has ended; the device and the screen hold no more than the inbox. */
  readonly ended: (list: OpenList, end: StoredEnd) => void
  readonly readmitted: (list: OpenList) => void
  /** The person lets go of a list that has ended, with all that is left of it. */
  readonly forget: (list: OpenList) => Promise<void>
  /** This person has lists that they had not, or the other way round. */
  readonly listsChanged: () => void
  /** What the people of the list are called, as far as this device remembers. */
  readonly named: (names: Names) => void
  /** The app lets go of the list. */
  readonly closed: (list: OpenList) => Promise<void>
  readonly onError: (error: ClientError) => void
}

/** One open list: the public `List`, and the handles by which the client runs it. */
export interface OpenList {
  readonly list: List
  readonly replica: Replica
  readonly screen: Screen
  /** Whether somebody of this id is this person; they may have gone by another before they asked not to be named. */
  readonly isMe: (id: Id) => boolean
  readonly role: () => Role | null
  /** What the server said last; null: nothing yet. */
  readonly authorId: () => Id | null
  readonly title: () => string | null
  readonly counts: () => { open: number; done: number }
  readonly standing: () => ListStanding
  /** What is not on the server, as it stands in an exported file. */
  readonly waiting: () => object
  /** The list is known to the server, or is no longer refused by it: join, and look at the facts again. */
  knownChanged(): void
  linkChanged(): void
  start(): Promise<void>
  /** Whether the app holds the list, so that the others see this person there. */
  appear(isHere: boolean): void
  /** Asks the server once more about a list that has ended. */
  ask(): void
  /** Gives up everything of the list on this device. Rejects when the device does not do it, and nothing has changed. */
  erase(): Promise<void>
  /** Ends it for good. Edits stay on the device. */
  shut(): Promise<void>
}

export function openList(deps: ListDeps): OpenList {
  const { id, environment } = deps
  const replica: Replica = new Replica({
    listId: id,
    environment,
    store: deps.store,
    link: deps.link,
    tabs: deps.tabs,
    tabId: deps.tabId,
    syncedAt: deps.known().syncedAt,
    collisionsUpTo: () => deps.known().collisionsUpTo,
    isReadable: () => isReadable(),
    collided: (collisions, wereMissed) => conflicts.heard(collisions, wereMissed),
    changed: () => {
      report.changed()
      deps.changed(open)
    },
    waiting: (edit, change) => {
      screen.waiting(edit.items, change)
      conflicts.waiting(edit, change)
    },
    atOnce: (work) => screen.topics.batch(work),
    locking: () => deps.locking(open),
    locked: (end) => {
      undo.clear()
      conflicts.clear()
      away.clear()
      screen.forget()
      people.forget()
      names.forget()
      deps.ended(open, end)
      saysList()
    },
    askAgain: (what) => {
      if (what === 'people') people.expire()
      else deps.listsChanged()
    },
    unlocked: () => {
      deps.readmitted(open)
      saysList()
    },
    onError: deps.onError,
  })
  const screen = new Screen(replica.copy)
  const who = whoIn(replica, deps)
  const conflicts: Conflicts = new Conflicts({
    copy: replica.copy,
    screen,
    environment,
    ...who,
    desk: () => desk,
  })
  const away = createAway({
    copy: replica.copy,
    screen,
    isMe: who.isMe,
    isReady: () => replica.isReady,
    read: () => deps.store.fact(id, SEEN_FACT),
    write: (fact) => deps.store.putFact(id, SEEN_FACT, fact),
  })
  const role = (): Role | null => {
    if (replica.access.end !== null) return null
    const said = replica.membership.getSnapshot().role
    return said ?? deps.known().role ?? (deps.known().creating ? 'owner' : null)
  }
  const isReadable = (): boolean => screen.view.list().format <= LIST_FORMAT
  const isOnServer = (): boolean => !deps.known().creating
  let isShut = false
  const can = (): Can => canOf(isReadable() ? role() : null, replica.membership.getSnapshot().settings)
  const desk: Desk = new Desk({
    replica,
    screen,
    environment,
    ...who,
    // Before anybody has said what the role is, the person may: at worst the server refuses, and nothing is lost.
    forbids: (right: Right) => {
      const { end } = replica.access
      if (end !== null) return new ClientError('access-revoked', end.message)
      if (isShut) return new ClientError('closed', 'This list is closed. Please open it again.')
      if (!isReadable()) return new ClientError('client-too-old', NEWER_FORMAT)
      return role() === null || can()[RIGHT_IN_CAN[right]] ? null : new ClientError('not-allowed')
    },
    did: (edit) => undo.did(edit),
    onError: deps.onError,
  })
  const undo = new Undo({ desk, copy: replica.copy, environment, me: who.me })
  const forget = (): Promise<void> => deps.forget(open)
  const refused = createRefused(replica, desk, { me: who.me, forget: () => void forget() })
  const report: Report = new Report({
    listId: id,
    replica,
    environment,
    isOnServer,
    newerFormat: () => (isReadable() ? null : NEWER_FORMAT),
    deviceFailure: () => replica.keeper.failure ?? deps.known().deviceFailure,
    isFirstAttempt: deps.isFirstAttempt,
    dropRefused: () => refused.drop(),
    retryRefused: () => void refused.retry(),
    retryCreate: deps.retryCreate,
    forget,
  })
  const counts = (): { open: number; done: number } => {
    const all = screen.view.ids()
    const done = all.filter((itemId) => screen.view.item(itemId)?.done === true).length
    return { open: all.length - done, done }
  }
  const title = (): string | null => screen.view.list().title || null
  const info = (): ListInfo => {
    const known = deps.known()
    return Object.freeze({
      id,
      title: title() ?? known.title,
      icon: screen.view.list().icon,
      role: role(),
      ...counts(),
      isNew: known.creating,
      ended: replica.access.end !== null,
      mine: known.mine,
    })
  }
  const saysList = (): void => {
    screen.topics.changed(['list'])
    deps.changed(open)
  }
  replica.membership.subscribe(saysList)
  // The format of the list is among what a status follows from, and what may be sent.
  screen.topics.subscribe(['list'], () => {
    report.changed()
    replica.wake()
  })
  screen.topics.subscribe(['list', 'ids', 'items'], () => deps.changed(open))

  const presence = createPresence(replica.conversation, who.isMe)
  const people = createListPeople({
    listId: id,
    request: deps.request,
    environment,
    membership: replica.membership,
    screen,
    can,
    isOnServer,
    others: presence.others,
  })
  const names = createNames({
    listId: id,
    store: deps.store,
    members: people.members,
    others: presence.others,
    learned: deps.named,
    isOver: () => replica.access.end !== null,
  })
  const loaded = settled()
  const list: List = {
    id,
    loaded: loaded.promise,
    info: screen.readable(['list', 'ids', 'items'], info, info(), sameFields),
    status: report.status,
    can: screen.readable(['list'], can, canOf(null)),
    access: createAccess(replica, screen),
    me: screen.readable(['list'], who.me, null),
    items: createItems(desk, screen),
    sections: createSections(desk, screen),
    labels: createLabels(desk, screen),
    comments: createComments(desk, screen),
    presence: { others: presence.others, set: presence.set, show: presence.show },
    names: names.names,
    members: people.members,
    invitations: people.invitations,
    links: people.links,
    sharing: people.sharing,
    refused,
    rename: (to) => {
      return desk.do({
        label: 'Rename list',
        right: 'edit',
        empty: undefined,
        plan: (reader, context) => planRenameList(reader, context, to),
      })
    },
    setIcon: (icon) => {
      return desk.do({
        label: 'Change icon',
        right: 'edit',
        empty: undefined,
        plan: (reader, context) => planSetListIcon(reader, context, icon),
      })
    },
    transact: (label, change, options) => desk.together(label, change, options?.joinsLast),
    undo: () => undo.undo(),
    redo: () => undo.redo(),
    undoState: undo.state,
    conflicts: conflicts.open,
    onConflict: (listener) => conflicts.onConflict(listener),
    away: away.away,
    seen: away.seen,
    history: (options) => readHistory({ listId: id, request: deps.request, isOnServer }, options),
    exportPending: () => report.exportPending(),
    close: async () => {
      await deps.closed(open)
    },
  }

  const join = (): void => {
    const { isRead, creating } = deps.known()
    if (replica.isReady && isRead && !creating && deps.userId() !== null) replica.conversation.join()
  }
  const open: OpenList = {
    list,
    replica,
    screen,
    isMe: who.isMe,
    role,
    authorId: () => replica.membership.getSnapshot().authorId,
    title,
    standing: () => report.standing(title() ?? deps.known().title),
    waiting: () => report.waiting(),
    counts,
    knownChanged: () => {
      join()
      saysList()
      report.changed()
    },
    linkChanged: () => {
      replica.conversation.linkChanged()
      if (deps.link.state.state === 'open') people.expire()
    },
    appear: presence.appear,
    ask: () => replica.access.ask(),
    erase: () => replica.erase(),
    shut: async () => {
      // From this tick on: an edit made while the device takes the last ones would be stored, and sent by nobody.
      isShut = true
      conflicts.dispose()
      people.close()
      names.close()
      await replica.close()
      loaded.resolve()
      screen.dispose()
    },
    start: async () => {
      replica.conversation.linkChanged()
      await Promise.all([replica.load(), away.load(), names.load()]).finally(loaded.resolve)
      join()
    },
  }
  return open
}

export function sameFields(a: ListInfo, b: ListInfo): boolean {
  return (Object.keys(a) as (keyof ListInfo)[]).every((field) => Object.is(a[field], b[field]))
}

/** Who this person is in one list: under which id they write there, and which ids are theirs. */
function whoIn(replica: Replica, deps: Pick<ListDeps, 'known' | 'userId'>) {
  const me = (): Id | null => {
    const said = replica.membership.getSnapshot().authorId
    return deps.userId() === null ? null : (said ?? deps.known().authorId ?? deps.userId())
  }
  // What was written by name before they asked not to be named stays as it was written, and stays theirs.
  return { me, isMe: (id: string): boolean => id === me() || id === deps.userId() }
}
