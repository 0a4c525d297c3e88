import { randomInt } from 'node:crypto'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A name that says nothing about whose it is; 71 bits, so that no two people of a list ever share one. */
export function newAnonymousId(): string {
  return `anon_${Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('')}`
}
