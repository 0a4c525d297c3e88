import type * as Y from 'yjs'
import { itemIdOfNoteRoot, noteRoot, RECORD_KINDS } from './keys.ts'

/**
 * A fingerprint of everything visible in a list: every key with its value, every note with its text. 17 characters or more.
 *
 * Equal for two copies that show the same, whatever their history, client ids and deleted text; different, but for a chance
 * of about 1 in 2^64, for two that do not. It finds copies that Yjs cannot tell apart: equal state vectors, other content.
 * Entries are hashed one by one and added up, so nothing has to be sorted. No protection against forgery.
 */
export function contentHash(doc: Y.Doc): string {
  const sum = new EntrySum()
  for (const root of [...RECORD_KINDS, 'list']) {
    for (const [key, value] of doc.getMap(root).entries()) sum.add(`${root}\n${key}\n${canonical(value)}`)
  }
  for (const root of [...doc.share.keys()]) {
    const itemId = itemIdOfNoteRoot(root)
    if (itemId === null) continue
    const text = doc.getText(noteRoot(itemId)).toString()
    if (text !== '') sum.add(`${root}\n\n${text}`)
  }
  return sum.toString()
}

/** Two sums of 32 bits, of two independent hashes of each entry: addition forgets the order of the entries and nothing else. */
class EntrySum {
  #entries = 0
  #low = 0
  #high = 0

  add(entry: string): void {
    let a = 0x9e3779b9
    let b = 0x85ebca6b
    for (let index = 0; index < entry.length; index += 1) {
      const unit = entry.charCodeAt(index)
      a = Math.imul(a ^ unit, 0x01000193)
      b = Math.imul(b ^ unit, 0x5bd1e995)
      b ^= b >>> 15
    }
    this.#low = (this.#low + scatter(a ^ (b >>> 7))) | 0
    this.#high = (this.#high + scatter(b + Math.imul(a, 0xc2b2ae35))) | 0
    this.#entries += 1
  }

  toString(): string {
    return `${hex(this.#high)}${hex(this.#low)}-${this.#entries.toString(16)}`
  }
}

/** Spreads every bit over all others, so that adding the results up loses nothing. */
function scatter(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}

/** The value as text, the same for equal values. Any value Yjs can hold has one, also what the schema does not allow. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value instanceof Uint8Array) return `b${value.join(',')}`
  if (typeof value !== 'object' || value === null) return primitive(value)
  if ('toJSON' in value && typeof value.toJSON === 'function') return `y${canonical(value.toJSON())}`
  const entries = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`)
  return `{${entries.sort().join(',')}}`
}

function primitive(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  // Each with its type before it: the number 1 is not the bigint 1, and NaN is not null.
  return typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : `${typeof value} ${String(value)}`
}
