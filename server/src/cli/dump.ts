import type { ListId, LoggedUpdate, UpdateLog } from '@tandem/persistence'
import { describeStored } from './describe-op.ts'
import type { Terminal } from './terminal.ts'

const PAGE = 500

/** `tandem dump`: the log of one list, oldest first. Exit code 1 when rows are missing or unreadable. */
export async function dump(
  log: UpdateLog,
  terminal: Terminal,
  options: { list: string; json: boolean },
): Promise<number> {
  const list = options.list as ListId
  const head = await log.head(list)
  let damaged = 0
  let after = 0
  while (after < head) {
    const { updates, damage, through } = await log.readSince(list, after, PAGE)
    const entries = [
      ...updates.map((update) => ({
        seq: update.seq,
        text: options.json ? asJson(update) : asLines(update),
      })),
      ...damage.map(({ seq, kind, detail }) => ({
        seq,
        text: options.json
          ? JSON.stringify({ seq, damage: kind, detail })
          : `${position(seq)}  !! ${kind}: ${detail}`,
      })),
    ].sort((a, b) => a.seq - b.seq)
    for (const { text } of entries) terminal.out(text)
    damaged += damage.length
    if (through <= after) break
    after = through
  }
  if (head === 0) terminal.err('This list has no edits yet.')
  return damaged === 0 ? 0 : 1
}

function asLines({ seq, at, actorId, ops, data }: LoggedUpdate): string {
  const head = `${position(seq)}  ${at.toISOString()}  ${actorId ?? 'server'}`
  // Structure without meaning of its own, such as a first letter typed and taken back.
  if (ops.length === 0) return `${head}  (${data.length} bytes without a visible change)`
  const [first, ...more] = ops.map(describeStored)
  const indent = ' '.repeat(head.length + 2)
  return [`${head}  ${first}`, ...more.map((line) => indent + line)].join('\n')
}

function asJson({ seq, at, actorId, opId, ops, data }: LoggedUpdate): string {
  return JSON.stringify({ seq, at: at.toISOString(), actorId, opId, ops, bytes: data.length })
}

function position(seq: number): string {
  return String(seq).padStart(6)
}
