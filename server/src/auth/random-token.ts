import { createHash, randomBytes } from 'node:crypto'

/** Tokens that say nothing by themselves, unlike those that are signed: whoever shows one is looked up by its hash. */

const LINK_TOKEN_BYTES = 24
const API_TOKEN_BYTES = 32
export const API_TOKEN_PREFIX = 'tdm_'

/** 192 bits: nobody finds one by trying. */
export function newLinkToken(): string {
  return randomBytes(LINK_TOKEN_BYTES).toString('base64url')
}

export function newApiToken(): string {
  return `${API_TOKEN_PREFIX}${randomBytes(API_TOKEN_BYTES).toString('base64url')}`
}

/** What is stored of a token. Fast on purpose: there is nothing to guess, unlike with a password. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}
