import { fastifySwagger } from '@fastify/swagger'
import type { FastifySchema } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { SCOPES } from '../auth/scopes.ts'
import { ERRORS, type ErrorCode } from '../errors.ts'
import { VERSION } from '../version.ts'
import { tidySchemas } from './openapi-schemas.ts'
import { OPERATION_HEADERS } from './operation.ts'
import type { Tag } from './route-doc.ts'
import type { TypedApp } from './typed.ts'

const PREFIX = '/api/v1'

const ABOUT: Readonly<Record<Tag, string>> = {
  auth: 'Signing in',
  me: 'Oneself: who one is, and tokens for programs',
  lists: 'Lists',
  content: 'Items, sections and labels of a list',
  changes: 'What changed, and exchange without WebSockets',
  sharing: 'Members, invitations, links and settings',
  audit: 'Who did what to whose access',
}

const ALWAYS: readonly ErrorCode[] = ['too-many-requests', 'internal', 'storage-unavailable', 'draining']

/**
 * Describes every route under the API's prefix, from the schemas its requests are held to. Register it before the routes.
 *
 * What follows from a route's form is not written at each of them: who needs a token may lack it, a body may be too large,
 * what is about a list may be about none.
 */
export async function openApi(app: TypedApp): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tandem',
        version: VERSION,
        description: DESCRIPTION,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: Object.entries(ABOUT).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: SCOPE_DESCRIPTION },
        },
        schemas: { Problem: PROBLEM },
      },
    },
    transform(described) {
      const { schema, url } = described
      if (schema === undefined || !url.startsWith(`${PREFIX}/`)) return { schema: { hide: true }, url }
      const method = String(described.route.method)
      // Whoever signs in is not signed in yet.
      const asked = { ...schema, security: schema.security ?? (isSigningIn(url) ? [] : [{ token: [] }]) }
      const transformed = jsonSchemaTransform({ ...described, schema: asked })
      return { url, schema: withForm(transformed.schema as FastifySchema, asked, { url, method }) }
    },
    transformObject: (described) => tidySchemas(jsonSchemaTransformObject(described)),
  })

  /** The document itself. */
  app.get(`${PREFIX}/openapi.json`, { schema: { hide: true } }, async (_request, reply) => {
    return reply
      .header('content-type', 'application/json; charset=utf-8')
      .serializer(String)
      .send(JSON.stringify(app.swagger()))
  })
}

interface Route {
  readonly url: string
  readonly method: string
}

function withForm(transformed: FastifySchema, schema: FastifySchema, route: Route): FastifySchema {
  const { errors: own = [], ...rest } = transformed
  const codes = new Set<ErrorCode>([...own, ...errorsOfForm(schema, route)])
  const responses: Record<string, unknown> = {}
  for (const [status, answer] of Object.entries(rest.response ?? {})) {
    responses[status] = {
      description: status === '201' ? 'Made' : 'Done',
      content: { 'application/json': { schema: answer } },
    }
  }
  for (const [status, titles] of byStatus(codes)) responses[status] = problemResponse(titles)
  const headers = route.method === 'GET' || isSigningIn(route.url) ? {} : { headers: OPERATION_PARAMETERS }
  return { ...rest, ...headers, operationId: operationId(route), response: responses }
}

function errorsOfForm(schema: FastifySchema, { url, method }: Route): ErrorCode[] {
  const codes: ErrorCode[] = [...ALWAYS]
  const isForEverybody = schema.security?.length === 0
  if (!isForEverybody) codes.push('unauthenticated', 'missing-scope')
  if (schema.body ?? schema.params ?? schema.querystring) codes.push('validation-error')
  if (schema.body) codes.push('too-large', 'wrong-media-type')
  if (url.includes(':listId')) codes.push('no-such-list', 'access-ended', 'not-allowed')
  if (method !== 'GET' && !isForEverybody) codes.push('op-id-reused', 'op-in-progress')
  return codes
}

function byStatus(codes: ReadonlySet<ErrorCode>): Map<number, ErrorCode[]> {
  const groups = new Map<number, ErrorCode[]>()
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const { status } = ERRORS[code]
    if (status === null || !codes.has(code)) continue
    groups.set(status, [...(groups.get(status) ?? []), code])
  }
  return groups
}

function problemResponse(codes: readonly ErrorCode[]): unknown {
  return {
    description: codes.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('\n\n'),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

function isSigningIn(url: string): boolean {
  return url.startsWith(`${PREFIX}/auth/`)
}

/** `getListsByListIdItems`: follows from the address, so that it is nobody's to keep unique. */
function operationId({ url, method }: Route): string {
  const words = url
    .slice(PREFIX.length)
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (part.startsWith(':') ? `by-${part.slice(1)}` : part))
    .join('-')
    .split('-')
  const capitals = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
  return method.toLowerCase() + capitals.join('')
}

const OPERATION_PARAMETERS = {
  type: 'object',
  properties: Object.fromEntries(
    OPERATION_HEADERS.map((header) => [
      header,
      {
        type: 'string',
        format: 'uuid',
        description:
          'Made when the person acts, sent again with each repeat: one effect, and the first answer again.',
      },
    ]),
  ),
}

const PROBLEM = {
  type: 'object' as const,
  description: 'RFC 9457 problem details. Some codes add members of their own.',
  required: ['type', 'title', 'status', 'code', 'detail', 'advice', 'retryable'],
  properties: {
    type: { type: 'string' as const },
    title: { type: 'string' as const },
    status: { type: 'integer' as const },
    code: { type: 'string' as const, description: 'What programs decide by.' },
    detail: { type: 'string' as const, description: 'What happened here, in one sentence for a person.' },
    advice: { type: 'string' as const },
    retryable: { type: 'boolean' as const, description: 'The same request can succeed later.' },
  },
  additionalProperties: true,
}

const DESCRIPTION = `Shared todo lists. Every write goes the way of the apps' own edits: through the same gate, into the same log, and to every
open screen under the same position. Send only the fields that change; what others change meanwhile stays.

Send \`Client-Op-Id\` (or \`Idempotency-Key\`), a UUID, with every write: repeated, it has one effect and the first answer.`

const SCOPE_DESCRIPTION = `An access token, or a personal API token limited to scopes:\n\n${Object.entries(
  SCOPES,
)
  .map(([scope, meaning]) => `- \`${scope}\`: ${meaning}`)
  .join('\n')}`
