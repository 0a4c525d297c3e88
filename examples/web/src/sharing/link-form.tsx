import type { GivenRole, NewLink } from '@tandem/client-sdk'
import { type FormEvent, useState } from 'react'
import { Problem } from '../ui/problem.tsx'
import { useWords } from '../words/use-words.ts'
import { endOf, LASTINGS, type Lasting, tomorrow } from './link-end.ts'
import { RoleSelect } from './role-select.tsx'
import { useAction } from './use-action.ts'

interface Props {
  readonly roles: readonly GivenRole[]
  readonly onMake: (link: NewLink) => Promise<void>
}

/** A link to be made: what it allows in sight, and what limits it one press away. */
export function LinkForm({ roles, onMake }: Props) {
  const words = useWords().sharing
  const [role, setRole] = useState<GivenRole>('editor')
  const [lasting, setLasting] = useState<Lasting>('week')
  const { once, isBusy, problem } = useAction()

  async function make(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const expiresAt = endOf(lasting, String(fields.get('day') ?? ''), new Date())
    const uses = Number(fields.get('uses'))
    const password = String(fields.get('password') ?? '')
    const link = {
      role,
      ...(expiresAt === null ? {} : { expiresAt }),
      ...(uses > 0 ? { maxUses: uses } : {}),
      ...(password === '' ? {} : { password }),
    }
    await once(() => onMake(link), words.makeLink)
  }

  return (
    <form onSubmit={make} className="stack">
      <div className="row wrap">
        <span className="grow" aria-hidden>
          {words.linkRole}
        </span>
        <RoleSelect label={words.linkRole} roles={roles} value={role} onChange={setRole} />
        <button type="submit" aria-disabled={isBusy}>
          {words.makeLink}
        </button>
      </div>
      <details>
        <summary>{words.linkOptions}</summary>
        <div className="fields">
          <label className="field">
            {words.works}
            <select
              value={lasting}
              onChange={(event) => setLasting(LASTINGS.find((one) => one === event.target.value) ?? 'week')}
            >
              {LASTINGS.map((one) => (
                <option key={one} value={one}>
                  {words.worksFor[one]}
                </option>
              ))}
            </select>
          </label>
          {lasting === 'date' && (
            <label className="field">
              {words.lastDay}
              <input name="day" type="date" min={tomorrow(new Date())} required />
            </label>
          )}
          <label className="field">
            {words.atMost}
            <input name="uses" type="number" min={1} max={10_000} placeholder={words.anyNumber} />
          </label>
          <label className="field">
            {words.password}
            <input
              name="password"
              type="text"
              dir="auto"
              autoComplete="off"
              minLength={8}
              maxLength={200}
              placeholder={words.noPassword}
            />
          </label>
        </div>
      </details>
      <Problem text={problem} />
    </form>
  )
}
