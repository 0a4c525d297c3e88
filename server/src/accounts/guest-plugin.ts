import type { BetterAuthPlugin } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { TandemError } from '../errors.ts'

/** No mail can be sent there: `.invalid` belongs to nobody. The column wants an address, and each another one. */
const GUEST_DOMAIN = 'guests.invalid'

/** Signs in a new person by name alone; callable from within the server only. */
export function guestPlugin(guestDays: number, clock: Pick<Clock, 'now'>) {
  return {
    id: 'tandem-guests',
    endpoints: {
      signInGuest: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ name: z.string(), mailbox: z.string() }) },
        async (ctx) => {
          const { internalAdapter } = ctx.context
          const { name, mailbox } = ctx.body
          const user = await internalAdapter.createUser(
            { name, email: `${mailbox}@${GUEST_DOMAIN}`, emailVerified: false, isGuest: true },
            { method: 'guest' },
          )
          const maxAge = guestDays * 86_400
          // Past `expiresIn` of other sessions, because a guest has no other way back to their lists.
          const expiresAt = new Date(clock.now() + maxAge * 1000)
          const session = await internalAdapter.createSession(user.id, false, { expiresAt }, true)
          if (session === null) throw new TandemError('internal')
          await setSessionCookie(ctx, { session, user }, false, { maxAge })
          return { userId: user.id, sessionId: session.id }
        },
      ),
    },
  } satisfies BetterAuthPlugin
}
