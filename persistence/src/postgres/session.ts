import { Client, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg'

/** One connection that comes back by itself: made on first use and again after a failure. */
export interface Session {
  query<R extends QueryResultRow>(query: QueryConfig | string): Promise<QueryResult<R>>
  /**
   * Cuts an established connection: the running query rejects, the next one connects anew.
   * Connecting has a deadline of its own and goes on: at 5 s each way it needs half a minute.
   */
  abandon(): void
  end(): Promise<void>
}

export interface SessionOptions {
  readonly connectionString: string
  readonly name: string
  readonly connectTimeoutMs?: number
  /** Enforced by the server, so that what we gave up does not run (and lock) for ever. */
  readonly statementTimeoutMs?: number
  /** Runs on every new connection before anything else. */
  readonly setUp?: (client: Client) => Promise<void>
  /** Called when an established connection ends by itself. */
  readonly onLost?: () => void
}

export function createSession(options: SessionOptions): Session {
  let current: Client | null = null
  let connecting: Promise<Client> | null = null
  let established = false
  let giveUp = (): void => {}

  const connect = async (): Promise<Client> => {
    const client = new Client({
      connectionString: options.connectionString,
      application_name: options.name,
      connectionTimeoutMillis: options.connectTimeoutMs ?? 45_000,
      keepAlive: true,
      statement_timeout: options.statementTimeoutMs ?? 60_000,
    })
    const lost = (): void => {
      if (current !== client) return
      current = null
      options.onLost?.()
    }
    // Without a listener pg's 'error' would end the process.
    client.on('error', lost)
    client.on('end', lost)
    current = client
    established = false
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = () => reject(new Error('The connection was given up while it was being made.'))
    })
    try {
      // pg leaves `connect()` pending for ever when `end()` is called meanwhile.
      await Promise.race([client.connect(), givenUp])
      await options.setUp?.(client)
      established = true
      return client
    } catch (error) {
      discard(client)
      throw error
    }
  }

  const discard = (client: Client): void => {
    if (current === client) current = null
    // A dead socket cannot say goodbye: whether it does is of no interest.
    client.end().catch(() => {})
  }

  return {
    query: async <R extends QueryResultRow>(query: QueryConfig | string) => {
      if (connecting === null || current === null) connecting = connect()
      const client = await connecting
      return client.query<R>(query)
    },
    abandon: () => {
      if (current !== null && established) discard(current)
    },
    end: async () => {
      connecting = null
      const client = current
      current = null
      giveUp()
      await client?.end().catch(() => {})
    },
  }
}
