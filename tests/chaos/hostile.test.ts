import { authorOf, checkEntry, contentHash, isRecordKind, parsePlace } from '@tandem/client-sdk/model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { isLong } from '../support/long.ts'
import { createList, type Guest, giveRole, guest } from '../support/people.ts'
import { type FreshDatabase, freshDatabase, withClient } from '../support/postgres.ts'
import { RawClient } from '../support/raw-client.ts'
import { seededRandom } from '../support/seed.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { attempt, hostileFrame, strangeUpdate, updateOf } from './hostile.ts'

const FRAMES = isLong ? 20_000 : 5_000
const ATTACKERS = 8
const AT = 1_700_000_000_000

describe('a member with a hostile client', () => {
  let database: FreshDatabase
  let server: RunningServer
  let alice: Guest
  let mallory: Guest
  let listId = ''
  beforeAll(async () => {
    database = await freshDatabase()
    server = await startServer({ databaseUrl: database.url })
    alice = await guest(server.url, 'Alice')
    mallory = await guest(server.url, 'Mallory')
  })
  afterAll(async () => {
    expect(server.exitCode(), 'the process is alive').toBeNull()
    await server.stop()
    await database.drop()
  })

  const connect = (who: Guest, document?: Y.Doc): RawClient =>
    new RawClient({
      url: `${server.wsUrl}/sync`,
      token: who.token,
      listId,
      ...(document === undefined ? {} : { document }),
    })

  const newList = async (): Promise<void> => {
    listId = (await createList(server.url, alice.token, { title: 'Groceries' })).id
    await giveRole(server.url, alice.token, { listId, userId: mallory.userId, role: 'editor' })
    const client = connect(alice)
    await client.synced
    for (let n = 0; n < 5; n++) {
      client.document
        .getMap('items')
        .set(`honest-item-${n}`, { title: `Item ${n}`, order: 'a0V', by: alice.userId, at: AT })
    }
    await until(() => client.unanswered === 0, { what: 'the first items to be saved' })
    client.drop()
  }

  const rows = (): Promise<string[]> =>
    withClient(database.url, async (client) => {
      const found = await client.query<{ actor_id: string }>(
        'SELECT actor_id FROM list_updates WHERE list_id = $1 ORDER BY seq',
        [listId],
      )
      return found.rows.map((row) => row.actor_id)
    })

  interface Witness {
    readonly client: RawClient
    /** What came from others since the witness was in. */
    readonly received: Uint8Array[]
    readonly before: { readonly rows: readonly string[]; readonly copy: Y.Snapshot; readonly hash: string }
  }

  /** A member who only looks on. */
  const witness = async (): Promise<Witness> => {
    const client = connect(alice)
    await client.synced
    await until(() => client.unanswered === 0, { what: 'the handshake to be answered' })
    const received: Uint8Array[] = []
    client.document.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === client) received.push(update)
    })
    const copy = Y.snapshot(client.document)
    return { client, received, before: { rows: await rows(), copy, hash: contentHash(client.document) } }
  }

  /**
   * Neither the log, nor the server's document, nor the witness got anything of the attack. That nothing came can only be
   * said of a time: until an honest edit, made after the attack, has gone the same way.
   */
  const expectUntouched = async ({ client, received, before }: Witness): Promise<void> => {
    const newcomer = connect(alice)
    await newcomer.synced
    await until(() => newcomer.unanswered === 0, { what: 'the handshake to be answered' })
    expect(contentHash(newcomer.document), 'what a newcomer is shown').toBe(before.hash)
    expect(Y.equalSnapshots(Y.snapshot(newcomer.document), before.copy), 'what a newcomer is sent').toBe(true)
    newcomer.document.getMap('items').set('after-item-1', item(alice.userId))
    const isOut = (): boolean => client.denied !== null || client.closed !== null
    const isShown = (): boolean => client.document.getMap('items').has('after-item-1')
    await until(() => isOut() || (newcomer.unanswered === 0 && isShown()), {
      what: 'an honest edit to be saved and shown after the attack',
    })
    expect(client.denied ?? client.closed, 'why the witness was cut off').toBeNull()
    expect(received, 'updates that the witness was sent').toHaveLength(1)
    expect(client.document.store.pendingStructs ?? client.document.store.pendingDs).toBeNull()
    expect(await rows(), 'authors in the log').toEqual([...before.rows, alice.userId])
    client.document.getMap('items').set('after-item-2', item(alice.userId))
    await until(() => newcomer.document.getMap('items').has('after-item-2'), {
      what: 'an edit of the witness to be shown',
    })
    newcomer.drop()
    client.drop()
  }

  const item = (by: string, extra: object = {}): object => ({
    title: 'x',
    order: 'a0V',
    by,
    at: AT,
    ...extra,
  })
  const set = (root: string, key: string, value: unknown) => (document: Y.Doc) =>
    void document.getMap(root).set(key, value)

  const cases: [string, string, (mallory: string) => (client: RawClient) => Uint8Array][] = [
    [
      '[GATE-2][Z-05] bytes that are no update',
      'malformed',
      () => () => Uint8Array.of(1, 2, 3, 255, 255, 255, 255),
    ],
    [
      '[GATE-2][Z-05] a truncated update',
      'malformed',
      (me) => (c) => updateOf(c, set('items', 'new-item-1', item(me))).subarray(0, 20),
    ],
    [
      '[GATE-5][Z-06] an unknown root',
      'unknown-root',
      () => (c) => updateOf(c, set('secrets', 'new-item-1', 1)),
    ],
    [
      '[GATE-5][Z-06] an unknown field',
      'unknown-field',
      (me) => (c) => updateOf(c, set('items', 'honest-item-1/colour', ['red', me, AT])),
    ],
    [
      '[GATE-5][Z-06] a value of the wrong type',
      'wrong-type',
      (me) => (c) => updateOf(c, set('items', 'honest-item-1/done', ['yes', me, AT])),
    ],
    [
      '[GATE-5][Z-06] a nested type where a value belongs',
      'wrong-type',
      () => (c) => updateOf(c, set('items', 'honest-item-1/title', new Y.Map())),
    ],
    [
      '[GATE-6][Z-02][Z-06] somebody else as the author',
      'forged-author',
      () => (c) => updateOf(c, set('items', 'honest-item-1/done', [true, 'u_someoneelse', AT])),
    ],
    [
      '[GATE-7] a key taken away',
      'key-removed',
      () => (c) => updateOf(c, (d) => d.getMap('items').delete('honest-item-1')),
    ],
    [
      '[GATE-8] a second creation record',
      'already-created',
      (me) => (c) => updateOf(c, set('items', 'honest-item-1', item(me))),
    ],
    [
      '[GATE-5][Z-12][Z-06] a title of 100,001 characters',
      'too-large',
      (me) => (c) => updateOf(c, set('items', 'honest-item-1/title', ['x'.repeat(100_001), me, AT])),
    ],
  ]

  it.each(cases)(
    '%s is refused as %s: nothing is written, nobody else sees it',
    async (_title, code, make) => {
      await newList()
      const looking = await witness()
      const answer = await attempt(
        { url: `${server.wsUrl}/sync`, token: mallory.token, listId },
        make(mallory.userId),
      )
      expect(answer.code).toBe(code)
      expect(answer.accepted).not.toBe(true)
      await expectUntouched(looking)
    },
  )

  it('[GATE-4][Z-06] other content under a (client, clock) that was used is refused, and every copy stays equal', async () => {
    await newList()
    const looking = await witness()
    const used = [...looking.client.document.store.clients.keys()][0] ?? 0
    const answer = await attempt({ url: `${server.wsUrl}/sync`, token: mallory.token, listId }, () => {
      const forged = new Y.Doc()
      forged.clientID = used
      forged.getMap('items').set('forged-item', item(mallory.userId))
      return Y.encodeStateAsUpdate(forged)
    })
    expect(answer).toMatchObject({ code: 'clock-reused', accepted: false })
    await expectUntouched(looking)
  })

  it('[GATE-3] a gap asks for a new handshake instead of waiting for what never comes', async () => {
    await newList()
    const looking = await witness()
    const answer = await attempt({ url: `${server.wsUrl}/sync`, token: mallory.token, listId }, () => {
      const other = new Y.Doc()
      other.getMap('items').set('first-item-1', item(mallory.userId))
      const seen = Y.encodeStateVector(other)
      other.getMap('items').set('second-item-2', item(mallory.userId))
      return Y.encodeStateAsUpdate(other, seen)
    })
    expect(answer).toMatchObject({ code: 'gap', accepted: false })
    await expectUntouched(looking)
  })

  it('[SOCK-2][V-16][Z-12] a 10 MB title and a 100 MB frame end their own connection and nothing else', async () => {
    await newList()
    const looking = await witness()
    for (const megabytes of [10, 100]) {
      const attacker = connect(mallory)
      await attacker.synced
      const payload =
        megabytes === 10
          ? updateOf(
              attacker,
              set('items', 'big-item-1', item(mallory.userId, { title: 'x'.repeat(10_000_000) })),
            )
          : new Uint8Array(100_000_000)
      attacker.sendUpdate(payload)
      await until(() => attacker.closed !== null, {
        timeoutMs: 20_000,
        what: `the ${megabytes} MB sender to be cut off`,
      })
    }
    await expectUntouched(looking)
  })

  it(`[SOCK-1][GATE-1][Z-05][Z-06][W-24] ${FRAMES.toLocaleString('en')} hostile frames: alive, others served, and the list still keeps its format`, async () => {
    await newList()
    const random = seededRandom('hostile-frames')
    const honest = connect(alice)
    await honest.synced
    let sent = 0
    let connections = 0
    let added = 0
    const attack = async (): Promise<void> => {
      let attacker: RawClient | null = null
      while (sent < FRAMES) {
        if (attacker === null || attacker.socket.readyState !== WebSocket.OPEN || attacker.denied !== null) {
          attacker?.drop()
          connections++
          attacker = connect(mallory)
          await attacker.synced
        }
        const { pongs } = attacker
        const current = attacker
        attacker.sendBytes(hostileFrame(random, listId, strangeUpdate(random, mallory.userId)))
        sent++
        // The answer to the ping says that the frame before it was taken in, so that every frame counts.
        attacker.socket.ping()
        await until(() => current.pongs > pongs || current.closed !== null || current.denied !== null, {
          what: 'the server to have taken the frame',
        })
      }
      attacker?.drop()
    }
    const edit = async (): Promise<void> => {
      while (sent < FRAMES) {
        honest.document.getMap('items').set(`during-item-${added++}`, item(alice.userId))
        const enough = Math.min(FRAMES, sent + FRAMES / 40)
        await until(() => honest.unanswered === 0, { what: 'an honest edit to be saved meanwhile' })
        // How fast the attack gets on is the machine's business.
        await until(() => sent >= enough, { what: 'the attack to go on', timeoutMs: 60_000 })
      }
    }
    await Promise.all([...Array.from({ length: ATTACKERS }, attack), edit()])
    expect(server.exitCode()).toBeNull()
    expect(honest.closed).toBeNull()

    const newcomer = connect(alice)
    await newcomer.synced
    const document = newcomer.document
    // The gate's own schema, held against what is there and not against what was sent.
    const people: (string | null)[] = [alice.userId, mallory.userId]
    for (const root of document.share.keys()) {
      const isMap = isRecordKind(root) || root === 'list'
      const entries: [string | null, unknown][] = isMap ? [...document.getMap(root)] : [[null, '']]
      for (const [key, value] of entries) {
        const place = parsePlace(root, key)
        if (place === null) expect.unreachable(`${root} ${key} is no place of a list`)
        if (key === null) continue
        expect(checkEntry(place, value), `${root} ${key}`).toBeNull()
        expect(people, `${root} ${key}`).toContain(authorOf(place, value))
      }
    }
    expect(document.store.pendingStructs).toBeNull()
    for (let n = 0; n < added; n++) expect(document.getMap('items').has(`during-item-${n}`)).toBe(true)
    expect(added).toBeGreaterThan(10)
    console.log(
      `${sent} hostile frames over ${connections} connections; ${added} honest edits saved meanwhile`,
    )
    newcomer.drop()
    honest.drop()
  }, 180_000)
})
