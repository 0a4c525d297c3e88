import { type Answer, ask } from '../http/ask.ts'

export const PASSWORD = 'correct horse battery staple'

/** A page of the server as far as cookies go: keeps what it is given and sends it along, with its origin. */
export class Page {
  readonly url: string
  readonly origin: string
  readonly cookies = new Map<string, string>()
  /** Every body this page was ever sent. */
  readonly seen: string[] = []

  constructor(url: string, origin = url) {
    this.url = url
    this.origin = origin
  }

  async send(path: string, o: { method?: string; json?: unknown; token?: string } = {}): Promise<Answer> {
    const method = o.method ?? (o.json === undefined ? 'GET' : 'POST')
    const answer = await ask(`${this.url}/api/v1${path}`, {
      ...o,
      method,
      headers: { ...(method === 'GET' ? {} : { origin: this.origin }), ...this.cookieHeader() },
    })
    for (const line of answer.headers.getSetCookie()) this.#store(line)
    this.seen.push(answer.text)
    return answer
  }

  account(path: string, json?: unknown, method = 'POST'): Promise<Answer> {
    return this.send(`/auth/accounts${path}`, { method, ...(json === undefined ? {} : { json }) })
  }

  async signUp(email: string, name = 'Ann', password = PASSWORD): Promise<Answer> {
    return this.account('/sign-up/email', { email, name, password })
  }

  async signIn(email: string, password = PASSWORD): Promise<Answer> {
    return this.account('/sign-in/email', { email, password })
  }

  /** The short token of whoever is signed in here; throws when nobody is. */
  async token(): Promise<string> {
    const answer = await this.send('/auth/token', { method: 'POST' })
    if (answer.status !== 200) throw new Error(`no token: ${answer.text}`)
    return (answer.body as { token: string }).token
  }

  async userId(): Promise<string> {
    const answer = await this.send('/auth/token', { method: 'POST' })
    return (answer.body as { user: { id: string } }).user.id
  }

  cookieHeader(): Record<string, string> {
    const pairs = [...this.cookies].map(([name, value]) => `${name}=${value}`)
    return pairs.length === 0 ? {} : { cookie: pairs.join('; ') }
  }

  #store(line: string): void {
    const [pair = '', ...attributes] = line.split(';')
    const [name = '', ...value] = pair.split('=')
    if (attributes.some((text) => /^\s*max-age=0$/i.test(text))) this.cookies.delete(name)
    else this.cookies.set(name, value.join('='))
  }
}
