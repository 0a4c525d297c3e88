import { describe, expect, it } from 'vitest'
import { ERRORS, type ErrorCode, problemOf, TandemError } from '../../../server/src/errors.ts'
import { guardProcess } from '../../../server/src/process-guard.ts'
import { METRICS, type MetricDefinition } from '../../../server/src/telemetry/definitions.ts'
import { createLogger } from '../../../server/src/telemetry/logger.ts'
import { createMetrics } from '../../../server/src/telemetry/metrics.ts'
import { StorageFaults } from '../../../server/src/telemetry/storage-faults.ts'
import { formatLine } from '../../../server/src/telemetry/text-sink.ts'
import { manualClock } from './manual-clock.ts'

function logged(write: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  write(createLogger({ level: 'info', sink: { write: (line) => void lines.push(line) } }))
  return lines.map((line) => JSON.parse(line))
}

describe('the log', () => {
  it('[OPS-8] a line carries time, level, the event’s name and its meaning', () => {
    const [line] = logged((logger) => logger.info({ list: 'l1' }, 'list.created'))
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      event: 'list.created',
      list: 'l1',
      msg: 'A list was created',
    })
  })

  it('[OPS-7][OPS-8] what was thrown is kept with its stack, whatever it is; tokens are not', () => {
    const lines = logged((logger) => {
      logger.error({ error: new Error('boom') }, 'http.failed')
      logger.error({ error: 'just text' }, 'http.failed')
      logger.error({ token: 'eyJ', request: { authorization: 'Bearer eyJ' } }, 'http.failed')
      logger.debug({}, 'http.request')
    })
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatchObject({
      error: { message: 'boom', stack: expect.stringContaining('telemetry.test') },
    })
    expect(lines[1]).toMatchObject({ error: { message: 'just text' } })
    expect(JSON.stringify(lines[2])).not.toContain('eyJ')
  })

  it('[OPS-7] what the database quotes of the data stays out of the log, and what names the place stays in', () => {
    const driverError = (message: string, facts: object): Error => Object.assign(new Error(message), facts)
    const row = driverError('duplicate key value violates unique constraint "list_updates_op"', {
      severity: 'ERROR',
      code: '23505',
      table: 'list_updates',
      detail: 'Failing row contains (Divorce lawyers).',
      where: 'COPY list_updates, line 1: "Divorce lawyers"',
      parameters: ['Divorce lawyers'],
    })
    const value = driverError('invalid input syntax for type json: "Divorce lawyers"', {
      severity: 'ERROR',
      code: '22P02',
    })
    const lines = logged((logger) => {
      logger.warn({ error: row }, 'storage.error')
      logger.warn({ error: value }, 'storage.error')
      logger.error({ error: new Error('not stored', { cause: value }) }, 'edit.failed')
    })
    expect(JSON.stringify(lines)).not.toContain('Divorce')
    expect(lines[0]).toMatchObject({
      error: { code: '23505', table: 'list_updates', stack: expect.stringContaining('telemetry.test') },
    })
    expect(lines[1]).toMatchObject({ error: { message: 'The database did not accept a value (22P02).' } })
    expect(lines[2]).toMatchObject({
      error: {
        message: 'not stored',
        stack: expect.stringContaining('caused by: Error: The database did not'),
      },
    })
  })

  it('[OPS-8] as text: one readable line, errors below it, and foreign lines as they came', () => {
    const record = {
      level: 'warn',
      time: '2026-11-21T21:54:09.123Z',
      event: 'x',
      msg: 'A thing',
      n: 3,
      who: 'ana',
    }
    expect(formatLine(JSON.stringify(record))).toBe('21:54:09 WARN  A thing n=3 who=ana')
    const failed = { ...record, error: { message: 'boom', stack: 'Error: boom\n    at x' } }
    expect(formatLine(JSON.stringify(failed))).toBe(
      '21:54:09 WARN  A thing n=3 who=ana\n  Error: boom\n      at x',
    )
    expect(formatLine('not ours\n')).toBe('not ours')
  })
})

describe('faults of storage', () => {
  it('[OPS-10] an outage is said once, with a reason and no stack, and once when it is over', async () => {
    const clock = manualClock()
    const lines: Record<string, unknown>[] = []
    const sink = { write: (line: string) => void lines.push(JSON.parse(line)) }
    const faults = new StorageFaults({ logger: createLogger({ level: 'info', sink }), clock })
    let state: 'connected' | 'disconnected' = 'disconnected'
    faults.watch({ state: () => state })
    const refused = Object.assign(new AggregateError([new Error('connect ECONNREFUSED 127.0.0.1:5432')]), {
      code: 'ECONNREFUSED',
    })
    for (let i = 0; i < 5; i++) {
      faults.report(refused)
      faults.report(new Error('Connection terminated unexpectedly'))
      await clock.pass(2_000)
    }
    expect(lines).toMatchObject([
      { level: 'warn', event: 'storage.unreachable', reason: 'connect ECONNREFUSED 127.0.0.1:5432' },
    ])
    expect(JSON.stringify(lines)).not.toContain('stack')
    state = 'connected'
    await clock.pass(1_000)
    expect(lines.slice(1)).toMatchObject([{ level: 'info', event: 'storage.reachable' }])
    // The next one is another outage; what is no outage always has its stack.
    faults.report(refused)
    faults.report(new TypeError('x is not a function'))
    expect(lines.slice(2)).toMatchObject([
      { event: 'storage.unreachable' },
      { event: 'storage.error', error: { stack: expect.stringContaining('x is not a function') } },
    ])
  })
})

describe('metrics', () => {
  it('[API-4] every name has a unit or _total, a meaning, and labels that stay few', () => {
    for (const [name, definition] of Object.entries<MetricDefinition>(METRICS)) {
      expect(name).toMatch(/^tandem_[a-z_]+$/)
      if (definition.type === 'counter') expect(name).toMatch(/_total$/)
      if (definition.type === 'histogram') expect(name).toMatch(/_seconds$/)
      expect(definition.help.length, name).toBeGreaterThan(10)
      for (const label of definition.labels ?? []) expect(['list', 'user', 'token']).not.toContain(label)
    }
  })

  it('[API-4] counts, observes and samples what it is told', async () => {
    const metrics = createMetrics()
    metrics.count('tandem_edits_refused_total', { code: 'gap' })
    metrics.count('tandem_edits_refused_total', { code: 'too-large' }, 2)
    metrics.observe('tandem_append_seconds', 0.002)
    let sockets = 3
    metrics.sample('tandem_sockets', () => sockets)
    sockets = 4
    expect(metrics.total('tandem_edits_refused_total')).toBe(3)
    const { body } = await metrics.render()
    expect(body).toContain('tandem_edits_refused_total{code="too-large"} 2')
    expect(body).toContain('tandem_append_seconds_bucket{le="0.0025"} 1')
    expect(body).toContain('tandem_sockets 4')
  })
})

describe('errors nobody caught', () => {
  it('[SOCK-5][W-24] a rejection is counted and survived, an exception ends the process', () => {
    const listeners = new Map<string, (reason: unknown) => void>()
    const metrics = createMetrics()
    let ended = 0
    const lines = logged((logger) => {
      guardProcess(
        { on: (event, listener) => void listeners.set(event, listener) },
        { logger, metrics, end: () => ended++ },
      )
      listeners.get('unhandledRejection')?.(undefined)
      listeners.get('unhandledRejection')?.(new Error('boom'))
      expect(ended).toBe(0)
      listeners.get('uncaughtException')?.(new Error('boom'))
    })
    expect(metrics.total('tandem_unhandled_rejections_total')).toBe(2)
    expect(ended).toBe(1)
    expect(lines.map(({ event }) => event)).toEqual([
      'process.unhandled-rejection',
      'process.unhandled-rejection',
      'process.uncaught-exception',
    ])
  })
})

describe('the error catalogue', () => {
  it.each(Object.keys(ERRORS) as ErrorCode[])(
    '[API-3] %s has a sentence and advice, and is a problem of RFC 9457',
    (code) => {
      const { title, advice, status, retryable } = ERRORS[code]
      expect(title).toMatch(/^[A-Z].*\.$/)
      expect(advice).toMatch(/\.$|\)\.?$/)
      expect(status === null || (status >= 400 && status <= 599)).toBe(true)
      expect(problemOf(new TandemError(code, 'This one.'))).toEqual({
        type: `urn:tandem:problem:${code}`,
        title,
        status: status ?? 500,
        code,
        detail: 'This one.',
        advice,
        retryable,
      })
    },
  )
})
