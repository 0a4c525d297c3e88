import type { ClientStatus } from '@tandem/client-sdk'
import { useClient, useValue } from '@tandem/client-sdk/react'
import { useEffect, useSyncExternalStore } from 'react'
import {
  isAnotherInCharge,
  letIn,
  lookForNewVersion,
  subscribeToVersions,
  waitingVersion,
} from './service-worker.ts'

/** A text field that was typed into this recently is being typed into. */
const TYPING_MS = 3_000

export type NewVersion = 'none' | 'waits' | 'in-charge'

/** `waits`: it is here whole, and nobody has let it in. `in-charge`: another tab has, and this one is the old page. */
export function useNewVersion(): NewVersion {
  return useSyncExternalStore(subscribeToVersions, () => {
    if (isAnotherInCharge()) return 'in-charge'
    return waitingVersion() === null ? 'none' : 'waits'
  })
}

/** How many edits of this person the server does not have. */
export function usePending(): number {
  return pendingIn(useValue(useClient().status))
}

export function pendingIn({ standing }: ClientStatus): number {
  return Object.values(standing).reduce((sum, { pending }) => sum + pending, 0)
}

/**
 * Loads the page again by itself once another tab has moved on, or when the server takes the old page no more: not over an edit that
 * waits, and not while somebody types.
 */
export function useFollow(version: NewVersion, pending: number, isTooOld: boolean): void {
  const isDue = pending === 0 && (version === 'in-charge' || (version === 'waits' && isTooOld))
  useEffect(() => {
    if (isTooOld) void lookForNewVersion()
  }, [isTooOld])
  useEffect(() => {
    if (!isDue) return
    const look = (): void => {
      if (!isTyping()) letIn()
    }
    look()
    const timer = setInterval(look, 1_000)
    return () => clearInterval(timer)
  }, [isDue])
}

let typedAt = 0
if (typeof document !== 'undefined') {
  document.addEventListener('input', () => {
    typedAt = Date.now()
  })
}

/** A field in use with something in it, or one that was in use a moment ago: a reload would take that away. */
export function isTyping(): boolean {
  const { activeElement } = document
  const isText = activeElement instanceof HTMLTextAreaElement || isTextInput(activeElement)
  const hasText = isText && (activeElement as HTMLInputElement).value !== ''
  return (
    hasText ||
    Date.now() - typedAt < TYPING_MS ||
    document.querySelector('[role=dialog] :is(input, textarea)') !== null
  )
}

function isTextInput(element: Element | null): element is HTMLInputElement {
  return element instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(element.type)
}
