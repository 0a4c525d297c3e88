import { valueOrThrow } from '../client/faults.ts'
import { fieldsOf, numberOf } from '../client/fields.ts'
import type { Request, RequestSpec } from '../client/request.ts'
import type { Environment } from '../connection/port.ts'
import type { SharingSettings } from '../protocol/can.ts'
import type { Id, Readable } from '../types.ts'
import {
  parseInvitations,
  parseInvited,
  parseLinks,
  parseMembers,
  parseNewLink,
  parseNothing,
} from './parse.ts'
import { Remote } from './remote.ts'
import type {
  FromServer,
  Invitation,
  Invitations,
  Links,
  Member,
  Members,
  ShareLink,
  Sharing,
} from './types.ts'

export interface PeopleDeps {
  readonly listId: Id
  readonly request: Request
  readonly environment: Environment
  /** Whether the list is on the server, and this person's role lets them look at its members, or at how they are made. */
  readonly mayRead: (what: 'read' | 'share') => boolean
  /** What the server said last of the list's settings, on its channel. */
  readonly settings: Readable<SharingSettings>
}

/** Who else has a list, and the four ways to change that. */
export interface People {
  readonly members: Members
  readonly invitations: Invitations
  readonly links: Links
  readonly sharing: Sharing
  /** The role, the settings or the connection has changed, or somebody unknown has appeared. */
  expire(): void
  /** Access has ended: what was known of others goes. */
  forget(): void
  close(): void
}

type Looked = Pick<Remote<object>, 'lookAgain' | 'expire' | 'forget' | 'close'>

export function createPeople(deps: PeopleDeps): People {
  const { listId, environment, mayRead } = deps
  const base = `/lists/${listId}`
  const at = (path: string, id: Id): string => `${base}${path}/${encodeURIComponent(id)}`
  const members = new Remote<Member>({
    environment,
    mayLoad: () => mayRead('read'),
    load: () => deps.request({ method: 'GET', path: `${base}/members`, parse: parseMembers }),
  })
  const invitations = new Remote<Invitation>({
    environment,
    mayLoad: () => mayRead('share'),
    load: () => deps.request({ method: 'GET', path: `${base}/invitations`, parse: parseInvitations }),
  })
  const links = new Remote<ShareLink>({
    environment,
    mayLoad: () => mayRead('share'),
    load: () => deps.request({ method: 'GET', path: `${base}/links`, parse: parseLinks }),
  })
  const all: readonly Looked[] = [members, invitations, links]

  /** A change, after which what somebody looks at is read again before the promise settles. */
  const change = async <T>(spec: RequestSpec<T>, ...concerned: Looked[]): Promise<T> => {
    const value = valueOrThrow(await deps.request(spec))
    await Promise.all(concerned.map((remote) => remote.lookAgain()))
    return value
  }

  return {
    members: {
      ...readable(members),
      setRole: async (userId, role) => {
        const path = at('/members', userId)
        await change({ method: 'PUT', path, body: { role }, parse: parseNothing }, members)
      },
      remove: async (userId) => {
        const path = at('/members', userId)
        return { invited: await change({ method: 'DELETE', path, parse: parseInvited }, members) }
      },
      transfer: async (userId) => {
        const path = `${base}/transfer`
        await change({ method: 'POST', path, body: { userId }, parse: parseNothing }, members)
      },
      hide: async (anonymous) => {
        const path = `${base}/members/me`
        await change({ method: 'PATCH', path, body: { anonymous }, parse: parseNothing }, members)
      },
    },
    invitations: {
      ...readable(invitations),
      invite: (to, role) => {
        const spec = { method: 'POST', path: `${base}/invitations`, body: { ...to, role } } as const
        return change({ ...spec, parse: parseInvite }, invitations, members)
      },
      withdraw: async (id) => {
        await change({ method: 'DELETE', path: at('/invitations', id), parse: parseNothing }, invitations)
      },
    },
    links: {
      ...readable(links),
      create: ({ expiresAt, ...link }) => {
        const body =
          expiresAt === undefined ? link : { ...link, expiresAt: new Date(expiresAt).toISOString() }
        return change({ method: 'POST', path: `${base}/links`, body, parse: parseNewLink }, links)
      },
      revoke: async (id, { disconnect = false } = {}) => {
        const path = `${at('/links', id)}?disconnect=${disconnect}`
        const ended = await change({ method: 'DELETE', path, parse: parseEnded }, links, members)
        return { ended }
      },
    },
    sharing: {
      ...readOnly(deps.settings),
      setEditorsMayShare: async (editorsMayShare) => {
        const path = `${base}/settings`
        await change({ method: 'PATCH', path, body: { editorsMayShare }, parse: parseNothing })
      },
    },
    expire: () => {
      for (const remote of all) remote.expire()
    },
    forget: () => {
      for (const remote of all) remote.forget()
    },
    close: () => {
      for (const remote of all) remote.close()
    },
  }
}

function readable<T extends object>(remote: Remote<T>): FromServer<T> {
  return { ...readOnly(remote), refresh: () => remote.refresh() }
}

function readOnly<T>(source: Readable<T>): Readable<T> {
  return {
    getSnapshot: () => source.getSnapshot(),
    getServerSnapshot: () => source.getServerSnapshot(),
    subscribe: (onChange) => source.subscribe(onChange),
  }
}

function parseInvite(json: unknown): 'waiting' | 'joined' | null {
  const { status } = fieldsOf(json)
  return status === 'waiting' || status === 'joined' ? status : null
}

function parseEnded(json: unknown): number | null {
  return numberOf(fieldsOf(json)['ended'])
}
