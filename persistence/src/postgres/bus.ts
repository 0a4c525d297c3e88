import { Client } from 'pg'
import { type LinkState, transition } from '../bus/link-state.ts'
import { Listeners } from '../bus/listeners.ts'
import { Outbox, readPayload } from '../bus/outbox.ts'
import type { Environment } from '../environment.ts'
import type { Bus, BusMessage } from '../ports.ts'

const channel = 'tandem_bus'
const firstRetryMs = 50
const lastRetryMs = 2_000
const heartbeatMs = 10_000
const answerTimeoutMs = 30_000
/**
 * A hint after a pause goes out at once, a stream of them is gathered: every NOTIFY is a statement of its own, and under load
 * one for each commit costs about as much processor time as the commit. Other nodes see an edit at most this much later.
 */
const minIntervalMs = 20

export interface PostgresBusOptions {
  readonly connectionString: string
  readonly nodeId: string
  readonly environment: Environment
  readonly onError: (error: unknown) => void
}

/** A connection that listens; `over` aborts when it is lost or given up. */
interface Link {
  readonly client: Client
  readonly over: AbortController
}

/**
 * The bus over LISTEN/NOTIFY, on a connection of its own. Resolves when the first attempt to connect has ended, either way.
 *
 * Not published with the append: commits that notify wait for each other, all over the server.
 */
export async function openPostgresBus(options: PostgresBusOptions): Promise<Bus> {
  const { nodeId, environment, onError } = options
  const subscribers = new Listeners<BusMessage>(onError)
  const gaps = new Listeners<void>(onError)
  const outbox = new Outbox()
  const closing = new AbortController()
  let state: LinkState = { name: 'disconnected', everConnected: false }
  let link: Link | null = null
  let sending: Promise<void> | null = null
  let flushing = false
  let lastSentMs = Number.NEGATIVE_INFINITY
  let onFirstAttempt = (): void => {}

  const receive = (payload: string): void => {
    const read = readPayload(payload)
    if (read === null || read.nodeId === nodeId) return
    for (const message of read.messages) subscribers.tell(message)
  }

  const run = async (): Promise<void> => {
    for (let retryMs = firstRetryMs; !closing.signal.aborted; retryMs = Math.min(retryMs * 2, lastRetryMs)) {
      let opened: Link | null = null
      try {
        opened = await connect(options, receive)
        // Closed while connecting: there was no link yet that could be told.
        if (closing.signal.aborted) opened.over.abort()
        link = opened
        const before = state
        state = transition(state, 'connected')
        retryMs = firstRetryMs
        onFirstAttempt()
        if (before.name === 'disconnected' && before.everConnected) gaps.tell()
        flush()
        await whileAlive(opened, environment)
      } catch (error) {
        onError(error)
      }
      onFirstAttempt()
      state = transition(state, 'lost')
      goodbye(opened, onError)
      link = null
      await environment.sleep(retryMs * (0.5 + environment.random() / 2), closing.signal)
    }
  }

  const flush = (): void => {
    if (sending !== null || outbox.size === 0 || link === null) return
    sending = send(link).finally(() => {
      sending = null
      if (outbox.size > 0) schedule()
    })
  }
  const schedule = (): void => {
    if (flushing) return
    flushing = true
    const now = (): void => {
      flushing = false
      flush()
    }
    const waitMs = lastSentMs + minIntervalMs - environment.monotonicMs()
    if (waitMs > 0) environment.later(waitMs, now)
    else environment.soon(now)
  }
  // Never rejects.
  const send = async ({ client, over }: Link): Promise<void> => {
    const next = outbox.take(nodeId)
    if (next === null) return
    lastSentMs = environment.monotonicMs()
    const query = {
      name: 'tandem-notify-1',
      text: 'SELECT pg_notify($1, $2)',
      values: [channel, next.payload],
    }
    await client.query(query).catch((error: unknown) => {
      for (const message of next.messages) outbox.add(message)
      onError(error)
      // Without a link `flush` waits; the new one flushes.
      link = null
      over.abort()
    })
  }

  const first = new Promise<void>((resolve) => {
    onFirstAttempt = resolve
  })
  const running = run()
  running.catch(onError)
  await first

  return {
    publish: (message) => {
      if (state.name === 'closed') return
      outbox.add(message)
      schedule()
    },
    subscribe: (listener) => subscribers.add(listener),
    onGap: (listener) => gaps.add(listener),
    state: () => (state.name === 'connected' ? 'connected' : 'disconnected'),
    close: async () => {
      // What was published last still goes out: a command publishes one message and ends.
      for (flush(); sending !== null; flush()) await sending
      state = transition(state, 'close')
      closing.abort()
      link?.over.abort()
      await running
    },
  }
}

async function connect(
  { connectionString, nodeId, onError }: PostgresBusOptions,
  receive: (payload: string) => void,
): Promise<Link> {
  const over = new AbortController()
  const client = new Client({
    connectionString,
    application_name: `tandem-bus-${nodeId}`,
    connectionTimeoutMillis: 45_000,
    query_timeout: answerTimeoutMs,
    keepAlive: true,
  })
  client.on('error', () => over.abort())
  client.on('end', () => over.abort())
  client.on('notification', ({ payload }) => receive(payload ?? ''))
  try {
    await client.connect()
    // A commit that notifies holds a lock on all notifying; hints need not wait for the disk while they hold it.
    await client.query(`SET synchronous_commit = off; LISTEN ${channel}`)
    return { client, over }
  } catch (error) {
    goodbye({ client, over }, onError)
    throw error
  }
}

/** Returns when the link is over; asks now and then, because a dead network says nothing. */
async function whileAlive({ client, over }: Link, environment: Environment): Promise<void> {
  for (;;) {
    await environment.sleep(heartbeatMs, over.signal)
    if (over.signal.aborted) return
    await client.query('SELECT 1')
  }
}

// Not awaited: a dead network may never answer it.
function goodbye(link: Link | null, onError: (error: unknown) => void): void {
  link?.client.end().catch(onError)
}
