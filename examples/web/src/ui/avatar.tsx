import './avatar.css'

/** How many colours there are in tokens.css (`--person-0` …); a person has the same one everywhere. */
const COLORS = 8

export function personColor(userId: string): string {
  let sum = 0
  for (const char of userId) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return `var(--person-${sum % COLORS})`
}

interface Props {
  readonly userId: string
  readonly name: string
  readonly isIdle?: boolean
}

/** A person as a disc with their first letters. The name is said beside it or in its title, never by colour alone. */
export function Avatar({ userId, name, isIdle = false }: Props) {
  return (
    <span
      className="avatar"
      data-idle={isIdle}
      style={{ background: personColor(userId) }}
      title={name}
      aria-hidden
    >
      {initialsOf(name)}
    </span>
  )
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u)
  const first = [...(words[0] ?? '')][0] ?? '?'
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return `${first}${last}`.toLocaleUpperCase()
}
