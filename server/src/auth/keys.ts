import { hkdfSync } from 'node:crypto'

/**
 * What the server's one secret is used for. Each use has a key of its own, so that nothing made for one is ever taken for
 * another: a link in a mail is no token, and a token of an embedding application is none of ours.
 */
export interface Keys {
  /** As configured: shared with the application that embeds Tandem. */
  readonly embedding: Uint8Array
  /** Signs tokens of built-in accounts and guests. */
  readonly own: Uint8Array
  /** Signs cookies and links of built-in accounts. */
  readonly accounts: string
}

export function deriveKeys(secret: string): Keys {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'tandem', use, 32))
  return {
    embedding: new TextEncoder().encode(secret),
    own: derive('tokens'),
    accounts: derive('accounts').toString('base64url'),
  }
}
