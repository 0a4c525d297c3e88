import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Answers that show a secret once (a link, a token) are kept for a repeat of the request, but not so that the database
 * could give them away: the key is the operation id, which only whoever made the request knows and which is not stored.
 */
export interface Sealed {
  readonly sealed: string
}

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

export function seal(body: unknown, operationId: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, keyOf(operationId), nonce)
  const bytes = Buffer.concat([cipher.update(JSON.stringify(body), 'utf8'), cipher.final()])
  return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), bytes]).toString('base64') }
}

export function unseal(stored: Sealed, operationId: string): unknown {
  const bytes = Buffer.from(stored.sealed, 'base64')
  const decipher = createDecipheriv(ALGORITHM, keyOf(operationId), bytes.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
  return JSON.parse(text.toString('utf8'))
}

function keyOf(operationId: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', operationId, '', 'tandem answer', 32))
}
