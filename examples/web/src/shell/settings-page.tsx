import { Account } from '../session/account.tsx'
import { useMe } from '../session/me.ts'
import { useWords } from '../words/use-words.ts'
import { Page } from './page.tsx'

export function SettingsPage() {
  const words = useWords().shell
  const me = useMe()
  return (
    <Page title={words.keys.goSettings}>
      <h1>{words.keys.goSettings}</h1>
      <Account user={me} onSignedOut={me.onSignedOut} />
    </Page>
  )
}
