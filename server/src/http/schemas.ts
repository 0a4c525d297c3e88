import { LIMITS } from '@tandem/client-sdk/model'
import type { ListId, UserId } from '@tandem/persistence'
import { z } from 'zod'
import { MAX_NAME_CHARS } from '../auth/claims.ts'
import { isPlainText } from '../plain-text.ts'

/** Text of up to so many characters that can stand in a line: not blank, nothing unprintable. */
export const printable = (maxChars: number) =>
  z
    .string()
    .max(maxChars)
    .refine((text) => isPlainText(text, maxChars), 'must not be blank or contain control characters')

/** Lower case only, because the id is also the name of the document, where spelling counts. */
export const listId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a UUID in lower case')
  .transform((id) => id as ListId)

export const personId = printable(200).transform((id) => id as UserId)

export const guestBody = z.object({ name: printable(MAX_NAME_CHARS) })
export const createListBody = z.object({ id: listId.optional(), title: printable(LIMITS.listTitleChars) })
export const listParams = z.object({ listId })

export const guestAnswer = z.object({
  token: z.string(),
  user: z.object({ id: z.string(), name: z.string() }),
})
