import { type Refusal, refusal } from '@tandem/client-sdk/protocol'
import * as decoding from 'lib0/decoding'
import type { Content, DecodedUpdate, Incoming, Section, UnitId } from './incoming.ts'
import { readByte, readJsonValue, readText, Unreadable } from './json-value.ts'

const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_SUB = 0x20
const CONTENT = 0x1f
const GC = 0
const REMOVED = 1
const TEXT = 4
const VALUES = 8
const SKIP = 10

/** What Yjs can carry and a list never does. */
const FOREIGN_CONTENT: Readonly<Record<number, string>> = {
  2: 'JSON of an old Yjs version',
  3: 'binary',
  5: 'an embed',
  6: 'formatting',
  7: 'a nested type',
  9: 'a nested document',
}

/** No honest writer makes two thousand million characters; beyond 2^53 clocks would stop being exact. */
const MAX_CLOCK = 2 ** 31

/**
 * Reads an update (Yjs encoding v1) into plain structs, or says why not. Never throws.
 *
 * Not `Y.decodeUpdate`: that builds a whole `Y.Doc` for every nested document it is sent, recurses as deep as the sender
 * likes, and accepts things that `Y.applyUpdate` reads otherwise (two sections of one writer) or that make it loop for
 * seconds (overlapping removals, structs of no length).
 */
export function decodeUpdate(update: Uint8Array): DecodedUpdate | { readonly refused: Refusal } {
  try {
    return decode(decoding.createDecoder(update))
  } catch (error) {
    if (error instanceof Unreadable) {
      return { refused: refusal(error.code, error.message, error.at === null ? [] : [error.at]) }
    }
    // lib0 throws plain errors at the end of the bytes, at numbers beyond 2^53 and at invalid UTF-8.
    return { refused: refusal('malformed', 'The update cannot be read.') }
  }
}

function decode(decoder: decoding.Decoder): DecodedUpdate {
  const sections = new Map<number, Section>()
  const sectionCount = decoding.readVarUint(decoder)
  for (let i = 0; i < sectionCount; i++) {
    const section = readSection(decoder)
    // Y.applyUpdate would keep only the last of the two, and so apply something else than was judged.
    if (sections.has(section.client)) throw new Unreadable('malformed', 'A writer appears twice.')
    sections.set(section.client, section)
  }
  const removalsAt = decoder.pos
  const removals = readRemovals(decoder)
  if (decoding.hasContent(decoder)) throw new Unreadable('malformed', 'The update goes on after its end.')
  return { sections, removals, removalsAt }
}

function readSection(decoder: decoding.Decoder): Section {
  const count = decoding.readVarUint(decoder)
  const client = readExact(decoder)
  let clock = readExact(decoder)
  if (count === 0) throw new Unreadable('malformed', 'A writer brings nothing.')
  const structs: Incoming[] = []
  for (let i = 0; i < count; i++) {
    const info = readByte(decoder)
    let length: number
    if (info === SKIP) {
      length = decoding.readVarUint(decoder)
    } else {
      const struct = readStruct(decoder, info, client, clock)
      structs.push(struct)
      length = struct.length
    }
    if (length < 1) throw new Unreadable('malformed', 'A struct has no length.')
    clock += length
    if (clock > MAX_CLOCK) throw new Unreadable('malformed', 'A length is out of range.')
  }
  return { client, structs, stateBefore: 0, state: 0, cursor: 0 }
}

function readStruct(decoder: decoding.Decoder, info: number, client: number, clock: number): Incoming {
  const contentRef = info & CONTENT
  // Only what stood inside a removed nested type becomes GC, and lists have no nested types (removed notes keep their place).
  if (contentRef === GC) throw new Unreadable('unknown-root', 'A struct belongs to no known place.')
  const origin = (info & HAS_ORIGIN) === 0 ? null : readUnitId(decoder)
  const rightOrigin = (info & HAS_RIGHT_ORIGIN) === 0 ? null : readUnitId(decoder)
  let root: string | null = null
  let sub: string | null = null
  if (origin === null && rightOrigin === null) {
    if (decoding.readVarUint(decoder) !== 1) {
      throw new Unreadable('wrong-type', 'A list has no nested types.')
    }
    root = readText(decoder)
    if ((info & HAS_SUB) !== 0) sub = readText(decoder)
  }
  const foreign = FOREIGN_CONTENT[contentRef]
  if (foreign !== undefined) {
    const at = root === null ? null : [root, sub ?? ''].join('/').slice(0, 400)
    throw new Unreadable('wrong-type', `A list does not hold ${foreign}.`, at)
  }
  const content = readContent(decoder, contentRef)
  return {
    client,
    clock,
    length: content.length,
    origin,
    rightOrigin,
    root,
    sub,
    content: content.content,
    known: 0,
    key: null,
    removedUnits: 0,
  }
}

const REMOVED_CONTENT: Content = { kind: 'removed' }

function readContent(decoder: decoding.Decoder, contentRef: number): { content: Content; length: number } {
  if (contentRef === REMOVED) return { content: REMOVED_CONTENT, length: decoding.readVarUint(decoder) }
  if (contentRef === TEXT) {
    const text = readText(decoder)
    return { content: { kind: 'text', text }, length: text.length }
  }
  if (contentRef === VALUES) {
    const count = decoding.readVarUint(decoder)
    const values: unknown[] = []
    for (let i = 0; i < count; i++) values.push(readJsonValue(decoder))
    return { content: { kind: 'values', values }, length: count }
  }
  throw new Unreadable('malformed', 'A struct is of no known kind.')
}

function readUnitId(decoder: decoding.Decoder): UnitId {
  const client = readExact(decoder)
  return { client, clock: readExact(decoder) }
}

/** lib0 checks before the last byte of a number only, so that it may return up to 2^60. */
function readExact(decoder: decoding.Decoder): number {
  const value = decoding.readVarUint(decoder)
  if (Number.isSafeInteger(value)) return value
  throw new Unreadable('malformed', 'A number is out of range.')
}

function readRemovals(decoder: decoding.Decoder): Map<number, number[]> {
  const removals = new Map<number, number[]>()
  const writers = decoding.readVarUint(decoder)
  for (let i = 0; i < writers; i++) {
    const client = readExact(decoder)
    const count = decoding.readVarUint(decoder)
    if (removals.has(client)) throw new Unreadable('malformed', 'A writer appears twice.')
    const ranges: number[] = []
    let end = 0
    for (let j = 0; j < count; j++) {
      const clock = decoding.readVarUint(decoder)
      const length = decoding.readVarUint(decoder)
      // Yjs always sorts and merges them. A hundred thousand ranges over the same units would each walk all of them.
      if (clock < end || length < 1) throw new Unreadable('malformed', 'Removals overlap or are empty.')
      end = clock + length
      if (end > MAX_CLOCK) throw new Unreadable('malformed', 'A length is out of range.')
      ranges.push(clock, length)
    }
    removals.set(client, ranges)
  }
  return removals
}
