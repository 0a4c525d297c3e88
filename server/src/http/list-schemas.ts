import { LIMITS } from '@tandem/client-sdk/model'
import { ROLES } from '@tandem/client-sdk/protocol'
import type { ListWithRole } from '@tandem/persistence'
import { z } from 'zod'
import { itemAnswer, labelAnswer, sectionAnswer } from '../content/schemas.ts'
import { printable } from './schemas.ts'

const LIST_VIEWS = ['recent', 'mine', 'shared', 'deleted'] as const

export const listAnswer = z
  .object({
    id: z.string(),
    title: z.string(),
    ownerId: z.string().meta({ description: 'By the id they go by in this list.' }),
    role: z.enum(ROLES).meta({ description: 'Of whoever asks.' }),
    seq: z.number().meta({ description: 'How many edits its log holds.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'List' })

const content = {
  icon: z.string().nullable(),
  items: z.array(itemAnswer),
  sections: z.array(sectionAnswer),
  labels: z.array(labelAnswer),
}
export const fullListAnswer = listAnswer.extend(content).meta({
  id: 'ListWithContent',
  description: 'Everything in the list but its trash and its comments, exactly as of `seq`.',
})

export const listsQuery = z.object({
  view: z.enum(LIST_VIEWS).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).optional(),
  include: z.literal('content').optional(),
})
export const listsAnswer = z.object({
  lists: z.array(
    listAnswer.extend({
      memberCount: z.number().optional(),
      deletedAt: z.iso.datetime().optional(),
      content: z
        .object({ seq: z.number(), ...content })
        .nullable()
        .optional()
        .meta({ description: 'With `include=content`; null for a list that cannot be read just now.' }),
    }),
  ),
})

export const listPatch = z
  .strictObject({
    title: printable(LIMITS.listTitleChars).optional(),
    icon: printable(LIMITS.iconChars).nullable().optional(),
  })
  .meta({ id: 'ListPatch', description: 'Fields that are not named stay as they are.' })
export const patchedListAnswer = listAnswer.extend({ icon: content.icon })

export const deletedAnswer = z.object({ id: z.string(), restorableUntil: z.iso.datetime() })

type ListJson = z.infer<typeof listAnswer>

/** Also where the owner goes unnamed: their own id then stands in no answer. */
export function presentList(list: ListWithRole): ListJson {
  return {
    id: list.id,
    title: list.title,
    ownerId: list.ownerAnonymousId ?? list.ownerId,
    role: list.role,
    seq: list.headSeq,
    createdAt: list.createdAt.toISOString(),
    updatedAt: list.updatedAt.toISOString(),
  }
}
