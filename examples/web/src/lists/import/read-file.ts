import { MOST_IMPORT_BYTES, type Parsed, readImport } from '@tandem/client-sdk/exchange'

export type FileRead =
  | { readonly state: 'read'; readonly parsed: Parsed; readonly name: string }
  | { readonly state: 'too-large'; readonly bytes: number }
  | { readonly state: 'unreadable' }

/** Understands a file somebody chose, by what is in it. Never throws. */
export async function readFile(file: File): Promise<FileRead> {
  if (file.size > MOST_IMPORT_BYTES) return { state: 'too-large', bytes: file.size }
  try {
    const text = new TextDecoder(encodingOf(new Uint8Array(await file.slice(0, 2).arrayBuffer()))).decode(
      await file.arrayBuffer(),
    )
    return { state: 'read', parsed: readImport(text), name: file.name.replace(/\.[A-Za-z0-9]{1,5}$/, '') }
  } catch {
    // It was moved, or the device does not give it out.
    return { state: 'unreadable' }
  }
}

/** Excel's "Unicode text" begins with a mark; everything else is taken for UTF-8. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
