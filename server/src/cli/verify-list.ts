import type { Damage, ListId, LoadedList, LoggedUpdate, Seq, UpdateLog } from '@tandem/persistence'
import * as Y from 'yjs'
import { contentOf, differences, hasGap, sameState } from './document-content.ts'

export interface Finding {
  readonly kind: Damage['kind'] | 'unreadable-update' | 'missing-predecessor' | 'snapshot-drift'
  readonly seq: Seq
  /** One sentence; names places, never what stands there. */
  readonly detail: string
}

export interface ListReport {
  readonly list: ListId
  readonly updates: number
  readonly snapshotSeq: Seq | null
  readonly findings: readonly Finding[]
}

const PAGE = 1_000
const NAMED_DIFFERENCES = 5

/**
 * Replays a list's log from its first update and holds it against what else is stored.
 *
 * Nothing is taken on trust: rows by their checksum and position, each update by whether it decodes and finds what it
 * builds on, the newest snapshot by whether it says exactly what the log says up to its position.
 */
export async function verifyList(log: UpdateLog, list: ListId): Promise<ListReport> {
  const loaded = await log.load(list)
  const replay = new Replay(loaded)
  for (let after = 0; after < loaded.head; ) {
    const page = await log.readSince(list, after, PAGE)
    replay.note(page.damage)
    for (const update of page.updates) replay.apply(update)
    if (page.through <= after) break
    after = page.through
  }
  return { list, ...replay.finish() }
}

class Replay {
  private readonly document = new Y.Doc()
  private readonly findings = new Map<string, Finding>()
  private readonly snapshot: LoadedList['snapshot']
  private updates = 0
  private isCompared = false

  constructor({ snapshot, damage }: LoadedList) {
    this.snapshot = snapshot
    this.note(damage)
  }

  note(damage: readonly Damage[]): void {
    for (const { kind, seq, detail } of damage) {
      const isCovered = kind !== 'corrupt-snapshot' && this.snapshot !== null && seq <= this.snapshot.seq
      this.find(
        kind,
        seq,
        isCovered ? `${detail}; its content is still in snapshot ${this.snapshot?.seq}` : detail,
      )
    }
  }

  apply({ seq, data }: LoggedUpdate): void {
    if (this.snapshot !== null && seq > this.snapshot.seq) this.compare()
    this.updates += 1
    try {
      // applyUpdate takes some malformed updates without a word; decoding does not.
      Y.decodeUpdate(data)
      Y.applyUpdate(this.document, data)
    } catch (error) {
      this.find('unreadable-update', seq, error instanceof Error ? error.message : String(error))
      return
    }
    // After a hole that was reported as one, everything that builds on it is missing something.
    if (hasGap(this.document) && !this.hasLostRows(seq)) {
      this.find('missing-predecessor', seq, `update ${seq} builds on something the log does not hold`)
    }
  }

  finish(): Omit<ListReport, 'list'> {
    this.compare()
    const findings = [...this.findings.values()].sort((a, b) => a.seq - b.seq)
    return { updates: this.updates, snapshotSeq: this.snapshot?.seq ?? null, findings }
  }

  /** Once, when the replay stands where the snapshot claims to stand. */
  private compare(): void {
    if (this.isCompared || this.snapshot === null) return
    this.isCompared = true
    const { seq, data } = this.snapshot
    // What is known to be missing from the log makes the two differ anyway and was reported as what it is.
    if (this.hasLostRows(seq)) return
    const stored = new Y.Doc()
    try {
      Y.applyUpdate(stored, data)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.find('corrupt-snapshot', seq, `snapshot ${seq} does not decode: ${reason}`)
      return
    }
    const places = differences(contentOf(this.document), contentOf(stored))
    if (places.length === 0 && sameState(this.document, stored)) return
    this.find('snapshot-drift', seq, `snapshot ${seq} is not what the log says: ${summary(places)}`)
  }

  /** Whether content up to `seq` is known to be missing from the log. */
  private hasLostRows(seq: Seq): boolean {
    return [...this.findings.values()].some((found) => found.kind !== 'corrupt-snapshot' && found.seq <= seq)
  }

  /** Loading and reading may report the same row; it is one finding. */
  private find(kind: Finding['kind'], seq: Seq, detail: string): void {
    this.findings.set(`${kind} ${seq}`, { kind, seq, detail })
  }
}

function summary(places: readonly string[]): string {
  if (places.length === 0) return 'equal content with another history'
  const named = places.slice(0, NAMED_DIFFERENCES).join(', ')
  const more = places.length - NAMED_DIFFERENCES
  return more > 0 ? `${named} and ${more} more` : named
}
