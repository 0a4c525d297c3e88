import { crc32 } from 'node:zlib'

/**
 * The seed of all checksums of one list: bytes that end up under another list are damage too.
 *
 * Not seeded with `seq`, because PostgreSQL allots it after the checksum is made.
 */
export function checksumSeed(listId: string): number {
  return crc32(listId)
}

/** CRC-32 as the signed number an `integer` column holds. Finds flipped bytes; it is no defence against a forger. */
export function checksum(seed: number, data: Uint8Array): number {
  return crc32(data, seed) | 0
}
