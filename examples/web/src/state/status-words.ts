import type { Status } from '@tandem/client-sdk'

/** The state of a list in words. "Saved" appears for nothing but the server's word that everything is on its disk. */
export function statusWords(status: Status): string {
  switch (status.state) {
    case 'loading':
      return 'Loading…'
    case 'synced':
      return 'Saved'
    case 'saving':
      return status.backlog === 'none' ? 'Saving…' : `Saving ${status.pending} changes…`
    case 'offline':
      return offlineWords(status)
    case 'attention':
      return 'Needs attention'
  }
}

function offlineWords(status: Extract<Status, { state: 'offline' }>): string {
  if (status.pending === 0) return 'Offline'
  const changes = status.pending === 1 ? '1 change' : `${status.pending} changes`
  const kept = status.stored ? `${changes} kept on this device` : `keeping ${changes} on this device…`
  return status.backlog === 'long-offline' ? `Offline for long · ${kept}` : `Offline · ${kept}`
}

/** What each way out does, in the words of the button. */
export function resolveWords(reason: Extract<Status, { state: 'attention' }>['reason']): string | null {
  switch (reason) {
    case 'update-rejected':
    case 'access-revoked':
    case 'create-refused':
      return 'Give these changes up'
    case 'client-too-old':
      return 'Reload'
    default:
      return null
  }
}
