import type { GivenRole } from '@tandem/client-sdk'
import { ROLE_WORDS } from './words.ts'

export function RoleSelect(props: {
  label: string
  roles: readonly GivenRole[]
  value: GivenRole
  disabled?: boolean
  onChange: (role: GivenRole) => void
}) {
  const { label, roles, value, disabled = false, onChange } = props
  return (
    <select
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => {
        const chosen = roles.find((role) => role === event.target.value)
        if (chosen !== undefined) onChange(chosen)
      }}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {ROLE_WORDS[role]}
        </option>
      ))}
    </select>
  )
}
