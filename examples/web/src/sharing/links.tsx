import type { GivenRole, List, ShareLink } from '@tandem/client-sdk'
import { useLinks, useValue } from '@tandem/client-sdk/react'
import { type FormEvent, useState } from 'react'
import { RoleSelect } from './role-select.tsx'
import { useAction } from './use-action.ts'
import { ROLE_WORDS, rolesUpTo } from './words.ts'

const DAY_MS = 86_400_000
const LASTS: Readonly<Record<string, number | null>> = {
  '1 day': 1,
  '1 week': 7,
  '30 days': 30,
  'for ever': null,
}

/** Addresses that let in whoever has them. */
export function ShareLinks({ list }: { list: List }) {
  const links = useLinks(list)
  const { role: own } = useValue(list.info)
  const [role, setRole] = useState<GivenRole>('editor')
  const [made, setMade] = useState<string | null>(null)
  const [isCopied, setCopied] = useState(false)
  const { run, isBusy, problem } = useAction()

  async function make(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const days = LASTS[String(fields.get('lasts'))] ?? null
    const uses = Number(fields.get('uses'))
    const password = String(fields.get('password') ?? '')
    setCopied(false)
    // Until the new one is there nobody may take the old one for it.
    setMade(null)
    await run(async () => {
      const { url } = await list.links.create({
        role,
        ...(days === null ? {} : { expiresAt: Date.now() + days * DAY_MS }),
        ...(uses > 0 ? { maxUses: uses } : {}),
        ...(password === '' ? {} : { password }),
      })
      setMade(url)
    })
  }

  return (
    <section className="stack" aria-labelledby="links-title">
      <h3 id="links-title">Share by link</h3>
      <form onSubmit={make} className="fields">
        <div className="field">
          <span aria-hidden="true">Whoever has it</span>
          <RoleSelect label="Whoever has the link" roles={rolesUpTo(own)} value={role} onChange={setRole} />
        </div>
        <label className="field">
          It works
          <select name="lasts" defaultValue="1 week">
            {Object.keys(LASTS).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label className="field">
          It lets in at most
          <input name="uses" type="number" min={1} max={10_000} placeholder="any number of people" />
        </label>
        <label className="field">
          Password
          <input
            name="password"
            type="text"
            autoComplete="off"
            minLength={8}
            maxLength={200}
            placeholder="none"
          />
        </label>
        <button type="submit" disabled={isBusy}>
          Make a link
        </button>
      </form>
      {made !== null && (
        <div className="notice" role="status">
          <p>Copy it now: for safety it is not shown again.</p>
          <div className="row">
            <input
              readOnly
              aria-label="Address of the link"
              value={made}
              onFocus={(event) => event.target.select()}
            />
            <button
              type="button"
              onClick={() => void run(() => navigator.clipboard.writeText(made)).then(setCopied)}
            >
              {isCopied ? 'Copied' : 'Copy'}
            </button>
          </div>
        </div>
      )}
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {links.length > 0 && (
        <ul className="people" aria-label="Links that work">
          {links.map((link) => (
            <li key={link.id} className="person">
              <span className="grow">
                {ROLE_WORDS[link.role]}
                <span className="origin">{factsOf(link)}</span>
              </span>
              <button
                type="button"
                className="quiet"
                disabled={isBusy}
                onClick={() => void run(() => list.links.revoke(link.id))}
              >
                Switch off
              </button>
              {link.uses > 0 && (
                <button
                  type="button"
                  className="quiet"
                  disabled={isBusy}
                  onClick={() => {
                    const question = 'Switch the link off and remove everybody who came by it?'
                    if (!confirm(question)) return
                    void run(() => list.links.revoke(link.id, { disconnect: true }))
                  }}
                >
                  Switch off and remove who came
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function factsOf({ uses, maxUses, expiresAt, hasPassword }: ShareLink): string {
  const used = maxUses === null ? `used ${uses} times` : `used ${uses} of ${maxUses} times`
  const until = expiresAt === null ? '' : `until ${new Date(expiresAt).toLocaleDateString()}`
  return [uses === 1 && maxUses === null ? 'used once' : used, until, hasPassword ? 'with a password' : '']
    .filter((part) => part !== '')
    .join(' · ')
}
