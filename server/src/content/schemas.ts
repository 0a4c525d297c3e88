import { isCalendarDate, LIMITS } from '@tandem/client-sdk/model'
import { z } from 'zod'

/**
 * The content of a list as REST shows and takes it. The shape is checked here; what a value may be is the model's to say
 * (`ITEM_FIELDS`), so that REST and the sockets cannot differ.
 */

/** 8 to 48 letters, digits, _ and -; an occurrence of a repeating item has its day behind a tilde. */
export const recordId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,48}(~\d{4}-\d{2}-\d{2})?$/, 'must be an id')
  .meta({ example: 'k3J9xQ2mZt7LpV4a' })

const stamp = z.object({ by: z.string(), at: z.iso.datetime() }).meta({
  id: 'Stamp',
  description: 'Who, by the id they go by in this list, and when, by their own clock.',
})

const due = z
  .object({ date: z.string(), time: z.string().optional(), tz: z.string().optional() })
  .meta({ id: 'Due', description: 'A day (YYYY-MM-DD), a time (HH:MM), a time zone (Europe/Berlin).' })

export const itemAnswer = z
  .object({
    id: z.string(),
    title: z.string(),
    done: z.boolean(),
    notes: z.string(),
    section: z.string().nullable(),
    parent: z.string().nullable(),
    due: due.nullable(),
    repeat: z.string().nullable(),
    remindAt: z.array(z.string()),
    assignees: z.array(z.string()),
    labels: z.array(z.string()),
    priority: z.number(),
    quantity: z.string().nullable(),
    link: z.string().nullable(),
    order: z.string(),
    created: stamp,
    changed: stamp,
    completed: stamp.nullable(),
    deleted: stamp.nullable(),
    extensions: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Item' })

export const sectionAnswer = z
  .object({
    id: z.string(),
    title: z.string(),
    order: z.string(),
    created: stamp,
    deleted: stamp.nullable(),
  })
  .meta({ id: 'Section' })

export const labelAnswer = z
  .object({
    id: z.string(),
    title: z.string(),
    color: z.string().nullable(),
    created: stamp,
    deleted: stamp.nullable(),
  })
  .meta({ id: 'Label' })

const title = (maxChars: number) => z.string().min(1).max(maxChars)
const reference = recordId.nullable()

const itemPlace = z
  .union([
    z.strictObject({ before: recordId }),
    z.strictObject({ after: recordId }),
    z.strictObject({
      at: z.enum(['start', 'end']),
      section: reference.optional(),
      parent: reference.optional(),
    }),
  ])
  .meta({
    id: 'ItemPlace',
    description: 'Beside another item, in its section and under its parent, or at an end of the list.',
  })

export const sectionPlace = z
  .union([
    z.strictObject({ before: recordId }),
    z.strictObject({ after: recordId }),
    z.strictObject({ at: z.enum(['start', 'end']) }),
  ])
  .meta({ id: 'SectionPlace' })

const dueInput = z
  .strictObject({ date: z.string(), time: z.string().optional(), tz: z.string().optional() })
  .nullable()

const member = z.string().min(1).max(LIMITS.memberChars)
const members = z.array(member).max(LIMITS.membersPerSet)

const fields = {
  done: z.boolean().optional(),
  due: dueInput.optional(),
  repeat: z.string().max(LIMITS.repeatChars).nullable().optional().meta({ example: 'FREQ=WEEKLY;BYDAY=MO' }),
  remindAt: z.array(z.string().max(64)).max(LIMITS.reminders).optional(),
  priority: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).optional(),
  quantity: z.string().max(LIMITS.quantityChars).nullable().optional(),
  link: z.string().max(LIMITS.linkChars).nullable().optional(),
  section: reference.optional(),
  place: itemPlace.optional(),
  notes: z.string().max(LIMITS.notesChars).optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
}

export const newItemBody = z
  .strictObject({
    id: recordId.optional(),
    title: title(LIMITS.itemTitleChars),
    ...fields,
    assignees: members.optional(),
    labels: members.optional(),
  })
  .meta({ id: 'NewItem' })
export type NewItem = z.infer<typeof newItemBody>

const setChange = z.strictObject({ add: members.optional(), remove: members.optional() })

export const itemPatch = z
  .strictObject({
    title: title(LIMITS.itemTitleChars).optional(),
    ...fields,
    assignees: setChange.optional(),
    labels: setChange.optional(),
    today: z
      .string()
      .refine(isCalendarDate, 'must be a day, YYYY-MM-DD')
      .optional()
      .meta({ description: 'The calendar day where the person is, for items that repeat after completion.' }),
  })
  .meta({ id: 'ItemPatch', description: 'Fields that are not named stay as they are.' })
export type ItemPatchBody = z.infer<typeof itemPatch>

export const newSectionBody = z
  .strictObject({
    id: recordId.optional(),
    title: title(LIMITS.sectionTitleChars),
    place: sectionPlace.optional(),
  })
  .meta({ id: 'NewSection' })

export const sectionPatch = z
  .strictObject({ title: title(LIMITS.sectionTitleChars).optional(), place: sectionPlace.optional() })
  .meta({ id: 'SectionPatch' })

const color = z.string().max(LIMITS.colorChars).nullable().optional()

export const newLabelBody = z
  .strictObject({ id: recordId.optional(), title: title(LIMITS.labelTitleChars), color })
  .meta({ id: 'NewLabel' })

export const labelPatch = z
  .strictObject({ title: title(LIMITS.labelTitleChars).optional(), color })
  .meta({ id: 'LabelPatch' })

/** Position in the list's log. */
export const seq = z.number().int().min(0).meta({ description: 'Position in the list’s log.' })
