import { guest } from '../../support/people.ts'
import { type RunningServer, type StartServerOptions, startServer } from '../../support/server.ts'
import { type Answer, ask } from '../http/ask.ts'

export interface Person {
  readonly userId: string
  readonly token: string
  readonly name: string
}

export interface CallOptions {
  readonly json?: unknown
  readonly op?: string
  readonly headers?: Record<string, string>
}

export interface Body {
  readonly [name: string]: unknown
}

/** A server of its own, and requests to it as somebody. */
export class Api {
  readonly server: RunningServer

  private constructor(server: RunningServer) {
    this.server = server
  }

  static async start(o: StartServerOptions = {}): Promise<Api> {
    // These tests are about what is answered, not about how often one may ask.
    const env = { REQUESTS_PER_MINUTE: '100000', GUESTS_PER_HOUR: '10000', ...o.env }
    return new Api(await startServer({ ...o, env }))
  }

  stop(): Promise<void> {
    return this.server.stop()
  }

  async person(name: string): Promise<Person> {
    return { ...(await guest(this.server.url, name)), name }
  }

  /** One request under /api/v1. */
  async call(person: Person | null, line: string, o: CallOptions = {}): Promise<Answer & { body: Body }> {
    const [method = 'GET', path = ''] = line.split(' ')
    const answer = await ask(`${this.server.url}/api/v1${path}`, {
      method,
      token: person?.token,
      headers: { ...(o.op === undefined ? {} : { 'client-op-id': o.op }), ...o.headers },
      ...(o.json === undefined ? {} : { json: o.json }),
    })
    return { ...answer, body: (answer.body ?? {}) as Body }
  }

  /** As `call`, for what must succeed. */
  async ok(person: Person, line: string, o: CallOptions = {}): Promise<Body> {
    const { status, body, text } = await this.call(person, line, o)
    if (status >= 300) throw new Error(`${line} answered ${status}: ${text}`)
    return body
  }

  async list(owner: Person, title = 'Groceries'): Promise<string> {
    return String((await this.ok(owner, 'POST /lists', { json: { title } }))['id'])
  }

  /** Adds an item; its id. */
  async item(person: Person, listId: string, title: string, more: Body = {}): Promise<string> {
    const body = await this.ok(person, `POST /lists/${listId}/items`, { json: { title, ...more } })
    return String((body['item'] as Body)['id'])
  }

  async giveRole(owner: Person, listId: string, to: Person, role: string): Promise<void> {
    await this.ok(owner, `PUT /lists/${listId}/members/${to.userId}`, { json: { role } })
  }
}
