import { type ChangeEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'

interface Options {
  /** As it is for everybody now. */
  readonly value: string
  readonly isLocked: boolean
  /** Called with what was typed, when it differs; false: it cannot be kept like this, and stays in the field. */
  readonly save: (text: string) => boolean
  /** Enter is a line of the text. */
  readonly isMultiline?: boolean
}

interface Typing {
  readonly text: string
  /** What it was when typing began: a value that has changed since is somebody else's. */
  readonly before: string
}

/**
 * A text that is kept without a button: on Enter, on leaving the field, and when the page or the panel goes away. Nobody's change
 * overwrites what is being typed; `theirs` says that there is one.
 */
export function useLiveText({ value, isLocked, save, isMultiline = false }: Options) {
  const [typing, setTyping] = useState<Typing | null>(null)
  const latest = useRef({ typing, value, isLocked, save })
  useEffect(() => {
    latest.current = { typing, value, isLocked, save }
  })

  function commit(): void {
    const now = latest.current
    if (now.typing === null || now.isLocked) return
    const isKept = now.typing.text === now.value || now.save(now.typing.text)
    if (!isKept) return
    latest.current = { ...now, typing: null }
    setTyping(null)
  }
  const commitLatest = useRef(commit)
  useEffect(() => {
    commitLatest.current = commit
  })
  useEffect(() => {
    const onHide = (): void => commitLatest.current()
    addEventListener('pagehide', onHide)
    return () => {
      removeEventListener('pagehide', onHide)
      onHide()
    }
  }, [])

  const isChanged = typing !== null && value !== typing.before && value !== typing.text
  return {
    text: typing?.text ?? value,
    isTyping: typing !== null,
    /** The other person's value, while this one's is not kept yet. */
    theirs: isChanged ? value : null,
    drop: () => setTyping(null),
    field: {
      value: typing?.text ?? value,
      readOnly: isLocked,
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
        setTyping({ text: event.target.value, before: typing?.before ?? value })
      },
      onBlur: commit,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape' && typing !== null) {
          // It leaves the field as it was, and not the panel.
          event.stopPropagation()
          setTyping(null)
        }
        if (event.key !== 'Enter' || (isMultiline && !event.metaKey && !event.ctrlKey)) return
        event.preventDefault()
        commit()
      },
    },
  }
}
