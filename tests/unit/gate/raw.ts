import * as encoding from 'lib0/encoding'

/** Builds updates that no Yjs client would send, byte by byte. */

export interface RawId {
  readonly client: number
  readonly clock: number
}

export interface RawStruct {
  readonly origin?: RawId
  readonly rightOrigin?: RawId
  readonly root?: string
  readonly sub?: string
  /** Instead of a root: a struct inside a nested type. */
  readonly parent?: RawId
  readonly content: (encoder: encoding.Encoder) => number
}

export interface RawSection {
  readonly client: number
  readonly clock?: number
  readonly structs: readonly (RawStruct | ((encoder: encoding.Encoder) => void))[]
  /** A lie about how many structs follow. */
  readonly count?: number
}

export interface RawUpdate {
  readonly sections: readonly RawSection[]
  readonly removals?: readonly {
    readonly client: number
    readonly ranges: readonly (readonly [number, number])[]
  }[]
  readonly tail?: readonly number[]
}

export const values =
  (...list: readonly unknown[]): RawStruct['content'] =>
  (encoder) => {
    encoding.writeVarUint(encoder, list.length)
    for (const value of list) encoding.writeAny(encoder, value as never)
    return 8
  }

export const text =
  (content: string): RawStruct['content'] =>
  (encoder) => {
    encoding.writeVarString(encoder, content)
    return 4
  }

export const removed =
  (length: number): RawStruct['content'] =>
  (encoder) => {
    encoding.writeVarUint(encoder, length)
    return 1
  }

/** Any content by its number and its bytes. */
export const bytes =
  (ref: number, ...content: readonly number[]): RawStruct['content'] =>
  (encoder) => {
    for (const byte of content) encoding.write(encoder, byte)
    return ref
  }

export const skip =
  (length: number) =>
  (encoder: encoding.Encoder): void => {
    encoding.write(encoder, 10)
    encoding.writeVarUint(encoder, length)
  }

export const gc =
  (length: number) =>
  (encoder: encoding.Encoder): void => {
    encoding.write(encoder, 0)
    encoding.writeVarUint(encoder, length)
  }

export function rawUpdate(update: RawUpdate): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, update.sections.length)
  for (const section of update.sections) {
    encoding.writeVarUint(encoder, section.count ?? section.structs.length)
    encoding.writeVarUint(encoder, section.client)
    encoding.writeVarUint(encoder, section.clock ?? 0)
    for (const struct of section.structs) {
      if (typeof struct === 'function') struct(encoder)
      else writeStruct(encoder, struct)
    }
  }
  encoding.writeVarUint(encoder, update.removals?.length ?? 0)
  for (const { client, ranges } of update.removals ?? []) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length)
    for (const [clock, length] of ranges) {
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarUint(encoder, length)
    }
  }
  for (const byte of update.tail ?? []) encoding.write(encoder, byte)
  return encoding.toUint8Array(encoder)
}

function writeStruct(encoder: encoding.Encoder, struct: RawStruct): void {
  const content = encoding.createEncoder()
  const ref = struct.content(content)
  const { origin, rightOrigin, sub } = struct
  encoding.write(
    encoder,
    ref | (origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | (sub === undefined ? 0 : 0x20),
  )
  for (const id of [origin, rightOrigin]) if (id) writeId(encoder, id)
  if (!origin && !rightOrigin) {
    encoding.writeVarUint(encoder, struct.parent ? 0 : 1)
    if (struct.parent) writeId(encoder, struct.parent)
    else encoding.writeVarString(encoder, struct.root ?? 'items')
    if (sub !== undefined) encoding.writeVarString(encoder, sub)
  }
  encoding.writeBinaryEncoder(encoder, content)
}

function writeId(encoder: encoding.Encoder, id: RawId): void {
  encoding.writeVarUint(encoder, id.client)
  encoding.writeVarUint(encoder, id.clock)
}
