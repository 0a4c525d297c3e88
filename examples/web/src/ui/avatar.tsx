import './avatar.css'

/** How many colours there are in tokens.css (`--person-0` …); a person has the same one everywhere. */
const COLORS = 8

export function personColor(userId: string): string {
  // FNV-1a, and its high bits: the low ones of a simple sum make neighbours of half the people.
  let hash = 0x811c9dc5
  for (const char of userId) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return `var(--person-${(hash >>> 16) % COLORS})`
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
