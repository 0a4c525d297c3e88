import type { Environment } from '../connection/port.ts'
import { CLIENT_ERRORS } from '../errors.ts'
import { derived, tellAll } from '../replica/cell.ts'
import type { Replica } from '../replica/replica.ts'
import { troubles } from '../replica/standing.ts'
import { type StatusFacts, type Summary, sameSummary, summarize } from '../replica/status.ts'
import type { Attention, AttentionStatus, ListStanding, Readable, Status } from '../types.ts'

const LOADING: Status = Object.freeze({ state: 'loading', from: 'device' })

export interface ReportHost {
  readonly listId: string
  readonly replica: Replica
  readonly environment: Environment
  readonly isOnServer: () => boolean
  /** What to tell people when the list is of a format this version does not know, or null. */
  readonly newerFormat: () => string | null
  /** Why something of this list is not on the device, or null. */
  readonly deviceFailure: () => 'storage-failed' | 'quota' | null
  readonly isFirstAttempt: () => boolean
  /** Gives up on refused edits. */
  readonly dropRefused: () => void
  readonly retryRefused: () => void
  readonly retryCreate: () => void
  /** Lets go of a list that has ended, with all that is left of it. */
  readonly forget: () => Promise<void>
}

/** Turns what a replica knows into the one honest sentence, and into the file of what is not on the server. */
export class Report {
  readonly status: Readable<Status>
  readonly #host: ReportHost
  readonly #listeners = new Set<() => void>()
  #version = 0

  constructor(host: ReportHost) {
    this.#host = host
    this.status = derived({
      version: () => this.#version,
      subscribe: (onChange) => {
        const listener = () => onChange()
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
      compute: () => this.#compute(),
      equal: sameStatus,
      serverSnapshot: LOADING,
    })
  }

  changed(): void {
    this.#version += 1
    tellAll(this.#listeners)
  }

  exportPending(): Blob {
    return asFile(this.waiting())
  }

  standing(title: string): ListStanding {
    const status = this.status.getSnapshot()
    const { ledger, inbox, syncedAt } = this.#host.replica
    return Object.freeze({
      title,
      state: status.state,
      reason: status.state === 'attention' ? status.reason : null,
      pending: ledger.size,
      refused: inbox.size,
      lastConfirmedAt: status.state === 'synced' ? status.at : syncedAt,
    })
  }

  /** What is not on the server, as it stands in the file. */
  waiting(): object {
    const { ledger, inbox } = this.#host.replica
    const pending = ledger.edits().map(({ label, at, changes }) => ({ label, at, changes }))
    const refused = inbox.refused.getSnapshot().map(({ label, at, code, message, changes }) => {
      return { label, at, code, message, changes }
    })
    return { listId: this.#host.listId, pending, refused }
  }

  #compute(): Status {
    const attention = this.#attention()
    const summary = summarize(this.#facts(new Set(attention.keys())))
    if (summary.state !== 'attention') return Object.freeze(summary)
    return this.#attentionStatus(summary, attention.get(summary.reason) ?? null)
  }

  #facts(attention: ReadonlySet<Attention>): StatusFacts {
    const replica = this.#host.replica
    const edits = replica.ledger.edits()
    return {
      device: replica.isReady ? 'ready' : 'reading',
      onServer: this.#host.isOnServer(),
      link: replica.conversation.standing.link.state,
      isAtRest: replica.conversation.standing.isAtRest,
      firstAttempt: this.#host.isFirstAttempt(),
      channel: replica.conversation.standing.channel.state,
      pending: edits.length,
      oldestAt: edits[0]?.at ?? null,
      stored: edits.every((edit) => edit.device === 'stored'),
      here: !replica.copy.isEmpty || !this.#host.isOnServer(),
      syncedAt: replica.syncedAt,
      attention,
      now: this.#host.environment.now(),
    }
  }

  #attention(): Map<Attention, string | null> {
    const replica = this.#host.replica
    const { end } = replica.access
    // What is left of a list that has ended is one matter: nothing else about it calls for a decision, but that the device keeps it.
    const found =
      end === null
        ? troubles(replica.conversation.standing)
        : new Map<Attention, string>([['access-revoked', end.message]])
    const newerFormat = this.#host.newerFormat()
    if (newerFormat !== null) found.set('client-too-old', newerFormat)
    const failure = this.#host.deviceFailure()
    if (failure !== null) found.set(failure, replica.keeper.failureText)
    const refused = replica.inbox.refused.getSnapshot()[0]
    if (refused !== undefined && end === null) {
      found.set('update-rejected', `${CLIENT_ERRORS['update-rejected'].text} ${refused.message}`)
    }
    return found
  }

  #attentionStatus(
    summary: Extract<Summary, { state: 'attention' }>,
    detail: string | null,
  ): AttentionStatus {
    const { reason } = summary
    const retry = async (): Promise<void> => {
      if (reason === 'update-rejected') this.#host.retryRefused()
      else if (reason === 'create-refused') this.#host.retryCreate()
      else await this.#host.replica.retry()
    }
    return Object.freeze({
      ...summary,
      message: detail ?? CLIENT_ERRORS[reason].text,
      retry,
      resolve: async () => {
        if (reason === 'update-rejected') this.#host.dropRefused()
        else if (reason === 'access-revoked' && this.#host.replica.access.end !== null) {
          await this.#host.forget()
        } else await retry()
      },
      exportPending: () => this.exportPending(),
    })
  }
}

function sameStatus(a: Status, b: Status): boolean {
  if (a.state !== 'attention' || b.state !== 'attention') {
    return a.state !== 'attention' && b.state !== 'attention' && sameSummary(a, b)
  }
  return a.reason === b.reason && a.message === b.message && a.pending === b.pending
}

/** What is not on the server, as something a person can keep. */
export function asFile(content: unknown): Blob {
  return new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' })
}
