import type { GivenRole } from '@tandem/client-sdk'
import { useWords } from '../words/use-words.ts'

export function RoleSelect(props: {
  label: string
  roles: readonly GivenRole[]
  value: GivenRole
  isBusy?: boolean
  onChange: (role: GivenRole) => void
}) {
  const { label, roles, value, isBusy = false, onChange } = props
  const words = useWords().sharing
  return (
    <select
      className="role"
      aria-label={label}
      title={words.roleMeans[value]}
      value={value}
      aria-busy={isBusy}
      onChange={(event) => {
        const chosen = roles.find((role) => role === event.target.value)
        if (chosen !== undefined) onChange(chosen)
      }}
    >
      {roles.map((role) => (
        <option key={role} value={role} title={words.roleMeans[role]}>
          {words.roles[role]}
        </option>
      ))}
    </select>
  )
}
