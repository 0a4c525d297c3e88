import { IncomingMessage, OutgoingMessage } from '@hocuspocus/server'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame, type Frame } from '../../../client-sdk/src/protocol/frames.ts'
import { seededRandom } from '../../support/seed.ts'

const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex')
const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))

const EMPTY_DOC = new Uint8Array([0])
const UPDATE = unhex('01 01 01 00 28 01 01 6d 01 6b 01 7d 01 00')

/** Every frame with the bytes it has had since the first version. A change here breaks every client in use. */
const GOLDEN: readonly [string, Frame][] = [
  ['04746f646f 02 00 02746b 0874616e64656d2f31', { type: 'token', token: 'tk', version: 'tandem/1' }],
  ['04746f646f 02 00 02746b', { type: 'token', token: 'tk', version: null }],
  ['04746f646f 02 00', { type: 'token-request' }],
  ['04746f646f 02 01 0434343033', { type: 'denied', reason: '4403' }],
  ['04746f646f 02 02 08726561646f6e6c79', { type: 'authenticated', readOnly: true }],
  ['04746f646f 02 02 0a726561642d7772697465', { type: 'authenticated', readOnly: false }],
  ['04746f646f 00 00 01 00', { type: 'step-1', stateVector: EMPTY_DOC }],
  ['04746f646f 00 01 02 0000', { type: 'step-2', update: new Uint8Array([0, 0]) }],
  [`04746f646f 00 02 0e ${hex(UPDATE)}`, { type: 'update', update: UPDATE }],
  ['04746f646f 08 01', { type: 'sync-status', saved: true }],
  ['04746f646f 08 00', { type: 'sync-status', saved: false }],
  ['04746f646f 01 03 010203', { type: 'awareness', update: unhex('010203') }],
  ['04746f646f 03', { type: 'query-awareness' }],
  ['04746f646f 05 027b7d', { type: 'stateless', payload: '{}' }],
  ['04746f646f 07', { type: 'close', reason: null }],
  ['04746f646f 07 03627965', { type: 'close', reason: 'bye' }],
  ['09', { type: 'ping' }],
  ['0a', { type: 'pong' }],
]

describe('frames', () => {
  it.each(GOLDEN)('[PROTO-1][C-20] bytes %s', (bytes, frame) => {
    const address = frame.type === 'ping' || frame.type === 'pong' ? '' : 'todo'
    expect(hex(encodeFrame(address, frame))).toBe(bytes.replaceAll(' ', ''))
    expect(decodeFrame(unhex(bytes))).toEqual({ address, frame })
  })

  it('[PROTO-1] what Hocuspocus writes is read, and what we write Hocuspocus reads', () => {
    expect(decodeFrame(new OutgoingMessage('todo').writeAuthenticated(true).toUint8Array())?.frame).toEqual({
      type: 'authenticated',
      readOnly: true,
    })
    expect(decodeFrame(new OutgoingMessage('todo').writeSyncStatus(false).toUint8Array())?.frame).toEqual({
      type: 'sync-status',
      saved: false,
    })
    expect(decodeFrame(new OutgoingMessage('todo').writeCloseMessage('gone').toUint8Array())?.frame).toEqual({
      type: 'close',
      reason: 'gone',
    })
    const read = new IncomingMessage(encodeFrame('todo', { type: 'update', update: UPDATE }))
    expect([read.readVarString(), read.readVarUint(), read.readVarUint()]).toEqual(['todo', 0, 2])
    expect(new Uint8Array(read.readVarUint8Array())).toEqual(UPDATE)
  })

  it('[PROTO-2][Z-05] no prefix of a frame is taken for a whole one, and none throws', () => {
    // A shorter body is a valid frame of its own where the rest is optional.
    const optional = new Set(['token', 'close'])
    let cut = 0
    for (const [bytes, frame] of GOLDEN) {
      const whole = unhex(bytes)
      for (let length = 0; length < whole.length; length++) {
        const decoded = decodeFrame(whole.subarray(0, length))
        if (!optional.has(frame.type)) expect(decoded).toBeNull()
        cut += 1
      }
    }
    expect(cut).toBeGreaterThan(100)
  })

  it('[PROTO-2][Z-05] random and damaged bytes never throw', () => {
    const random = seededRandom('frames')
    let understood = 0
    for (let i = 0; i < 20_000; i++) {
      const data =
        i % 2 === 0
          ? new Uint8Array(random.int(40)).map(() => random.int(256))
          : unhex(random.pick(GOLDEN)[0]).map((byte) => (random.next() < 0.1 ? random.int(256) : byte))
      if (decodeFrame(data) !== null) understood += 1
    }
    expect(understood).toBeGreaterThan(1_000)
  })

  it('[PROTO-2] a length that points beyond the end is not a frame', () => {
    expect(decodeFrame(unhex('04746f646f 00 02 ff01 0000'))).toBeNull()
    expect(decodeFrame(unhex('ff 746f'))).toBeNull()
    expect(decodeFrame(unhex('04746f646f 00 02 ffffffffffffffffffff01'))).toBeNull()
  })

  it('[PROTO-3][B-20] fields that a later version appends are ignored, and its frame types are not frames', () => {
    expect(decodeFrame(unhex('04746f646f 08 01 ffff'))?.frame).toEqual({ type: 'sync-status', saved: true })
    expect(decodeFrame(unhex('04746f646f 02 02 046e6f6e65'))?.frame).toEqual({
      type: 'authenticated',
      readOnly: true,
    })
    expect(decodeFrame(unhex('04746f646f 2a 00'))).toBeNull()
  })

  it('[PROTO-4][E-14] a frame adds no more than the list id and five bytes to an update', () => {
    const listId = '3f0c9d1e-6f0a-4b4e-9a35-0d6b6f7f3b55'
    const frame = encodeFrame(listId, { type: 'update', update: UPDATE })
    expect(frame.length - UPDATE.length - listId.length).toBeLessThanOrEqual(5)
  })
})
