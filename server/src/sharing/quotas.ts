import type { ListId, UserId } from '@tandem/persistence'
import { TandemError } from '../errors.ts'
import type { HttpContext } from '../http/context.ts'

/** Standing at a time, for one list. More than people need, few enough that a page of them can be read. */
export const PER_LIST = { members: 1_000, invitations: 500, links: 100 } as const
const TOKENS_PER_USER = 100

/**
 * How much there may be of what anybody can make. Looked up before it is made: people who make things at the same moment may end
 * a few above the limit, which protects the disk and not a rule.
 */
export async function roomForList(
  { directory, config }: Pick<HttpContext, 'directory' | 'config'>,
  userId: UserId,
): Promise<void> {
  const most = config.listsPerUser
  const [owned, deleted] = await Promise.all([
    directory.listFor(userId, { view: 'mine', limit: 2 * most }),
    directory.deletedLists(userId),
  ])
  if (owned.length >= most) {
    throw new TandemError(
      'quota-reached',
      `You own ${owned.length} lists, and the limit is ${most} (LISTS_PER_USER).`,
    )
  }
  // Deleted ones stay for a while: making and deleting in turns must not fill the disk either.
  if (owned.length + deleted.length >= 2 * most) {
    throw new TandemError(
      'quota-reached',
      'You deleted too many lists lately to make another one; wait until some are gone for good.',
    )
  }
}

export async function roomForMember({ people }: Pick<HttpContext, 'people'>, listId: ListId): Promise<void> {
  const { length } = await people.grants.members(listId)
  full('members', length, PER_LIST.members)
}

export async function roomForInvitation(
  { people }: Pick<HttpContext, 'people'>,
  listId: ListId,
): Promise<void> {
  const { length } = await people.invitations.waiting(listId)
  full('waiting invitations', length, PER_LIST.invitations)
}

export async function roomForLink({ people }: Pick<HttpContext, 'people'>, listId: ListId): Promise<void> {
  const { length } = await people.links.of(listId)
  full('links', length, PER_LIST.links)
}

export async function roomForToken({ people }: Pick<HttpContext, 'people'>, userId: UserId): Promise<void> {
  const { length } = await people.credentials.apiTokens(userId)
  if (length < TOKENS_PER_USER) return
  throw new TandemError(
    'quota-reached',
    `You have ${length} API tokens, and the limit is ${TOKENS_PER_USER}.`,
  )
}

function full(what: string, has: number, most: number): void {
  if (has >= most)
    throw new TandemError('quota-reached', `The list has ${has} ${what}, and the limit is ${most}.`)
}
