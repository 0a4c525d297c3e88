import { expect, it } from 'vitest'
import { valueOrThrow } from '../../../client-sdk/src/client/faults.ts'
import { createRequest, type RequestSpec } from '../../../client-sdk/src/client/request.ts'
import { ClientError } from '../../../client-sdk/src/errors.ts'
import { FakeEnvironment } from '../connection/fake-environment.ts'

type Answerer = (opId: string | null, attempt: number) => Response | Promise<Response>

const WRITE: RequestSpec<unknown> = {
  method: 'POST',
  path: '/lists/x/links',
  body: { role: 'editor' },
  parse: (json) => json,
}
const READ: RequestSpec<unknown> = { method: 'GET', path: '/lists', parse: (json) => json }

function server(answer: Answerer) {
  const environment = new FakeEnvironment()
  const opIds: (string | null)[] = []
  const tokens: string[] = []
  const request = createRequest({
    url: 'https://lists.example',
    fetch: async (_url, init) => {
      const headers = new Headers(init?.headers)
      tokens.push(headers.get('authorization') ?? '')
      opIds.push(headers.get('client-op-id'))
      return answer(headers.get('client-op-id'), opIds.length)
    },
    token: async (why) => why,
    setTimer: (callback, ms) => environment.setTimer(callback, ms),
  })
  return { environment, opIds, tokens, request }
}

const lost = (): never => {
  throw new TypeError('Failed to fetch')
}
const problem = (status: number, body: object, headers = {}): Response =>
  Response.json(body, { status, headers })

it('[SDKA-17][C-04] a write whose answer is lost is asked again once, under the same operation id', async () => {
  const { request, opIds } = server((_opId, attempt) => (attempt === 1 ? lost() : Response.json({ id: 1 })))
  expect(await request(WRITE)).toEqual({ outcome: 'ok', value: { id: 1 } })
  expect(opIds).toHaveLength(2)
  expect(opIds[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect(opIds[1]).toBe(opIds[0])
  const other = server(lost)
  expect((await other.request(WRITE)).outcome).toBe('unreachable')
  expect(other.opIds).toHaveLength(2)
})

it('[SDKA-17] a read carries no operation id and is not repeated; nor is a write that the server could not recognise', async () => {
  const { request, opIds } = server(lost)
  await request(READ)
  expect(opIds).toEqual([null])
  await request({ ...WRITE, isRepeatable: false })
  expect(opIds).toHaveLength(2)
})

it('[SDKA-17] while the server is still busy with the first try, the second waits for its answer', async () => {
  const { environment, request, opIds } = server((_opId, attempt) => {
    if (attempt === 1) return lost()
    return attempt < 4 ? problem(409, { code: 'op-in-progress', title: 'Busy.' }) : Response.json({ id: 1 })
  })
  const asked = request(WRITE)
  for (let i = 0; i < 10; i++) {
    await new Promise((resolve) => setImmediate(resolve))
    await environment.advance(1_000)
  }
  expect(await asked).toEqual({ outcome: 'ok', value: { id: 1 } })
  expect(new Set(opIds).size).toBe(1)
})

it('[SDKA-17] a token that is refused is renewed once', async () => {
  const { request, tokens } = server((_opId, attempt) =>
    attempt === 1 ? problem(401, { code: 'unauthenticated' }) : Response.json({}),
  )
  expect((await request(WRITE)).outcome).toBe('ok')
  expect(tokens).toEqual(['Bearer start', 'Bearer expired'])
})

it.each([
  [403, 'not-allowed', 'not-allowed'],
  [403, 'access-ended', 'access-revoked'],
  [403, 'wrong-password', 'wrong-password'],
  [404, 'no-such-member', 'not-found'],
  [404, 'no-such-link', 'link-over'],
  [410, 'link-over', 'link-over'],
  [400, 'validation-error', 'invalid'],
  [409, 'owner-is-fixed', 'not-allowed'],
  [503, 'storage-unavailable', 'network'],
] as const)(
  '[SDKA-17] %i %s is the error "%s", in the server’s words where it refused',
  async (status, code, expected) => {
    const { request } = server(() => problem(status, { code, title: 'No.', detail: 'Because.' }))
    const error = await request(READ)
      .then(valueOrThrow)
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ClientError)
    expect(error).toMatchObject({ code: expected, ...(status === 503 ? {} : { message: 'Because.' }) })
  },
)

it('[SDKA-17][X-18] too many requests say when to come back', async () => {
  const { request } = server(() => problem(429, { code: 'too-many-requests' }, { 'retry-after': '7' }))
  const error = await request(READ)
    .then(valueOrThrow)
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'too-many-requests', retryable: true, retryAfterMs: 7_000 })
})

it('[SDKA-17] an answer of somebody else, a hotel’s sign-in page, is no answer', async () => {
  const { request } = server(() => new Response('<html>Welcome to our hotel</html>', { status: 200 }))
  expect((await request({ ...READ, parse: () => null })).outcome).toBe('unreachable')
})
