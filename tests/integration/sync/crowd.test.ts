import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { decodeFrame, encodeFrame } from '../../../client-sdk/src/protocol/frames.ts'
import { createList, giveRole, guest } from '../../support/people.ts'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { addItem } from './clients.ts'

const PEOPLE = 60
const TYPISTS = 20
const TYPED_MS = 3_000

let server: RunningServer
const crowd: Onlooker[] = []

beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  for (const one of crowd.splice(0)) one.leave()
  await server.stop()
})

/** Somebody of whom only presence is of interest, and who counts the frames of it. */
class Onlooker {
  readonly awareness = new Awareness(new Y.Doc())
  readonly opened: Promise<void>
  frames = 0
  readonly #socket: WebSocket
  readonly #listId: string

  constructor(listId: string, token: string) {
    this.#listId = listId
    this.#socket = new WebSocket(`${server.wsUrl}/sync`, { perMessageDeflate: false })
    this.#socket.on('error', () => undefined)
    this.#socket.on('open', () =>
      this.#socket.send(encodeFrame(listId, { type: 'token', token, version: 'tandem/1' })),
    )
    this.opened = new Promise((resolve, reject) => {
      this.#socket.on('close', (code, reason) => reject(new Error(`${code} ${reason}`)))
      this.#socket.on('message', (data: Buffer) => {
        const frame = decodeFrame(data)?.frame
        if (frame?.type === 'authenticated') resolve()
        if (frame?.type === 'denied') reject(new Error(frame.reason))
        if (frame?.type !== 'awareness') return
        this.frames += 1
        applyAwarenessUpdate(this.awareness, frame.update, this)
      })
    })
  }

  /** Presence that is not renewed is over after half a minute, and machines can be slow. */
  readonly #renewal = setInterval(() => this.say(this.awareness.getLocalState() ?? {}), 10_000)

  say(state: Record<string, unknown>): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    this.awareness.setLocalState(state)
    const update = encodeAwarenessUpdate(this.awareness, [this.awareness.clientID])
    this.#socket.send(encodeFrame(this.#listId, { type: 'awareness', update }))
  }

  /** What this one sees, in a form that can be compared. */
  picture(): string {
    const states = [...this.awareness.getStates()].sort(([a], [b]) => a - b)
    return JSON.stringify(states.map(([id, { user, ...doing }]) => [id, doing]))
  }

  leave(): void {
    clearInterval(this.#renewal)
    this.#socket.terminate()
    this.awareness.destroy()
  }
}

it('[PRES-5][R-09][R-10] in a crowd everybody receives at most ten frames of presence a second, all end with the same picture, and who leaves is gone', async () => {
  const [ann, ...others] = await Promise.all(['Ann', 'Ben', 'Cleo'].map((name) => guest(server.url, name)))
  if (ann === undefined) throw new Error('nobody')
  const { id: listId } = await createList(server.url, ann.token, { title: 'Groceries' })
  for (const { userId } of others) await giveRole(server.url, ann.token, { listId, userId, role: 'editor' })
  const tokens = [ann, ...others].map(({ token }) => token)
  for (let i = 0; i < PEOPLE; i++) crowd.push(new Onlooker(listId, tokens[i % 3] ?? ''))
  await Promise.all(crowd.map((one) => one.opened))
  for (const [i, one] of crowd.entries()) one.say({ viewing: null, n: i })
  const everybody = () => crowd.every((one) => one.awareness.getStates().size === crowd.length)
  await until(everybody, { what: 'everybody sees everybody', timeoutMs: 20_000 })

  for (const one of crowd) one.frames = 0
  const startedMs = performance.now()
  let changes = 0
  // Five changes a second each, never two in the same moment.
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.floor(((performance.now() - startedMs) * TYPISTS * 5) / 1_000)
      for (; changes < due; changes++)
        crowd[changes % TYPISTS]?.say({ viewing: null, editing: `item-${changes}` })
      if (performance.now() - startedMs < TYPED_MS) return
      clearInterval(timer)
      resolve()
    }, 10)
  })
  // An edit in the middle of all this does not wait for it.
  const writer = new RawClient({ url: `${server.wsUrl}/sync`, token: ann.token, listId })
  await writer.synced
  addItem(writer.document, ann.userId, 'Milk')
  await until(() => writer.unanswered === 0)

  await until(() => new Set(crowd.map((one) => one.picture())).size === 1, {
    what: 'one picture',
    timeoutMs: 20_000,
  })
  const seconds = (performance.now() - startedMs) / 1_000
  const most = Math.max(...crowd.map((one) => one.frames))
  expect(most).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 2)

  const gone = crowd.splice(0, TYPISTS)
  for (const one of gone) one.leave()
  await until(everybody, { what: 'who left is gone', timeoutMs: 20_000 })
}, 60_000)
