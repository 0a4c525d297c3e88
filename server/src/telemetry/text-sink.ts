import type { LogSink } from './logger.ts'

const NAMES: Record<string, string> = { debug: 'debug', info: 'info ', warn: 'WARN ', error: 'ERROR' }
const HIDDEN = new Set(['level', 'time', 'event', 'msg', 'error'])

/** Turns log lines into text for somebody who reads along: time, level, meaning, then the fields. */
export function textSink(out: LogSink): LogSink {
  return { write: (line) => out.write(`${formatLine(line)}\n`) }
}

export function formatLine(line: string): string {
  const record = parse(line)
  if (record === null) return line.trimEnd()
  const time = String(record['time'] ?? '').slice(11, 19)
  const fields = Object.entries(record)
    .filter(([key]) => !HIDDEN.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const head = [time, NAMES[String(record['level'])] ?? '', record['msg'], ...fields].join(' ')
  return `${head}${formatError(record['error'])}`
}

function formatError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const { stack, message } = error as { stack?: unknown; message?: unknown }
  return `\n  ${String(stack ?? message).replaceAll('\n', '\n  ')}`
}

function parse(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    // Not one of ours: show it as it came rather than hide it.
    return null
  }
}
