import { describe, expect, it } from 'vitest'
import {
  bandOf,
  CLOSE,
  formatReason,
  parseReason,
  retryAfterSeconds,
} from '../../../client-sdk/src/protocol/close-codes.ts'
import {
  type ClientMessage,
  encodeMessage,
  parseClientMessage,
  parseServerMessage,
  type ServerMessage,
} from '../../../client-sdk/src/protocol/messages.ts'
import { REFUSAL_CODES, type RefusalCode, refusal } from '../../../client-sdk/src/protocol/refusal.ts'
import {
  OLDEST_PROTOCOL_VERSION,
  PROTOCOL_NAME,
  PROTOCOL_VERSION,
} from '../../../client-sdk/src/protocol/version.ts'
import { seededRandom } from '../../support/seed.ts'

const refused = refusal('too-large', 'The title of "Milk" is too long.', ['items/aaaaaaaa/title'])

/** Every message with the text it has had since the first version. */
const GOLDEN: readonly [string, ServerMessage][] = [
  [
    '{"type":"welcome","protocol":1,"role":"editor","userId":"u_1"}',
    { type: 'welcome', protocol: 1, role: 'editor', userId: 'u_1' },
  ],
  [
    '{"type":"refused","refusal":{"code":"too-large","message":"The title of \\"Milk\\" is too long.",' +
      '"advice":"Split the change into smaller parts.","retryable":false,"keys":["items/aaaaaaaa/title"]}}',
    { type: 'refused', refusal: refused },
  ],
  ['{"type":"storage","state":"failing"}', { type: 'storage', state: 'failing' }],
  ['{"type":"storage","state":"recovered"}', { type: 'storage', state: 'recovered' }],
  ['{"type":"damaged","details":["missing-row 7"]}', { type: 'damaged', details: ['missing-row 7'] }],
  ['{"type":"check-result","id":3,"verdict":"same"}', { type: 'check-result', id: 3, verdict: 'same' }],
  [
    '{"type":"collisions","seq":9,"collisions":[{"kind":"items","id":"aaaaaaaa","field":"title",' +
      '"kept":{"value":"Oat milk","by":"u_1"},"other":{"value":"Soy milk","by":"u_2"}}]}',
    {
      type: 'collisions',
      seq: 9,
      collisions: [
        {
          kind: 'items',
          id: 'aaaaaaaa',
          field: 'title',
          kept: { value: 'Oat milk', by: 'u_1' },
          other: { value: 'Soy milk', by: 'u_2' },
        },
      ],
    },
  ],
  [
    '{"type":"missed-collisions","upTo":12,"collisions":[{"kind":"list","field":"icon",' +
      '"kept":{"value":null,"by":"u_1"},"other":{"value":"🛒","by":"u_2"}}]}',
    {
      type: 'missed-collisions',
      upTo: 12,
      collisions: [
        {
          kind: 'list',
          field: 'icon',
          kept: { value: null, by: 'u_1' },
          other: { value: '🛒', by: 'u_2' },
        },
      ],
    },
  ],
  ['{"type":"resync","reason":"restored"}', { type: 'resync', reason: 'restored' }],
  ['{"type":"idle-disconnect"}', { type: 'idle-disconnect' }],
]
const CHECK: ClientMessage = { type: 'check', id: 3, stateVector: 'AA==', hash: 'abc' }
const MISSED: readonly [string, ClientMessage][] = [
  ['{"type":"missed","after":7}', { type: 'missed', after: 7 }],
  ['{"type":"missed","after":null}', { type: 'missed', after: null }],
  ['{"type":"presence","visible":false}', { type: 'presence', visible: false }],
]
const CHECK_TEXT = '{"type":"check","id":3,"stateVector":"AA==","hash":"abc"}'

describe('messages', () => {
  it.each(GOLDEN)('[PROTO-1][C-20] text %s', (text, message) => {
    expect(encodeMessage(message)).toBe(text)
    expect(parseServerMessage(text)).toEqual(message)
    expect(parseClientMessage(text)).toBeNull()
  })

  it('[PROTO-1][C-20] what a client says', () => {
    for (const [text, message] of MISSED) {
      expect(encodeMessage(message)).toBe(text)
      expect(parseClientMessage(text)).toEqual(message)
      expect(parseServerMessage(text)).toBeNull()
    }
    expect(parseClientMessage('{"type":"missed","after":-1}')).toBeNull()
    expect(parseClientMessage('{"type":"presence","visible":"no"}')).toBeNull()
    expect(encodeMessage(CHECK)).toBe(CHECK_TEXT)
    expect(parseClientMessage(CHECK_TEXT)).toEqual(CHECK)
    expect(parseServerMessage(CHECK_TEXT)).toBeNull()
  })

  it('[PROTO-2][Z-05] damaged text never throws', () => {
    const random = seededRandom('messages')
    const texts = [...GOLDEN.map(([text]) => text), CHECK_TEXT, ...MISSED.map(([text]) => text)]
    let parsed = 0
    for (let i = 0; i < 10_000; i++) {
      const text = random.pick(texts)
      const at = random.int(text.length)
      const damaged =
        text.slice(0, at) + String.fromCharCode(random.int(128)) + text.slice(at + random.int(3))
      if (parseServerMessage(damaged) !== null || parseClientMessage(damaged) !== null) parsed += 1
    }
    expect(parsed).toBeGreaterThan(50)
    for (const text of ['null', '[]', '7', '""', '{}', '{"type":7}', 'x'.repeat(100_000)]) {
      expect(parseServerMessage(text)).toBeNull()
      expect(parseClientMessage(text)).toBeNull()
    }
  })

  it('[PROTO-3][C-20] the version travels in the token frame, and the oldest version served is known', () => {
    expect(PROTOCOL_NAME).toBe(`tandem/${PROTOCOL_VERSION}`)
    expect(OLDEST_PROTOCOL_VERSION).toBeLessThanOrEqual(PROTOCOL_VERSION)
  })

  it('[GATE-12] every refusal has advice, and names at most 20 places', () => {
    for (const code of Object.keys(REFUSAL_CODES) as RefusalCode[]) {
      expect(refusal(code, 'No.').advice).toMatch(/^[A-Z].*\.$/)
    }
    expect(refusal('gap', 'No.', Array(30).fill('k')).keys).toHaveLength(20)
  })
})

describe('close codes', () => {
  it('[LINK-10] 44xx stops, everything else comes back', () => {
    for (const code of [4400, 4401, 4403, 4413, 4426, 4499]) expect(bandOf(code)).toBe('stop')
    for (const code of [1000, 1006, 1012, 1013, 4205, 4399, 4500, 4501, 4503, 4529]) {
      expect(bandOf(code)).toBe('retry')
    }
  })

  it('[LINK-10] the idle timeout of Hocuspocus (4408) comes back although it looks like a stop', () => {
    expect(bandOf(4408)).toBe('retry')
    expect(Object.values(CLOSE)).not.toContain(4408)
  })

  it('[LINK-10][X-02] reasons carry code, delay and text, and unknown reasons mean: try again', () => {
    expect(parseReason(formatReason(4403, 'No access.'))).toEqual({ code: 4403, text: 'No access.' })
    expect(parseReason('permission-denied')).toEqual({ code: 4500, text: 'permission-denied' })
    expect(retryAfterSeconds('20: draining')).toBe(20)
    expect(retryAfterSeconds('draining')).toBeNull()
    expect(retryAfterSeconds(parseReason('4501 20: draining').text)).toBe(20)
    expect(formatReason(4403, 'x'.repeat(500)).length).toBeLessThanOrEqual(120)
  })
})
