import { parseList } from '../client/api.ts'
import { valueOrThrow } from '../client/faults.ts'
import type { Request } from '../client/request.ts'
import type { List } from '../list/types.ts'
import type { Id } from '../types.ts'
import { parseDeleted, parseNothing } from './parse.ts'
import type { DeletedList, LinkPreview } from './types.ts'
import { lookAtLink, redeemLink } from './visit.ts'

export interface ClientSharingDeps {
  readonly request: Request
  /** Reads the server's account of the lists. Never rejects. */
  readonly refresh: () => Promise<void>
  readonly open: (id: Id) => List
  /** Leaves nothing of the list on this device. */
  readonly forget: (id: Id) => Promise<void>
  /** Whether anything of the list on this device is not on the server. */
  readonly hasUnsaved: (id: Id) => boolean
}

export interface ClientSharing {
  redeem(link: string, options?: { readonly password?: string }): Promise<List>
  lookAtLink(link: string): Promise<LinkPreview>
  leave(id: Id): Promise<void>
  delete(id: Id): Promise<void>
  restore(id: Id): Promise<void>
  deleted(): Promise<readonly DeletedList[]>
}

/** What this person does about their own access to lists, and about lists as a whole. */
export function createClientSharing({ request, ...deps }: ClientSharingDeps): ClientSharing {
  const over = async (id: Id): Promise<void> => {
    // What could not be saved is not thrown away unasked: then the list stays, ended, with its inbox.
    if (!deps.hasUnsaved(id)) await deps.forget(id)
  }
  return {
    redeem: async (link, options = {}) => {
      const { id } = await redeemLink(request, link, options)
      await deps.refresh()
      return deps.open(id)
    },
    lookAtLink: (link) => lookAtLink(request, link),
    leave: async (id) => {
      valueOrThrow(await request({ method: 'POST', path: `/lists/${id}/leave`, parse: parseNothing }))
      await over(id)
    },
    delete: async (id) => {
      valueOrThrow(await request({ method: 'DELETE', path: `/lists/${id}`, parse: parseNothing }))
      await over(id)
    },
    restore: async (id) => {
      valueOrThrow(await request({ method: 'POST', path: `/lists/${id}/restore`, parse: parseList }))
      await deps.refresh()
    },
    deleted: async () =>
      valueOrThrow(await request({ method: 'GET', path: '/lists?view=deleted', parse: parseDeleted })),
  }
}
