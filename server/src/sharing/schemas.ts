import { ROLES } from '@tandem/client-sdk/protocol'
import { z } from 'zod'
import { AUDIT_ACTIONS, type AuditAction } from '../audit/actions.ts'
import { SCOPE_NAMES } from '../auth/scopes.ts'
import { listAnswer } from '../http/list-schemas.ts'
import { listId, personId, printable } from '../http/schemas.ts'

/** The shapes of requests and answers about people and their access. */

const MAX_LABEL_CHARS = 80
/** More than any password manager makes; long ones cost no more to check. */
const MAX_PASSWORD_CHARS = 200
const MIN_PASSWORD_CHARS = 6
const MOST_USES = 1_000_000

/** A role that can be given; who owns the list is changed by handing it over. */
const givenRole = z.enum(ROLES).exclude(['owner'])

const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a UUID in lower case')
const moment = z.iso.datetime({ offset: true })
const person = z
  .object({ userId: z.string(), name: z.string() })
  .meta({ id: 'Person', description: 'By the id and name they go by in this list.' })

export const memberParams = z.object({ listId, userId: personId })
export const roleBody = z.strictObject({ role: givenRole })
export const memberAnswer = z.object({ listId: z.string(), userId: z.string(), role: z.enum(ROLES) })
export const membersAnswer = z.object({
  members: z.array(
    person
      .extend({
        role: z.enum(ROLES),
        joinedAt: moment,
        invitedBy: person.nullable(),
        isAnonymous: z.boolean(),
        isYou: z.boolean(),
        viaLink: z.boolean(),
        email: z.string().optional().meta({ description: 'Only for those who manage members.' }),
      })
      .meta({ id: 'Member', description: 'Somebody with access to the list.' }),
  ),
})
export const removedAnswer = z.object({
  invited: z
    .array(person.extend({ role: z.enum(ROLES) }).meta({ id: 'InvitedPerson' }))
    .meta({ description: 'Whom the removed person had let in; they stay.' }),
})
export const anonymousBody = z.strictObject({ anonymous: z.boolean() })
export const anonymousAnswer = z.object({ anonymous: z.boolean(), authorId: z.string() })
export const leftAnswer = z.object({ left: z.literal(true) })
export const transferBody = z.strictObject({ userId: personId })
export const transferredAnswer = z.object({ owner: person })

export const settingsBody = z.strictObject({ editorsMayShare: z.boolean() })
export const settingsAnswer = z.object({ editorsMayShare: z.boolean() }).meta({ id: 'SharingSettings' })

export const invitationBody = z.union([
  z.strictObject({ email: z.email().max(254), role: givenRole }),
  z.strictObject({ userId: personId, role: givenRole }),
])
const invitation = z
  .object({
    id: z.string(),
    email: z.string().nullable(),
    userId: z.string().nullable(),
    role: givenRole,
    invitedBy: person.nullable(),
    createdAt: moment,
    expiresAt: moment,
  })
  .meta({ id: 'Invitation', description: 'Access that waits for somebody to arrive.' })
export const invitedAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('waiting'), invitation }),
  z.object({ status: z.literal('joined'), role: z.enum(ROLES) }),
])
export const invitationsAnswer = z.object({ invitations: z.array(invitation) })
export const invitationParams = z.object({ listId, invitationId: uuid })
export const withdrawnAnswer = z.object({ withdrawn: z.literal(true) })

export const linkBody = z.strictObject({
  role: givenRole,
  expiresAt: moment.nullable().optional(),
  maxUses: z.number().int().min(1).max(MOST_USES).nullable().optional(),
  password: z.string().min(MIN_PASSWORD_CHARS).max(MAX_PASSWORD_CHARS).nullable().optional(),
})
const link = z
  .object({
    id: z.string(),
    role: givenRole,
    createdBy: person.nullable(),
    createdAt: moment,
    expiresAt: moment.nullable(),
    maxUses: z.number().nullable(),
    uses: z.number(),
    hasPassword: z.boolean(),
  })
  .meta({ id: 'ShareLink' })
export const linksAnswer = z.object({ links: z.array(link) })
export const newLinkAnswer = link
  .extend({ url: z.string(), token: z.string() })
  .meta({ id: 'NewShareLink', description: 'The token, and the address with it, are shown this once.' })
export const linkParams = z.object({ listId, linkId: uuid })
export const revokeQuery = z.object({ disconnect: z.enum(['true', 'false']).default('false') })
export const revokedAnswer = z.object({
  ended: z.number().meta({ description: 'How many people lost the access they had by this link.' }),
})

/** Whatever was pasted; what it is not is found out by looking it up. */
const linkToken = z.string().min(1).max(200)
export const lookBody = z.strictObject({ token: linkToken })
export const lookAnswer = z.object({
  title: z.string(),
  role: givenRole,
  invitedBy: z.string().nullable(),
  needsPassword: z.boolean(),
  expiresAt: moment.nullable(),
})
export const redeemBody = z.strictObject({
  token: linkToken,
  password: z.string().max(MAX_PASSWORD_CHARS).optional(),
  name: printable(MAX_LABEL_CHARS).optional(),
})

/** With `token` and the rest only for somebody who became a guest by it. */
export const redeemAnswer = z.object({
  list: listAnswer,
  token: z.string().optional(),
  expiresAt: moment.optional(),
  user: z.object({ id: z.string(), name: z.string() }).optional(),
})

const apiToken = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    createdAt: moment,
    expiresAt: moment.nullable(),
    lastUsedAt: moment.nullable(),
  })
  .meta({ id: 'ApiToken' })
export const meAnswer = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  kind: z.enum(['account', 'external', 'guest']),
})
export const tokenBody = z.strictObject({
  name: printable(MAX_LABEL_CHARS),
  scopes: z.array(z.enum(SCOPE_NAMES)).min(1).max(SCOPE_NAMES.length),
  expiresAt: moment.nullable().optional(),
})
export const tokensAnswer = z.object({ tokens: z.array(apiToken) })
export const newTokenAnswer = apiToken
  .extend({ token: z.string() })
  .meta({ id: 'NewApiToken', description: 'The token is shown this once.' })
export const tokenParams = z.object({ tokenId: uuid })
export const tokenRevokedAnswer = z.object({ revoked: z.literal(true) })

const MOST_ENTRIES = 200
export const auditQuery = z.object({
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ENTRIES).default(50),
})
const auditWords = Object.keys(AUDIT_ACTIONS) as [AuditAction, ...AuditAction[]]
export const auditAnswer = z.object({
  entries: z.array(
    z
      .object({
        id: z.number(),
        at: moment,
        action: z.string().meta({ examples: auditWords }),
        actor: person.nullable().meta({ description: 'Null: the server itself.' }),
        subject: person.nullable(),
        detail: z.record(z.string(), z.unknown()),
      })
      .meta({ id: 'AuditEntry' }),
  ),
  more: z.boolean(),
})
