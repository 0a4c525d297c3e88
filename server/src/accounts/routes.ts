import { z } from 'zod'
import { MAX_NAME_CHARS } from '../auth/claims.ts'
import { isPlainText } from '../plain-text.ts'

/** What is counted before a request is handed on; see `SignInGuard`. */
export type Guarded = 'password' | 'own-password' | 'long-secret' | 'new-account' | 'mail' | 'nothing'

interface Route {
  readonly method: 'GET' | 'POST'
  readonly guarded: Guarded
  /** Useless without a mail server. */
  readonly needsMail?: true
  /** Guests have sessions too, whether or not the server has accounts. */
  readonly isForGuests?: true
}

/**
 * Everything of better-auth that can be reached from outside; what is not here does not exist. Among what is left out is whatever
 * answers with, or asks for, the text that opens a session.
 */
export const ACCOUNT_ROUTES: Readonly<Record<string, Route>> = {
  '/sign-up/email': { method: 'POST', guarded: 'new-account' },
  '/sign-in/email': { method: 'POST', guarded: 'password' },
  '/sign-out': { method: 'POST', guarded: 'nothing', isForGuests: true },
  '/get-session': { method: 'GET', guarded: 'nothing', isForGuests: true },
  '/update-user': { method: 'POST', guarded: 'nothing', isForGuests: true },
  '/change-password': { method: 'POST', guarded: 'own-password' },
  '/request-password-reset': { method: 'POST', guarded: 'mail', needsMail: true },
  '/reset-password': { method: 'POST', guarded: 'long-secret' },
  '/send-verification-email': { method: 'POST', guarded: 'mail', needsMail: true },
  '/verify-email': { method: 'GET', guarded: 'nothing' },
  '/sign-in/magic-link': { method: 'POST', guarded: 'mail', needsMail: true },
  '/magic-link/verify': { method: 'GET', guarded: 'long-secret' },
  '/passkey/generate-register-options': { method: 'GET', guarded: 'nothing' },
  '/passkey/verify-registration': { method: 'POST', guarded: 'nothing' },
  '/passkey/generate-authenticate-options': { method: 'GET', guarded: 'nothing' },
  '/passkey/verify-authentication': { method: 'POST', guarded: 'long-secret' },
  '/passkey/list-user-passkeys': { method: 'GET', guarded: 'nothing' },
  '/passkey/update-passkey': { method: 'POST', guarded: 'nothing' },
  '/passkey/delete-passkey': { method: 'POST', guarded: 'nothing' },
}

const name = z
  .string()
  .refine(
    (text) => isPlainText(text, MAX_NAME_CHARS),
    `must be 1 to ${MAX_NAME_CHARS} characters without control characters`,
  )
const email = z.string().max(254)
const password = z.string().max(1_000)

/** What we look at ourselves before better-auth does; everything else passes as it is. */
export const accountBody = z.looseObject({
  name: name.optional(),
  email: email.optional(),
  password: password.optional(),
  currentPassword: password.optional(),
  newPassword: password.optional(),
  /** Where a link in a mail leads afterwards: a page of ours. */
  callbackURL: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])/, 'must begin with one slash')
    .optional(),
})
export type AccountBody = z.infer<typeof accountBody>
