import type { AttentionStatus, Status } from '@tandem/client-sdk'
import type { Words } from '../words/words.ts'

type StateWords = Words['state']

/** The state of a list in words. "Saved" appears for nothing but the server's word that everything is in its database. */
export function statusWords(status: Status, words: StateWords): string {
  switch (status.state) {
    case 'loading':
      return words.loading
    case 'synced':
      return words.saved
    case 'saving':
      return status.backlog === 'none' ? words.saving : words.savingMany(status.pending)
    case 'offline':
      return offlineWords(status, words)
    case 'attention':
      return `${words.attention} · ${words.shortFor[status.reason]}`
  }
}

function offlineWords(status: Extract<Status, { state: 'offline' }>, words: StateWords): string {
  const offline = status.backlog === 'long-offline' ? words.offlineForLong : words.offline
  if (status.pending === 0) return offline
  const changes = status.stored ? words.kept(status.pending) : words.keeping(status.pending)
  return `${offline} · ${changes}`
}

/** What the state means and what will happen, as whole sentences. */
export function explainStatus(status: Status, words: StateWords): string {
  const { explain } = words
  switch (status.state) {
    case 'loading':
      return explain.loading
    case 'synced':
      return explain.saved
    case 'saving':
      return status.backlog === 'none' ? explain.saving : explain[status.backlog]
    case 'offline':
      return status.backlog === 'long-offline' ? explain['long-offline'] : explain.offline
    case 'attention':
      return explain[status.reason]
  }
}

/** What giving up does for this reason, as the words of a button; null where there is nothing to give up. */
export function giveUpWords(reason: AttentionStatus['reason'], words: StateWords): string | null {
  switch (reason) {
    case 'update-rejected':
    case 'access-revoked':
      return words.giveUpAll
    case 'create-refused':
      return words.giveUpList
    default:
      return null
  }
}
