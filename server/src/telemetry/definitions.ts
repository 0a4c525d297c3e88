export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** What it counts or measures, with the unit; what to do when it looks wrong. */
  readonly help: string
  readonly labels?: readonly string[]
  readonly buckets?: readonly number[]
}

/** From a tenth of a millisecond to half a minute: the same buckets everywhere, so that histograms can be laid over each other. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const

/** Every metric, declared once. Names follow Prometheus: base units, `_total` for counters. */
export const METRICS = {
  tandem_commit_to_delivery_seconds: {
    type: 'histogram',
    help: 'From an edit’s commit to its hand-over to the last socket of this node, in seconds. The headline number.',
    buckets: SECONDS,
  },
  tandem_append_seconds: {
    type: 'histogram',
    help: 'From handing an edit to the log to its commit, in seconds. Rises when the database is slow.',
    buckets: SECONDS,
  },
  tandem_edits_accepted_total: { type: 'counter', help: 'Edits that were committed to the log.' },
  tandem_edits_known_total: {
    type: 'counter',
    help: 'Edits that brought nothing new (sent again after a reconnect) and wrote no row.',
  },
  tandem_edits_refused_total: {
    type: 'counter',
    help: 'Edits the gate refused, by reason.',
    labels: ['code'],
  },
  tandem_append_queue: {
    type: 'gauge',
    help: 'Edits waiting for their commit. Rises while the database is away.',
  },
  tandem_open_lists: { type: 'gauge', help: 'Lists in memory.' },
  tandem_sockets: { type: 'gauge', help: 'Open sockets.' },
  tandem_sockets_refused_total: {
    type: 'counter',
    help: 'Sockets refused, by close code.',
    labels: ['code'],
  },
  tandem_damaged_lists: {
    type: 'gauge',
    help: 'Lists with missing or unreadable rows. Anything above 0 wants `tandem verify`.',
  },
  tandem_divergence_total: {
    type: 'counter',
    help: 'Checks that found a client holding other content than the server. Must stay 0.',
  },
  tandem_hook_errors_total: {
    type: 'counter',
    help: 'Errors thrown inside a Hocuspocus hook and contained, by hook. Must stay 0.',
    labels: ['hook'],
  },
  tandem_load_seconds: {
    type: 'histogram',
    help: 'Time to load a list into memory, in seconds.',
    buckets: SECONDS,
  },
  tandem_snapshots_total: {
    type: 'counter',
    help: 'Snapshots, by outcome: written, superseded by a newer one, or failed.',
    labels: ['outcome'],
  },
  tandem_catch_ups_total: {
    type: 'counter',
    help: 'Times a list was brought up to date from the log, by what asked for it.',
    labels: ['cause'],
  },
  tandem_unhandled_rejections_total: {
    type: 'counter',
    help: 'Rejected promises nobody handled. Each is a bug; the process keeps serving.',
  },
  tandem_http_requests_total: {
    type: 'counter',
    help: 'Answered HTTP requests, by route pattern and status.',
    labels: ['method', 'route', 'status'],
  },
  tandem_http_request_seconds: {
    type: 'histogram',
    help: 'Time to answer an HTTP request, in seconds, by route pattern.',
    labels: ['route'],
    buckets: SECONDS,
  },
  tandem_guests_total: { type: 'counter', help: 'Guests that signed in.' },
} as const satisfies Record<string, MetricDefinition>

type Named<Type> = {
  [Name in keyof typeof METRICS]: (typeof METRICS)[Name]['type'] extends Type ? Name : never
}[keyof typeof METRICS]

export type CounterName = Named<'counter'>
export type GaugeName = Named<'gauge'>
export type HistogramName = Named<'histogram'>
