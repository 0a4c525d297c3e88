import { useEffect, useRef, useState } from 'react'
import { useOnLeave } from '../../ui/use-on-leave.ts'

interface Props {
  readonly label: string
  readonly before: string
  readonly placeholder?: string
  readonly maxLength?: number
  /** Null: nothing was typed, or it was taken back. */
  readonly onClose: (name: string | null) => void
}

/** A name that is typed in its place: Enter and leaving it keep what was typed, Escape does not. */
export function NameField({ label, before, placeholder, maxLength = 1_000, onClose }: Props) {
  const [text, setText] = useState(before)
  const field = useRef<HTMLInputElement>(null)
  const isClosed = useRef(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])

  function close(name: string | null): void {
    // Enter takes the field away, and that blurs it.
    if (isClosed.current) return
    isClosed.current = true
    onClose(name === null || name.trim() === '' ? null : name.trim())
  }

  useOnLeave(() => text !== before && close(text))

  return (
    <input
      ref={field}
      className="name-field"
      dir="auto"
      aria-label={label}
      placeholder={placeholder}
      maxLength={maxLength}
      autoComplete="off"
      enterKeyHint="done"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={(event) => event.target.isConnected && close(text)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') close(text)
        if (event.key === 'Escape') close(null)
      }}
    />
  )
}
