import type { Op } from '@tandem/client-sdk'

type Kind = Extract<Op, { op: 'add' }>['kind']

/** As the log says of one field that was changed. */
export function set(id: string, field: string, from: unknown, to: unknown, kind: Kind = 'items'): Op {
  return { op: 'set', kind, id, field, from, to }
}
