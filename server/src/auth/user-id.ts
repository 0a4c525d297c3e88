import { randomInt } from 'node:crypto'
import type { UserId } from '@tandem/persistence'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LENGTH = 12

/** `u_` and 12 characters of base 62, about 71 bits: no two guests ever meet on one id, and nobody guesses one. */
export function newUserId(): UserId {
  // randomInt and not a byte modulo 62, which would prefer the first letters.
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
  return `u_${letters.join('')}` as UserId
}

/** Whether an id is of the form of those that stand for members who go unnamed: it is nobody's own, whoever signs for it. */
export function isAnonymousId(id: string): boolean {
  return /^anon_[0-9A-Za-z]{12}$/.test(id)
}

/** Whether this server makes ids of this form: nobody else may name people by them. */
export function isOwnUserId(id: string): boolean {
  return /^u_[0-9A-Za-z]{12}$/.test(id)
}
