import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import {
  type CounterName,
  type GaugeName,
  type HistogramName,
  METRICS,
  type MetricDefinition,
} from './definitions.ts'

export type Labels = Readonly<Record<string, string>>

/** What the server counts and measures; names and meanings stand in `definitions.ts`. Never throws. */
export interface Metrics {
  count(name: CounterName, labels?: Labels, by?: number): void
  set(name: GaugeName, value: number): void
  observe(name: HistogramName, value: number, labels?: Labels): void
  /** Reads the gauge's value whenever somebody scrapes, instead of on every change. */
  sample(name: GaugeName, read: () => number): void
  /** Current value of a counter over all its labels, for health answers and tests. */
  total(name: CounterName): number
  /** Prometheus text format, with its content type. */
  render(): Promise<{ contentType: string; body: string }>
}

export function createMetrics(options: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry()
  if (options.processMetrics === true) collectDefaultMetrics({ register: registry })
  const counters = new Map<string, Counter>()
  const gauges = new Map<string, Gauge>()
  const histograms = new Map<string, Histogram>()
  const samples = new Map<GaugeName, () => number>()
  const totals = new Map<string, number>()

  for (const [name, definition] of Object.entries<MetricDefinition>(METRICS)) {
    const common = { name, help: definition.help, labelNames: definition.labels ?? [], registers: [registry] }
    if (definition.type === 'counter') counters.set(name, new Counter(common))
    else if (definition.type === 'gauge') gauges.set(name, new Gauge(common))
    else histograms.set(name, new Histogram({ ...common, buckets: [...(definition.buckets ?? [])] }))
  }

  return {
    count(name, labels = {}, by = 1) {
      counters.get(name)?.inc(labels, by)
      totals.set(name, (totals.get(name) ?? 0) + by)
    },
    set: (name, value) => gauges.get(name)?.set(value),
    observe: (name, value, labels = {}) => histograms.get(name)?.observe(labels, value),
    sample: (name, read) => void samples.set(name, read),
    total: (name) => totals.get(name) ?? 0,
    async render() {
      for (const [name, read] of samples) gauges.get(name)?.set(read())
      return { contentType: registry.contentType, body: await registry.metrics() }
    },
  }
}
