import { TandemError } from '../errors.ts'
import type { Identity } from './identity.ts'

/** What a personal API token can be limited to, and what each allows. */
export const SCOPES = {
  'lists:read': 'Read lists and everything in them.',
  'lists:write': 'Make, change and delete lists and everything in them.',
  sharing: 'See and change who has access: members, invitations, links, settings.',
  me: 'See and change the account itself and its tokens.',
} as const

export type Scope = keyof typeof SCOPES

export const SCOPE_NAMES = Object.keys(SCOPES) as [Scope, ...Scope[]]

export function isScope(text: string): text is Scope {
  return Object.hasOwn(SCOPES, text)
}

/** Whether the token may be used for this; `lists:write` includes `lists:read`. */
export function hasScope({ scopes }: Pick<Identity, 'scopes'>, scope: Scope): boolean {
  if (scopes === null || scopes.includes(scope)) return true
  return scope === 'lists:read' && scopes.includes('lists:write')
}

/** Throws `missing-scope` unless the token may be used for this. Whether its bearer may is another question. */
export function requireScope(identity: Pick<Identity, 'scopes'>, scope: Scope): void {
  if (!hasScope(identity, scope)) {
    throw new TandemError('missing-scope', `This token lacks the scope "${scope}".`)
  }
}
