import { LIMITS } from '@tandem/client-sdk/model'
import { ROLES } from '@tandem/client-sdk/protocol'
import type { ListId, ListWithRole, UserId } from '@tandem/persistence'
import { z } from 'zod'
import { MAX_NAME_CHARS } from '../auth/tokens.ts'
import { isPlainText } from '../plain-text.ts'

const printable = (maxChars: number) =>
  z
    .string()
    .max(maxChars)
    .refine((text) => isPlainText(text, maxChars), 'must not be blank or contain control characters')

/** Lower case only, because the id is also the name of the document, where spelling counts. */
export const listId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a UUID in lower case')
  .transform((id) => id as ListId)

const userId = printable(200).transform((id) => id as UserId)

export const guestBody = z.object({ name: printable(MAX_NAME_CHARS) })
export const createListBody = z.object({ id: listId.optional(), title: printable(LIMITS.listTitleChars) })
export const roleBody = z.object({ role: z.enum(ROLES).exclude(['owner']) })
export const listParams = z.object({ listId })
export const memberParams = z.object({ listId, userId })

export const guestAnswer = z.object({
  token: z.string(),
  user: z.object({ id: z.string(), name: z.string() }),
})
export const memberAnswer = z.object({ listId: z.string(), userId: z.string(), role: z.enum(ROLES) })

export const listAnswer = z.object({
  id: z.string(),
  title: z.string(),
  ownerId: z.string(),
  /** Of whoever asked. */
  role: z.enum(ROLES),
  /** How many edits its log holds. */
  seq: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export const listsAnswer = z.object({ lists: z.array(listAnswer) })

export function presentList(list: ListWithRole): z.infer<typeof listAnswer> {
  return {
    id: list.id,
    title: list.title,
    ownerId: list.ownerId,
    role: list.role,
    seq: list.headSeq,
    createdAt: list.createdAt.toISOString(),
    updatedAt: list.updatedAt.toISOString(),
  }
}
