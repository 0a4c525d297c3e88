import { useAcross, useClient, useValue } from '@tandem/client-sdk/react'
import { ListTodo, Plus, Search, Settings, Sun, Trash2, UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { useToday } from '../list/detail/use-now.ts'
import { useMe } from '../session/me.ts'
import { follow, type Route, useRoute } from '../shell/route.ts'
import { useWords } from '../words/use-words.ts'
import { arrange } from './arrange.ts'
import { ListGroup } from './list-links.tsx'
import { startNewList } from './new-list.ts'
import './sidebar.css'

/** All lists and views of this person. */
export function Sidebar() {
  const words = useWords().lists
  const me = useMe()
  const { pinned, folders, others } = arrange(useValue(useClient().lists))
  return (
    <nav className="sidebar" aria-label={words.lists}>
      <ul className="views">
        <TodayLink />
        <ViewLink route={{ page: 'assigned' }} icon={<UserRound aria-hidden />} words={words.assigned} />
        <ViewLink route={{ page: 'search', text: '' }} icon={<Search aria-hidden />} words={words.search} />
        <ViewLink route={{ page: 'trash' }} icon={<Trash2 aria-hidden />} words={words.trash} />
        <ViewLink route={{ page: 'lists' }} icon={<ListTodo aria-hidden />} words={words.allLists} />
      </ul>
      <div className="sidebar-lists">
        <ListGroup name={words.pinned} lists={pinned} />
        {folders.map((folder) => (
          <ListGroup key={folder.name} name={folder.name} lists={folder.lists} isFolder />
        ))}
        <ListGroup name={words.others} lists={others} isOnly={pinned.length + folders.length === 0} />
      </div>
      <div className="sidebar-foot">
        <button type="button" className="quiet" onClick={startNewList}>
          <Plus aria-hidden />
          {words.newList}
        </button>
        <a className="quiet-link" {...follow({ page: 'settings' })}>
          <Settings aria-hidden />
          <span className="grow side-text" aria-hidden>
            <bdi>{me.name}</bdi>
          </span>
          <span className="only-read">{words.settingsOf(me.name)}</span>
        </a>
      </div>
    </nav>
  )
}

/** With how much is due: the one number that is worth a look. */
function TodayLink() {
  const words = useWords().lists
  const today = useToday()
  const { rows } = useAcross({ dueUntil: today, done: false })
  return (
    <ViewLink route={{ page: 'today' }} icon={<Sun aria-hidden />} words={words.today}>
      {rows.length > 0 && (
        <span className="count">
          <span aria-hidden>{rows.length}</span>
          <span className="only-read">{words.dueCount(rows.length)}</span>
        </span>
      )}
    </ViewLink>
  )
}

interface ViewLinkProps {
  readonly route: Route
  readonly icon: ReactNode
  readonly words: string
  readonly children?: ReactNode
}

function ViewLink({ route, icon, words, children }: ViewLinkProps) {
  const isHere = useRoute().page === route.page
  return (
    <li className="list-link" data-here={isHere}>
      <a {...follow(route)} aria-current={isHere ? 'page' : undefined}>
        {icon}
        <span className="grow side-text">{words}</span>
        {children}
      </a>
    </li>
  )
}
