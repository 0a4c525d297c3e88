import type { List, Status } from '@tandem/client-sdk'
import { useClient, useStatus, useValue } from '@tandem/client-sdk/react'
import type { ReactNode } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { useLanguage, useWords } from '../words/use-words.ts'
import { AttentionBox } from './attention-box.tsx'
import { momentWords } from './moment.ts'
import { RefusedEdits } from './refused-edits.tsx'
import { StatusIcon } from './status-icon.tsx'
import { explainStatus, statusWords } from './status-words.ts'
import { StoragePromise } from './storage-promise.tsx'
import { WhatWaits } from './what-waits.tsx'

/** What the state of one list means, what waits, and what can be done about it. */
export function ListStatusPanel({ list, onClose }: { list: List; onClose: () => void }) {
  const status = useStatus(list)
  const { title } = useValue(list.info)
  const confirmedAt = useValue(useClient().status).standing[list.id]?.lastConfirmedAt ?? null
  return (
    <Panel status={status} name={title} confirmedAt={confirmedAt} onClose={onClose}>
      <RefusedEdits list={list} />
    </Panel>
  )
}

/** The same of all lists together. */
export function OverallStatusPanel({ onClose }: { onClose: () => void }) {
  const client = useClient()
  const { summary, standing } = useValue(client.status)
  const words = useWords().state
  // The oldest: everything up to then is on the server, whatever the list.
  const times = Object.values(standing).map((one) => one.lastConfirmedAt)
  const known = times.filter((at) => at !== null)
  const confirmedAt = known.length === times.length && known.length > 0 ? Math.min(...known) : null
  return <Panel status={summary} name={words.exportName} confirmedAt={confirmedAt} onClose={onClose} />
}

interface Props {
  readonly status: Status
  /** Of the file for what is exported. */
  readonly name: string
  readonly confirmedAt: number | null
  readonly onClose: () => void
  readonly children?: ReactNode
}

function Panel({ status, name, confirmedAt, onClose, children }: Props) {
  const words = useWords()
  const { tag } = useLanguage()
  // Each refused edit has its own buttons there.
  const isBelow =
    status.state === 'attention' && status.reason === 'update-rejected' && children !== undefined
  return (
    <Dialog title={words.state.panel} closeWords={words.shell.close} onClose={onClose}>
      <section className="stack">
        <p className="status-said" data-state={status.state}>
          <StatusIcon state={status.state} />
          <strong>{statusWords(status, words.state)}</strong>
        </p>
        {status.state === 'attention' && !isBelow ? (
          <AttentionBox status={status} name={name} />
        ) : (
          <p>{explainStatus(status, words.state)}</p>
        )}
        <p className="muted">
          {confirmedAt === null
            ? words.state.neverConfirmed
            : words.state.lastConfirmed(momentWords(confirmedAt, tag, words.state))}
        </p>
      </section>
      {children}
      <WhatWaits onLeave={onClose} />
      <StoragePromise />
    </Dialog>
  )
}
