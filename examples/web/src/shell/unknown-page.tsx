import { useWords } from '../words/use-words.ts'
import { Page } from './page.tsx'
import { follow } from './route.ts'

/** An address that leads nowhere, said in words and with a way on. */
export function UnknownPage() {
  const words = useWords().shell
  return (
    <Page title={words.unknownTitle} className="empty">
      <h1>{words.unknownTitle}</h1>
      <p className="muted">{words.unknownText}</p>
      <p>
        <a className="button primary" {...follow({ page: 'lists' })}>
          {words.toLists}
        </a>
      </p>
    </Page>
  )
}
