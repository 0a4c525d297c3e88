import { z } from 'zod'

export const methodsAnswer = z.object({
  guests: z.boolean(),
  accounts: z.boolean(),
  emailLinks: z.boolean(),
  passkeys: z.boolean(),
})

export const sessionAnswer = z.object({
  /** For sockets and REST; to be kept in memory only. */
  token: z.string(),
  expiresAt: z.string(),
  user: z.object({
    id: z.string(),
    name: z.string(),
    /** Null unless it was shown to be theirs. */
    email: z.string().nullable(),
    kind: z.enum(['account', 'guest']),
  }),
})
