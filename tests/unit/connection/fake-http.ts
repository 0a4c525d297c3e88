import * as Y from 'yjs'
import { fromBase64, toBase64 } from '../../../client-sdk/src/protocol/base64.ts'
import type { Role } from '../../../client-sdk/src/protocol/messages.ts'
import { type RefusalCode, refusal } from '../../../client-sdk/src/protocol/refusal.ts'

export interface Exchangement {
  readonly listId: string
  readonly token: string
  readonly update: Uint8Array | null
  /** Nothing had happened since the position it was asked with. */
  readonly isIdle: boolean
}

/** A server at the seam of `fetch`: one document for each list, and whatever goes wrong on the way in the test's hand. */
export class FakeHttp {
  readonly exchanges: Exchangement[] = []
  role: Role = 'editor'
  /** Answers instead of the server; null: the server answers. */
  fault: (listId: string) => Response | null = () => null
  /** Nobody answers at all. */
  isDown = false
  /** Judges each update before it is applied; null accepts it. */
  judge: (update: Uint8Array) => RefusalCode | null = () => null
  /** Requests wait here while it is set. */
  gate: Promise<void> | null = null
  /** What the server has stored, and lost the answer to. */
  losesNextAnswer = false
  readonly #docs = new Map<string, Y.Doc>()
  readonly #heads = new Map<string, number>()

  doc(listId: string): Y.Doc {
    const known = this.#docs.get(listId)
    if (known !== undefined) return known
    const doc = new Y.Doc()
    doc.on('update', () => this.#heads.set(listId, this.#head(listId) + 1))
    this.#docs.set(listId, doc)
    return doc
  }

  keys(listId: string): string[] {
    return [...this.doc(listId).getMap('items').keys()].sort()
  }

  readonly fetch: typeof fetch = async (input, init) => {
    if (this.isDown) throw new TypeError('Failed to fetch')
    const { pathname } = new URL(String(input))
    if (pathname === '/api/v1/auth/methods') return Response.json({})
    const listId = /^\/api\/v1\/lists\/([^/]+)\/sync$/.exec(pathname)?.[1]
    if (listId === undefined) return Response.json({ code: 'no-such-route' }, { status: 404 })
    if (this.gate !== null) await this.gate
    return this.#sync(listId, init)
  }

  #head(listId: string): number {
    return this.#heads.get(listId) ?? 0
  }

  #sync(listId: string, init: RequestInit | undefined): Response {
    const token = new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? ''
    const body = JSON.parse(String(init?.body)) as { stateVector: string; update?: string; seq?: number }
    const update = fromBase64(body.update)
    const isIdle = update === null && body.seq === this.#head(listId)
    this.exchanges.push({ listId, token, update, isIdle })
    const fault = this.fault(listId)
    if (fault !== null) return fault
    const doc = this.doc(listId)
    const code = update === null ? null : this.judge(update)
    if (update !== null && code === null) Y.applyUpdate(doc, update)
    if (this.losesNextAnswer) {
      this.losesNextAnswer = false
      throw new TypeError('Failed to fetch')
    }
    const lacking = Y.encodeStateAsUpdate(doc, fromBase64(body.stateVector) ?? new Uint8Array([0]))
    return Response.json({
      update: isIdle ? 'AAA=' : toBase64(lacking),
      stateVector: isIdle ? null : toBase64(Y.encodeStateVector(doc)),
      seq: this.#head(listId),
      role: this.role,
      authorId: 'u_1',
      settings: { editorsMayShare: false },
      refusal: code === null ? null : refusalOf(code),
    })
  }
}

function refusalOf(code: RefusalCode): object {
  return { ...refusal('read-only', 'Not this.', ['items/a']), code }
}

export function problem(status: number, fields: object = {}, headers: Record<string, string> = {}): Response {
  const body = { title: 'No.', ...fields }
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } })
}
