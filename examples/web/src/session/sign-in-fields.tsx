import { useWords } from '../words/use-words.ts'

/** How somebody gets in. */
export type Way = 'name' | 'password' | 'new-account' | 'mail'

/** What each way asks for. Password managers know these fields by their names. */
export function SignInFields({ way }: { way: Way }) {
  const words = useWords().session
  return (
    <>
      {(way === 'name' || way === 'new-account') && (
        <label className="field">
          {words.name}
          <input name="name" dir="auto" autoComplete="nickname" maxLength={80} required />
        </label>
      )}
      {way !== 'name' && (
        <label className="field">
          {words.email}
          <input name="email" type="email" dir="ltr" autoComplete="username" maxLength={254} required />
        </label>
      )}
      {(way === 'password' || way === 'new-account') && (
        <label className="field">
          {words.password}
          <input
            name="password"
            type="password"
            dir="ltr"
            autoComplete={way === 'password' ? 'current-password' : 'new-password'}
            minLength={way === 'password' ? 1 : 8}
            maxLength={128}
            required
          />
        </label>
      )}
    </>
  )
}
