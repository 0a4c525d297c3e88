import { parseServerMessage } from '@tandem/client-sdk/protocol'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { RawClient } from '../support/raw-client.ts'
import type { SeededRandom } from '../support/seed.ts'
import { until } from '../support/until.ts'

/** What became of one batch that a client had no right, or no sense, to send. */
export interface Answer {
  readonly accepted: boolean | null
  /** The refusal's code, its close code, or null when the server said nothing. */
  readonly code: string | null
  readonly keys: readonly string[]
}

/** Sends one update on a connection of its own and reports what came back. */
export async function attempt(
  o: { url: string; token: string; listId: string; document?: Y.Doc },
  make: (client: RawClient) => Uint8Array,
): Promise<Answer> {
  let accepted: boolean | null = null
  let isSent = false
  const client = new RawClient({
    ...o,
    onAck: (yes) => {
      if (isSent) accepted = yes
    },
  })
  await client.synced
  await until(() => client.unanswered === 0, { what: 'the handshake to be answered' })
  const update = make(client)
  isSent = true
  client.sendUpdate(update)
  await until(() => accepted !== null || client.closed !== null || client.denied !== null, {
    what: 'an answer',
  })
  const refusals = client.messages.map(parseServerMessage).filter((m) => m?.type === 'refused')
  const last = refusals.at(-1)
  const code =
    last?.type === 'refused' ? last.refusal.code : (client.denied ?? client.closed?.code.toString() ?? null)
  client.drop()
  return { accepted, code, keys: last?.type === 'refused' ? last.refusal.keys : [] }
}

/** The update that `change` makes on a copy of the client's document, without touching it. */
export function updateOf(
  client: RawClient,
  change: (document: Y.Doc) => void,
  clientId?: number,
): Uint8Array {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(client.document))
  if (clientId !== undefined) copy.clientID = clientId
  const before = Y.encodeStateVector(copy)
  change(copy)
  return Y.encodeStateAsUpdate(copy, before)
}

/**
 * A well-formed update of a writer of its own; one in five says only what an editor may say. Random bytes
 * alone hardly ever make a readable update whose value does not belong, and a second one of the same writer is refused for that alone.
 */
export function strangeUpdate(random: SeededRandom, me: string): Uint8Array {
  const document = new Y.Doc()
  document.clientID = random.int(2 ** 32)
  const at = 1_700_000_000_000
  const item = `honest-item-${random.int(5)}`
  const rest = random.pick([
    '/title',
    '/title',
    '/done',
    '/due',
    '/priority',
    '/colour',
    '/labels/x',
    '/',
    '//',
  ])
  const honest = ['Oat milk', me, at]
  const strange = (): unknown => {
    const one = random.pick([
      null,
      true,
      -1,
      0.5,
      'x',
      '',
      '2026-13-45',
      [],
      {},
      ['Oat milk'],
      'y'.repeat(20_000),
    ])
    return random.pick([
      one,
      [one],
      [one, me],
      [one, me, at],
      [one, me, 'now'],
      [one, me, at, 1],
      { by: me, at },
    ])
  }
  const isHonest = random.int(5) === 0
  const [key, value] = isHonest ? [`${item}/title`, honest] : [`${item}${rest}`, strange()]
  document
    .getMap(isHonest ? 'items' : random.pick(['items', 'items', 'labels', 'list', 'other']))
    .set(key, value)
  return Y.encodeStateAsUpdate(document)
}

/** One frame of nonsense, of one of the kinds that have broken servers like this one. */
export function hostileFrame(random: SeededRandom, listId: string, honest: Uint8Array): Uint8Array {
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.int(256))
  const frame = (name: string, body: (e: encoding.Encoder) => void): Uint8Array => {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, name)
    body(encoder)
    return encoding.toUint8Array(encoder)
  }
  const mutated = (source: Uint8Array, times: number): Uint8Array => {
    const copy = source.slice()
    for (let n = 0; n < times; n++) copy[random.int(copy.length)] = random.int(256)
    return copy
  }
  const update = (payload: Uint8Array): Uint8Array =>
    frame(listId, (e) => {
      encoding.writeVarUint(e, 0)
      encoding.writeVarUint(e, 2)
      encoding.writeVarUint8Array(e, payload)
    })
  switch (random.int(9)) {
    case 0:
      return bytes(1 + random.int(200))
    case 1:
      return update(bytes(random.int(300)))
    case 2:
      return update(honest.subarray(0, random.int(honest.length)))
    case 3:
      return update(mutated(honest, random.int(4)))
    case 4:
      return mutated(update(honest), 1 + random.int(4))
    case 5: {
      const whole = update(honest)
      return whole.subarray(0, random.int(whole.length))
    }
    case 6:
      return frame(
        random.pick(['__proto__', 'constructor', 'toString', '', '\0', `${listId}\0x`, 'a'.repeat(5000)]),
        (e) => {
          encoding.writeVarUint(e, random.int(12))
          encoding.writeVarUint(e, random.int(4))
          encoding.writeVarUint8Array(e, bytes(random.int(40)))
        },
      )
    case 7:
      // A length of up to 2^53 in front of a few bytes.
      return frame(listId, (e) => {
        encoding.writeVarUint(e, random.int(4))
        encoding.writeVarUint(e, random.int(3))
        encoding.writeVarUint(e, Math.floor(random.next() * Number.MAX_SAFE_INTEGER))
        encoding.writeUint8Array(e, bytes(8))
      })
    default:
      return frame(listId, (e) => {
        encoding.writeVarUint(e, random.int(300))
        encoding.writeUint8Array(e, bytes(random.int(60)))
      })
  }
}
