// What `@fastify/swagger` adds to a route's schema: summary, tags, security.
import type {} from '@fastify/swagger'
import type { Scope } from '../auth/scopes.ts'
import type { ErrorCode } from '../errors.ts'

declare module 'fastify' {
  interface FastifySchema {
    /** What this route may answer besides success and besides what follows from its form (`openapi.ts`). */
    errors?: readonly ErrorCode[]
  }
}

/** For a route that needs a token with this scope. */
export function needs(scope: Scope): { security: Record<string, Scope[]>[] } {
  return { security: [{ token: [scope] }] }
}

/** For a route that whoever is not signed in may use, too. */
export const FOR_EVERYBODY = { security: [] }

/** Under which heading a route stands. */
export const TAGS = {
  sign: 'auth',
  me: 'me',
  lists: 'lists',
  content: 'content',
  changes: 'changes',
  sharing: 'sharing',
  audit: 'audit',
} as const

export type Tag = (typeof TAGS)[keyof typeof TAGS]
