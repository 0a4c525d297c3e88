import type { LinkFault, ListId, UserId } from '@tandem/persistence'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hashToken } from '../auth/random-token.ts'
import { TandemError } from '../errors.ts'
import { LinkGuard } from '../sharing/link-guard.ts'
import { roomForMember } from '../sharing/quotas.ts'
import { lookAnswer, lookBody, redeemAnswer, redeemBody } from '../sharing/schemas.ts'
import { isOriginAllowed } from '../socket/origin.ts'
import { placeOf } from './address.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { presentList } from './list-schemas.ts'
import { once } from './once.ts'
import { FOR_EVERYBODY, TAGS } from './route-doc.ts'
import { bearerOf, signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const OVER = {
  removed: 'You were removed from the list after this link was made.',
  expired: 'The link has expired.',
  'used-up': 'The link was made for a number of people, and all of them have come.',
  revoked: 'The link was revoked.',
} as const satisfies Record<Exclude<LinkFault, 'no-such-link'>, string>
const WRONG = ['no-such-link', 'link-over', 'too-many-requests'] as const

/** What somebody with a link does, who may be nobody yet. */
export function joinRoutes(app: TypedApp, context: HttpContext): void {
  const { limits } = context
  const guard = new LinkGuard()

  app.post(
    '/links/look',
    {
      schema: {
        tags: [TAGS.sharing],
        summary: 'What a link leads to, before joining',
        ...FOR_EVERYBODY,
        body: lookBody,
        response: { 200: lookAnswer },
        errors: WRONG,
      },
    },
    async (request) => {
      await limits.visit(request)
      const found = await findLink(context, guard, request, request.body.token)
      if (found.outcome !== 'found') throw over(found.outcome)
      const { link, title, passwordHash, invitedBy } = found
      const needsPassword = passwordHash !== null
      return {
        title,
        role: link.role,
        invitedBy,
        needsPassword,
        expiresAt: link.expiresAt?.toISOString() ?? null,
      }
    },
  )

  app.post(
    '/links/redeem',
    {
      schema: {
        tags: [TAGS.sharing],
        summary: 'Join a list by a link',
        description:
          'Whoever is signed in, by token or by cookie, joins as themselves. Everybody else sends a name: that makes a guest, sets the cookie of this server’s own pages, and answers a token.',
        security: [{}, { token: ['sharing'] }],
        body: redeemBody,
        response: { 200: redeemAnswer },
        errors: [
          ...WRONG,
          'wrong-password',
          'guests-off',
          'origin-refused',
          'quota-reached',
          'unauthenticated',
        ],
      },
    },
    async (request, reply) => {
      const userId = await visitor(context, request)
      if (userId !== null) {
        return once(context, { request, reply, userId }, async () => {
          const opened = await openLink(context, guard, { request, userId }, request.body)
          return { status: 200, body: { list: await join(context, opened, userId) } }
        })
      }
      const { name } = request.body
      if (name === undefined)
        throw new TandemError('unauthenticated', 'Sign in, or send a name to join as a guest.')
      const opened = await openLink(context, guard, { request, userId: null }, request.body)
      return joinAsGuest(context, { request, reply }, opened, name.trim())
    },
  )
}

interface Opened {
  readonly linkId: string
  readonly listId: ListId
}

/** Null: nobody yet. A token that does not count is an error and not a guest. */
async function visitor(context: HttpContext, request: FastifyRequest): Promise<UserId | null> {
  const { authenticate, accounts, limits } = context
  if (bearerOf(request) !== '') return (await signedIn(request, authenticate, 'sharing')).userId
  await limits.visit(request)
  return (await accounts.sessionOf(request))?.userId ?? null
}

async function findLink({ people }: HttpContext, guard: LinkGuard, request: FastifyRequest, token: string) {
  const found = await people.links.find(hashToken(token))
  if (found.outcome !== 'no-such-link') return found
  await guard.wrongToken(placeOf(request.ip))
  throw new TandemError('no-such-link')
}

async function openLink(
  context: HttpContext,
  guard: LinkGuard,
  { request, userId }: { readonly request: FastifyRequest; readonly userId: UserId | null },
  { token, password }: { readonly token: string; readonly password?: string | undefined },
): Promise<Opened> {
  const found = await findLink(context, guard, request, token)
  const { id: linkId, listId } = found.link
  if (found.outcome !== 'found') {
    // Who is in already comes again by the same address, long after the link has served its purpose.
    const isIn = userId !== null && (await context.directory.find(listId, userId)) !== null
    if (!isIn) throw over(found.outcome)
  } else if (found.passwordHash !== null) {
    await guard.open({ place: placeOf(request.ip), linkId }, password, found.passwordHash)
  }
  return { linkId, listId }
}

async function join(context: HttpContext, { linkId, listId }: Opened, userId: UserId) {
  const { directory, people, rooms, logger } = context
  if ((await directory.find(listId, userId)) === null) await roomForMember(context, listId)
  const joined = await people.links.redeem({ linkId, userId })
  // Whoever was removed is told by whom.
  if (joined.outcome === 'removed') await listFor(context, { listId, userId })
  if (joined.outcome === 'no-such-link') throw new TandemError('no-such-link')
  if (joined.outcome !== 'joined' && joined.outcome !== 'already-member') throw over(joined.outcome)
  await rooms.accessChanged(listId, userId)
  logger.info({ list: listId, user: userId, link: linkId }, 'link.redeemed')
  return presentList(await listFor(context, { listId, userId }))
}

async function joinAsGuest(
  context: HttpContext,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  opened: Opened,
  name: string,
) {
  const { accounts, config, limits } = context
  // Another site's page could sign its visitor in as somebody of its choice.
  if (!isOriginAllowed(request.headers.origin, request.host, config.corsOrigins ?? [])) {
    throw new TandemError('origin-refused')
  }
  await limits.newGuest(request)
  const session = await accounts.startGuest(name, reply)
  const list = await join(context, opened, session.userId)
  const access = await accounts.accessToken(session)
  return { list, ...access, user: { id: session.userId, name: session.name } }
}

function over(end: keyof typeof OVER): TandemError {
  return new TandemError('link-over', OVER[end])
}
