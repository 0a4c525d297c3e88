import { randomUUID } from 'node:crypto'
import { toWellFormed } from '@tandem/client-sdk/model'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ERRORS } from '../../../server/src/errors.ts'
import { isLong } from '../../support/long.ts'
import { type SeededRandom, seededRandom } from '../../support/seed.ts'
import type { Answer } from '../http/ask.ts'
import { Api, type Body, type Person } from './api.ts'
import { NASTY, type Schema, SchemaValues } from './schema-values.ts'

const REQUESTS = isLong ? 5_000 : 2_000
const ROUNDS = 20

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly schema: Schema
}

interface Operation {
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: Schema | null
}

let api: Api
let database: pg.Client

beforeAll(async () => {
  api = await Api.start({ env: { LOG_LEVEL: 'error' } })
  database = new pg.Client({ connectionString: api.server.databaseUrl ?? '' })
  database.on('error', () => undefined)
  await database.connect()
  await watchWrites()
})
afterAll(async () => {
  await database?.end()
  await api?.stop()
})

/**
 * Counts every row of people's data that is written; what the server keeps for itself (titles, snapshots, answers) is not, nor who read
 * a list, which is written down behind the answer.
 */
async function watchWrites(): Promise<void> {
  await database.query(`
    CREATE SEQUENCE writes_seen;
    CREATE FUNCTION see_write() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN
        IF TG_TABLE_NAME = 'audit_log' THEN
          IF NEW.action IN ('list.opened', 'list.kept') THEN RETURN NULL; END IF;
        END IF;
        PERFORM nextval('writes_seen');
        RETURN NULL;
      END $$;`)
  const events: Record<string, string> = {
    list_updates: 'INSERT OR UPDATE OR DELETE',
    share_grants: 'INSERT OR UPDATE OR DELETE',
    invitations: 'INSERT OR UPDATE OR DELETE',
    share_links: 'INSERT OR UPDATE OR DELETE',
    api_tokens: 'INSERT OR DELETE OR UPDATE OF revoked_at',
    audit_log: 'INSERT',
    users: 'INSERT',
    lists: 'INSERT OR DELETE OR UPDATE OF deleted_at, owner_id, editors_may_share',
  }
  for (const [table, event] of Object.entries(events)) {
    await database.query(
      `CREATE TRIGGER see_write AFTER ${event} ON ${table} FOR EACH ROW EXECUTE FUNCTION see_write()`,
    )
  }
}

async function writesSeen(): Promise<number> {
  const { rows } = await database.query(
    'SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS n FROM writes_seen',
  )
  return Number(rows[0].n)
}

async function describedOperations(): Promise<{ operations: Operation[]; schemas: Record<string, Schema> }> {
  const { body } = await api.call(null, 'GET /openapi.json')
  const document = body as unknown as {
    paths: Record<
      string,
      Record<
        string,
        { parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: Schema }> } }
      >
    >
    components: { schemas: Record<string, Schema> }
  }
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path: path.replace('/api/v1', ''),
      parameters,
      body: requestBody?.content['application/json']?.schema ?? null,
    })),
  )
  return { operations, schemas: document.components.schemas }
}

interface World {
  readonly people: readonly (Person | null)[]
  readonly known: Record<string, unknown[]>
}

/** Fresh people and lists: a request that succeeds may be the end of them. */
async function makeWorld(): Promise<World> {
  const [owner, editor, viewer, stranger] = await Promise.all(
    ['Olga', 'Ed', 'Vi', 'Sam'].map((name) => api.person(name)),
  )
  if (!owner || !editor || !viewer || !stranger) throw new Error('Nobody came')
  const [list, other] = [await api.list(owner), await api.list(stranger, 'Not yours')]
  await api.giveRole(owner, list, editor, 'editor')
  await api.giveRole(owner, list, viewer, 'viewer')
  const item = await api.item(owner, list, 'Milk')
  const foreign = await api.item(stranger, other, 'Secret')
  const made = async (kind: string, json: Body): Promise<Body> =>
    api.ok(owner, `POST /lists/${list}/${kind}`, { json })
  const section = (await made('sections', { title: 'Dairy' }))['section'] as Body
  const label = (await made('labels', { title: 'vegan' }))['label'] as Body
  const link = await made('links', { role: 'viewer', password: 'secret' })
  const ids = [editor.userId, viewer.userId, stranger.userId]
  return {
    people: [owner, owner, owner, editor, viewer, stranger, null, { ...owner, token: `${owner.token}x` }],
    known: {
      listId: [list, list, list, list, other, randomUUID()],
      itemId: [item, item, item, foreign],
      sectionId: [section['id']],
      labelId: [label['id']],
      before: [item, section['id']],
      after: [item],
      section: [section['id']],
      parent: [item],
      userId: ids,
      assignees: ids,
      add: ids,
      linkId: [link['id']],
      token: [link['token']],
      password: ['secret'],
      since_seq: ['0', '1', '999'],
      limit: ['1', '500', '501'],
      stateVector: ['AA==', 'AAA=', '/////w8='],
      update: ['AAA=', 'AQEBAQ=='],
      id: [randomUUID(), item, list],
      date: ['2027-03-01'],
      time: ['09:30'],
      tz: ['Europe/Berlin'],
      due: [{ date: '2027-03-01' }, null],
      repeat: ['FREQ=DAILY', null],
      remindAt: [[], ['2027-03-01T08:00']],
      link: ['https://example.com/', null],
      labels: [{ add: [label['id']] }, { remove: [label['id']] }, [label['id']]],
      place: [{ at: 'start' }, { after: item }, { at: 'end', section: section['id'] }],
      extensions: [{ 'x-shop': { aisle: 4 } }, {}],
      today: ['2027-03-01'],
      email: ['carol@example.com', `${randomUUID()}@example.com`],
      expiresAt: [null, '2031-01-01T00:00:00Z'],
      name: ['Carol', 'A token'],
      title: ['Groceries', 'Übung'],
      'client-op-id': [randomUUID(), randomUUID()],
      'idempotency-key': [randomUUID()],
    },
  }
}

interface Sent {
  readonly line: string
  readonly person: Person | null
  readonly json: unknown
  readonly headers: Record<string, string>
}

function compose(
  random: SeededRandom,
  values: SchemaValues,
  operation: Operation,
  people: World['people'],
): Sent {
  // Once it succeeds, nothing else of that person does.
  const askers = operation.path.endsWith('sign-out-everywhere') ? people.slice(-2) : people
  const wrongness = random.pick([0, 0, 0, 0.05, 0.3, 0.7])
  const text = (value: unknown): string =>
    (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 2_000)
  const part = (value: unknown): string => encodeURIComponent(toWellFormed(text(value)))
  let path = operation.path
  const query: string[] = []
  const headers: Record<string, string> = {}
  for (const { name, in: place, schema } of operation.parameters) {
    const value = values.make(schema, name, wrongness)
    if (place === 'path') path = path.replace(`{${name}}`, part(value) || '%20')
    else if (random.next() < 0.6 && place === 'query') query.push(`${name}=${part(value)}`)
    // What a header cannot carry never leaves the client.
    else if (random.next() < 0.08 && /^[\x20-\x7e]+$/.test(text(value)))
      headers[name] = text(value).slice(0, 500)
  }
  const json = operation.body === null ? undefined : values.make(operation.body, '', wrongness)
  return {
    line: `${operation.method} ${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    person: random.pick(askers),
    json,
    headers,
  }
}

function faultOf({ status, text, body, headers }: Answer): string | null {
  if (status >= 500) return `answered ${status}`
  if (/\bat [\w.<> ]+ ?\(?(file:|node:|\/)|node_modules|\.ts:\d+/.test(text)) return 'shows a stack trace'
  if (headers.get('set-cookie')?.includes('a=b')) return 'lets a header be injected'
  if (status < 400) return null
  const { code, advice } = (body ?? {}) as Body
  if (!headers.get('content-type')?.startsWith('application/problem+json'))
    return `is no problem: ${text.slice(0, 200)}`
  return Object.hasOwn(ERRORS, String(code)) && typeof advice === 'string'
    ? null
    : `has no code: ${text.slice(0, 200)}`
}

it('[REST-11][C-16] thousands of requests of every form to every endpoint: no fault, no trace of the inside, and no write where the answer is an error', {
  timeout: 240_000,
}, async () => {
  const random = seededRandom('rest fuzz')
  const { operations, schemas } = await describedOperations()
  const perRound = Math.ceil(REQUESTS / ROUNDS / operations.length)
  const statuses = new Map<number, number>()
  const reached = new Map<string, number>()
  let sent = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const world = await makeWorld()
    const values = new SchemaValues(random, schemas, world)
    const turns = random.shuffle(operations.flatMap((one) => Array.from({ length: perRound }, () => one)))
    for (const operation of turns) {
      const asked = compose(random, values, operation, world.people)
      const before = await writesSeen()
      const answer = await api.call(asked.person, asked.line, { json: asked.json, headers: asked.headers })
      sent += 1
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      const name = `${operation.method} ${operation.path}`
      if (answer.status < 300) reached.set(name, (reached.get(name) ?? 0) + 1)
      const wrote = answer.status >= 400 && (await writesSeen()) !== before
      const fault = faultOf(answer) ?? (wrote ? 'wrote, and answered an error' : null)
      if (fault !== null) {
        throw new Error(
          `seed ${random.seed}: ${asked.person?.name ?? 'nobody'} ${asked.line.slice(0, 300)} ${JSON.stringify(asked.headers)} ${JSON.stringify(asked.json)?.slice(0, 800)}: ${fault}\n${answer.text.slice(0, 500)}\n${api.server.output().slice(-1_500)}`,
        )
      }
    }
  }
  console.info(`${sent} requests, by status:`, Object.fromEntries([...statuses].sort(([a], [b]) => a - b)))
  expect(sent).toBeGreaterThanOrEqual(REQUESTS)
  // A fuzz that never gets in shows nothing.
  const closed = operations
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !reached.has(name))
  expect(closed.length, closed.join(', ')).toBeLessThan(operations.length / 4)
  expect((await api.call(null, 'GET /auth/methods')).status).toBe(200)
})

it('[REST-11] every nasty value stands as plain text where text may stand', async () => {
  const owner = await api.person('Olga')
  const list = await api.list(owner)
  for (const value of NASTY) {
    if (typeof value !== 'string' || value === '' || value.length > 10_000) continue
    const { status, body } = await api.call(owner, `POST /lists/${list}/items`, { json: { title: value } })
    if (status === 201) expect((body['item'] as Body)['title']).toBe(toWellFormed(value))
    else expect([status, body['code']], JSON.stringify(value)).toEqual([400, 'validation-error'])
  }
  const { items, seq } = await api.ok(owner, `GET /lists/${list}`)
  expect(Number(seq)).toBe((items as unknown[]).length + 1)
})
