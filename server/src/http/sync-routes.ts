import { LIMITS } from '@tandem/client-sdk/model'
import { ROLES } from '@tandem/client-sdk/protocol'
import type { ListWithRole, UserId } from '@tandem/persistence'
import * as Y from 'yjs'
import { z } from 'zod'
import { within } from '../clock.ts'
import { seq } from '../content/schemas.ts'
import { TandemError } from '../errors.ts'
import type { HttpContext } from './context.ts'
import { listFor, writerIn } from './list-access.ts'
import { needs, TAGS } from './route-doc.ts'
import { listParams } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const BASE64_CHARS = Math.ceil((LIMITS.updateBytes + 1024) / 3) * 4
/** A state vector is a few bytes for each device that ever wrote. */
const VECTOR_CHARS = 400_000

/** The log waits for a database that is away for as long as it takes; a caller does not, and may ask again. */
const WRITE_LIMIT_MS = 10_000

/** The update that changes nothing. */
const NOTHING = 'AAA='

const bytes = (maxChars: number) =>
  z
    .string()
    .max(maxChars)
    .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'must be base64')
    .meta({ contentEncoding: 'base64' })

const body = z
  .strictObject({
    stateVector: bytes(VECTOR_CHARS).meta({ description: 'What the client has (Yjs state vector).' }),
    update: bytes(BASE64_CHARS)
      .optional()
      .meta({ description: 'What it wrote and does not know to be saved.' }),
    seq: seq.optional().meta({
      description:
        'The `seq` of the last answer. A look, without `update`, at a list in which nothing has happened since is answered at once.',
    }),
    ahead: z.boolean().optional().meta({
      description:
        'A copy for a device, while nobody looks at the list: the audit log says `list.kept` instead of `list.opened`.',
    }),
  })
  .meta({ id: 'SyncRequest' })

const refusal = z.object({
  code: z.string(),
  message: z.string(),
  advice: z.string(),
  retryable: z.boolean(),
  keys: z.array(z.string()),
})

const answer = z
  .object({
    update: z.string().meta({ description: 'What the client lacks (Yjs update, base64).' }),
    stateVector: z.string().nullable().meta({
      description:
        'What the server has, so that the client knows what to send next; null when nothing has happened since the given `seq`.',
    }),
    seq,
    role: z.enum(ROLES),
    authorId: z.string().meta({ description: 'The id to write as `by` in this list.' }),
    settings: z.object({ editorsMayShare: z.boolean() }),
    refusal: refusal
      .nullable()
      .meta({ description: 'Why the update was not taken; null when it was, or none was sent.' }),
  })
  .meta({ id: 'SyncAnswer' })

export function syncRoutes(app: TypedApp, context: HttpContext): void {
  /**
   * What a socket does, in one exchange. It is durable what `refusal: null` answers, and the same update again changes
   * nothing: it needs no operation id.
   */
  app.post(
    '/lists/:listId/sync',
    {
      bodyLimit: BASE64_CHARS + VECTOR_CHARS + 1024,
      schema: {
        tags: [TAGS.changes],
        ...needs('lists:read'),
        summary: 'Exchange what each side lacks, where WebSockets are blocked',
        description: 'Ask every 10 seconds or so. Sending an update needs the scope lists:write.',
        params: listParams,
        body,
        response: { 200: answer },
      },
    },
    async (request) => {
      const { update, seq: known, ahead = false } = request.body
      const scope = update === undefined ? 'lists:read' : 'lists:write'
      const { userId } = await signedIn(request, context.authenticate, scope)
      const asked = { listId: request.params.listId, userId }
      const found = await listFor(context, asked, 'read')
      const { id } = found
      const vector = vectorOf(request.body.stateVector)
      // Most looks are such ones, and loading the list for them would be nearly all that they cost.
      if (update === undefined && known === found.headSeq) {
        return { ...placeOf(found, userId), update: NOTHING, stateVector: null, seq: known, refusal: null }
      }
      const { outcome, list, ...state } = await context.rooms.hold(id, async () => {
        const submitted =
          update === undefined ? null : context.rooms.submit(id, writerIn(context, asked), fromBase64(update))
        const outcome = submitted && (await within(context.clock, WRITE_LIMIT_MS, submitted))
        if (outcome === 'late') throw new TandemError('storage-unavailable')
        // Again: to get here may have taken seconds, and who lost the list meanwhile gets nothing of it.
        const list = await listFor(context, asked, 'read')
        context.rooms.noteReader(id, userId, ahead ? 'list.kept' : 'list.opened')
        return context.rooms.read(id, (doc, upTo) => ({
          outcome,
          list,
          update: toBase64(Y.encodeStateAsUpdate(doc, vector)),
          stateVector: toBase64(Y.encodeStateVector(doc)),
          seq: upTo,
        }))
      })
      return {
        ...state,
        ...placeOf(list, userId),
        refusal:
          outcome !== null && 'refusal' in outcome
            ? { ...outcome.refusal, keys: [...outcome.refusal.keys] }
            : null,
      }
    },
  )
}

/** Who this person is in the list, and by which rules. */
function placeOf({ role, anonymousId, editorsMayShare }: ListWithRole, userId: UserId) {
  return { role, authorId: anonymousId ?? userId, settings: { editorsMayShare } }
}

function vectorOf(text: string): Uint8Array {
  const vector = fromBase64(text)
  try {
    Y.decodeStateVector(vector)
    return vector
  } catch {
    // Yjs throws whatever its decoder stumbles over.
    throw new TandemError('validation-error', 'stateVector: not a Yjs state vector')
  }
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'))
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
