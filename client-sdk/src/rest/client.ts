import createFetchClient, { type Client } from 'openapi-fetch'
import { newUuid } from '../client/uuid.ts'
import type { components, paths } from './schema.ts'

export type RestClient = Client<paths>
export type Problem = components['schemas']['Problem']

export interface RestOptions {
  /** Of the server, without a path: `https://lists.example.com`. */
  readonly url: string
  /** An access token or a personal API token; a function is asked before each request. */
  readonly token: string | (() => string | Promise<string>)
  readonly fetch?: (request: Request) => Promise<Response>
}

/**
 * The server's REST API with its own types, for programs that have no use for a copy of the list: scripts, integrations, other servers.
 *
 * Each write carries a `Client-Op-Id`. To repeat one whose answer never came, send it again with the same id (`headers`).
 */
export function createRestClient({ url, token, fetch }: RestOptions): RestClient {
  const client = createFetchClient<paths>({
    baseUrl: url.replace(/\/+$/, ''),
    ...(fetch === undefined ? {} : { fetch }),
  })
  client.use({
    async onRequest({ request }) {
      const bearer = typeof token === 'string' ? token : await token()
      request.headers.set('authorization', `Bearer ${bearer}`)
      if (request.method !== 'GET' && !request.headers.has('client-op-id')) {
        request.headers.set('client-op-id', newUuid())
      }
      return request
    },
  })
  return client
}

/** What the server answered instead of what was asked for: code, sentence and advice of its catalogue. */
export class RestProblem extends Error {
  override readonly name = 'RestProblem'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** The data of an answer; throws `RestProblem` for a failure. */
export async function unwrap<Data>(
  answer: Promise<{ readonly data?: Data; readonly error?: Problem }>,
): Promise<Data> {
  const { data, error } = await answer
  if (error !== undefined) throw new RestProblem(error)
  return data as Data
}
