const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID_CHARS = 16
/** The largest multiple of 62 in a byte: bytes above it are thrown away, or the first letters would be likelier. */
const FAIR_BYTES = 248

/**
 * A new record id: 16 letters and digits, 95 bits. `randomBytes` must be unpredictable enough that two devices never
 * draw the same (`crypto.getRandomValues`); ids are not secrets.
 */
export function newRecordId(randomBytes: (count: number) => Uint8Array): string {
  let id = ''
  while (id.length < ID_CHARS) {
    for (const byte of randomBytes(ID_CHARS + 4)) {
      if (byte < FAIR_BYTES && id.length < ID_CHARS) id += LETTERS[byte % 62]
    }
  }
  return id
}
