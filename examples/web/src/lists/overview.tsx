import { useClient, useValue } from '@tandem/client-sdk/react'
import { Copy, Ellipsis, LayoutTemplate, Upload } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Page } from '../shell/page.tsx'
import { go } from '../shell/route.ts'
import { OverallStatus } from '../state/overall-status.tsx'
import { type MenuAction, MenuButton } from '../ui/menu.tsx'
import { useWords } from '../words/use-words.ts'
import { arrange } from './arrange.ts'
import { DeletedLists } from './deleted-lists.tsx'
import { askAboutList } from './dialog-store.ts'
import { ListGroup } from './list-links.tsx'
import { NEW_LIST_FIELD } from './new-list.ts'
import { personKnown } from './person-known.ts'
import { TEMPLATE_NAMES, useTemplates } from './use-templates.ts'
import './overview.css'

/** The first page: all lists, and ways to make one. */
export function Overview() {
  const lists = useValue(useClient().lists)
  const { summary } = useValue(useClient().status)
  const words = useWords().lists
  const { pinned, folders, others } = arrange(lists)
  return (
    <Page title={words.lists} className="overview">
      <header className="bar">
        <h1>{words.lists}</h1>
        <OverallStatus />
      </header>
      <NewList hasLists={lists.length > 0} />
      {lists.length === 0 && summary.state === 'loading' && <p className="muted">{words.looking}</p>}
      {lists.length === 0 && summary.state !== 'loading' && <FirstList />}
      <div className="overview-lists">
        <ListGroup name={words.pinned} lists={pinned} />
        {folders.map((folder) => (
          <ListGroup key={folder.name} name={folder.name} lists={folder.lists} isFolder />
        ))}
        <ListGroup name={words.others} lists={others} isOnly={pinned.length + folders.length === 0} />
      </div>
      <DeletedLists />
    </Page>
  )
}

function NewList({ hasLists }: { hasLists: boolean }) {
  const client = useClient()
  const words = useWords().lists
  const makeFrom = useTemplates()
  const [title, setTitle] = useState('')

  function create(event: FormEvent): void {
    event.preventDefault()
    const name = title.trim()
    if (name === '') return
    setTitle('')
    void personKnown(client).then(() =>
      go({ page: 'list', id: client.lists.create({ title: name }).value.id }),
    )
  }

  const otherWays = (): MenuAction[] => [
    ...TEMPLATE_NAMES.map(
      (name): MenuAction => ({
        id: name,
        words: words.templates[name],
        icon: <LayoutTemplate aria-hidden />,
        run: () => makeFrom(name),
      }),
    ),
    {
      id: 'copy',
      words: words.copyOfList,
      icon: <Copy aria-hidden />,
      startsGroup: true,
      isDisabled: !hasLists,
      run: () => askAboutList({ ask: 'copy-which' }),
    },
    {
      id: 'import',
      words: words.fromFile,
      icon: <Upload aria-hidden />,
      run: () => askAboutList({ ask: 'import', listId: null }),
    },
  ]

  return (
    <form onSubmit={create} className="row">
      <label htmlFor={NEW_LIST_FIELD} className="only-read">
        {words.nameOfNew}
      </label>
      <input
        id={NEW_LIST_FIELD}
        placeholder={words.newList}
        dir="auto"
        autoComplete="off"
        maxLength={1000}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <button type="submit" className="primary" disabled={title.trim() === ''}>
        {words.create}
      </button>
      <MenuButton label={words.otherWays} icon={<Ellipsis aria-hidden />} actions={otherWays} />
    </form>
  )
}

/** For somebody who has no list yet: one thing to do, and four that are done already. */
function FirstList() {
  const words = useWords().lists
  const makeFrom = useTemplates()
  return (
    <section className="empty">
      <h2>{words.emptyTitle}</h2>
      <p className="muted">{words.emptyText}</p>
      <p className="muted">{words.emptyStart}</p>
      <ul className="templates">
        {TEMPLATE_NAMES.map((name) => (
          <li key={name}>
            <button type="button" onClick={() => makeFrom(name)}>
              <strong>{words.templates[name]}</strong>
              <span className="muted small">{words.templateHints[name]}</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="quiet" onClick={() => askAboutList({ ask: 'import', listId: null })}>
        <Upload aria-hidden />
        {words.fromFile}
      </button>
    </section>
  )
}
