import { useState } from 'react'

interface Props {
  readonly type: 'date' | 'time' | 'datetime-local'
  readonly label: string
  readonly value: string
  /** Empty: it was cleared. */
  readonly onValue: (value: string) => void
  readonly onLeave?: () => void
}

/**
 * The browser's own date or time field. While a year is typed it says the years 0002, 0020 and 0202, and while a part is deleted
 * nothing at all: those wait until the field is left.
 */
export function NativeField({ type, label, value, onValue, onLeave }: Props) {
  const [typing, setTyping] = useState<string | null>(null)
  return (
    <input
      type={type}
      className="live native"
      aria-label={label}
      value={typing ?? value}
      {...(type === 'time'
        ? {}
        : {
            min: `0001-01-01${type === 'date' ? '' : 'T00:00'}`,
            max: `9999-12-31${type === 'date' ? '' : 'T23:59'}`,
          })}
      onChange={({ target }) => {
        const isWhole = target.value !== '' && (type === 'time' || target.value >= '1000')
        setTyping(isWhole ? null : target.value)
        if (isWhole && target.value !== value) onValue(target.value)
      }}
      onBlur={({ target }) => {
        setTyping(null)
        // Half a date is none, and no reason to forget the one there was.
        if (typing !== null && typing !== value && !target.validity.badInput) onValue(typing)
        onLeave?.()
      }}
    />
  )
}
