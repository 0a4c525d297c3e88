import type { Op } from '@tandem/client-sdk/model'

const SHOWN_CHARS = 60

/** One operation in words. Shows what people wrote, so it belongs on a terminal and never in a log. */
export function describeOp(op: Op): string {
  switch (op.op) {
    case 'add':
      return `add ${noun(op.kind)} ${op.id} ${show(titleOf(op.value))}`
    case 'set': {
      const subject = op.id === undefined ? 'list' : `${noun(op.kind)} ${op.id}`
      const change =
        op.from === null || op.from === undefined ? show(op.to) : `${show(op.from)} → ${show(op.to)}`
      return `set ${subject} ${op.field}: ${change}`
    }
    case 'collision': {
      const subject = op.id === undefined ? 'list' : `${noun(op.kind)} ${op.id}`
      const { kept, other } = op
      return `collision ${subject} ${op.field}: ${show(kept.value)} of ${kept.by} stays, ${show(other.value)} of ${other.by} gave way`
    }
    case 'member':
      return `${op.to ? 'put' : 'take'} ${op.set} ${op.member} ${op.to ? 'on' : 'off'} ${noun(op.kind)} ${op.id}`
    case 'note':
      return `edit notes of item ${op.id}: +${op.inserted} −${op.deleted} characters`
    case 'purge':
      return `purge ${noun(op.kind)} ${op.id}`
  }
}

/** The log may hold what a newer version wrote. */
export function describeStored(stored: unknown): string {
  const known = typeof stored === 'object' && stored !== null && 'op' in stored
  return (known ? describeOp(stored as Op) : undefined) ?? show(stored)
}

function noun(kind: string): string {
  return kind.endsWith('s') ? kind.slice(0, -1) : kind
}

function titleOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { title, body } = value as { title?: unknown; body?: unknown }
  return title ?? body ?? value
}

function show(value: unknown): string {
  if (value === undefined) return '(nothing)'
  const text = JSON.stringify(value)
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text
}
