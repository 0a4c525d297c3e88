import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeFrame, encodeFrame, type Frame } from '../../../client-sdk/src/protocol/frames.ts'
import { closeFrame, inSession, route } from '../../../client-sdk/src/tabs/session-address.ts'

const LIST = '11111111-1111-4111-8111-111111111111'
const session = fc.stringMatching(/^[a-z0-9-]{1,64}$/)
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ type: fc.constant('update' as const), update: fc.uint8Array() }),
  fc.record({ type: fc.constant('stateless' as const), payload: fc.string() }),
  fc.record({ type: fc.constant('token' as const), token: fc.string(), version: fc.constant('tandem/1') }),
  fc.record({ type: fc.constant('close' as const), reason: fc.constant(null) }),
)

it('[TABS-1] a frame that goes into a session and comes out of it is the same frame', () => {
  fc.assert(
    fc.property(session, frame, (name, one) => {
      const bytes = encodeFrame(LIST, one)
      const out = route(bytes)
      if (out === null) throw new Error('not routed')
      expect(out).toMatchObject({ session: '', name: LIST })
      const there = inSession(out, name)
      expect(decodeFrame(there)?.address).toBe(`${LIST}\0${name}`)
      const back = route(there)
      expect(back).toMatchObject({ session: name, name: LIST, kind: out.kind })
      expect(back?.frame).toEqual(bytes)
    }),
  )
})

it('[TABS-1] what opens and ends a list is told apart, and whatever is no frame of ours belongs to nobody', () => {
  const kindOf = (one: Frame) => route(encodeFrame(LIST, one))?.kind
  expect(kindOf({ type: 'token', token: 't', version: null })).toBe('opens')
  expect(kindOf({ type: 'denied', reason: '4403 No.' })).toBe('ends')
  expect(kindOf({ type: 'authenticated', readOnly: false })).toBeNull()
  expect(kindOf({ type: 'awareness', update: new Uint8Array([0]) })).toBe('presence')
  expect(decodeFrame(closeFrame(LIST, 'a-1'))).toEqual({
    address: `${LIST}\0a-1`,
    frame: { type: 'close', reason: null },
  })
  expect(route(new Uint8Array([9]))).toBeNull()
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void route(bytes)))
})
