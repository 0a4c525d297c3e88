import { newUserId } from '../auth/user-id.ts'
import { TandemError } from '../errors.ts'
import type { HttpContext } from './context.ts'
import { guestAnswer, guestBody } from './schemas.ts'
import type { TypedApp } from './typed.ts'

export function authRoutes(app: TypedApp, context: HttpContext): void {
  const { config, directory, tokens, metrics } = context

  /** Signs a new person in by name alone. Each call makes another user; the token is the only way back to it. */
  app.post(
    '/auth/guest',
    { schema: { body: guestBody, response: { 200: guestAnswer } } },
    async (request) => {
      if (config.guests === 'off') throw new TandemError('guests-off')
      const user = { id: newUserId(), name: request.body.name.trim() }
      await directory.ensureUser(user)
      metrics.count('tandem_guests_total')
      return { token: await tokens.issue(user, config.guestDays), user }
    },
  )
}
