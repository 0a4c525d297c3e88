const CHUNK = 8_192

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  // Not all at once: a function takes only so many arguments.
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  }
  return btoa(text)
}

/** Null for what is not base64; never throws. */
export function fromBase64(text: unknown): Uint8Array | null {
  if (typeof text !== 'string') return null
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    // Not base64, which is what null says.
    return null
  }
}
