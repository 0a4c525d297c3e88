import type { ListInfo, Status } from '@tandem/client-sdk'
import { useClient, useValue } from '@tandem/client-sdk/react'
import { BellOff, ChevronRight, Ellipsis } from 'lucide-react'
import { useId } from 'react'
import { follow, useRoute } from '../shell/route.ts'
import { MenuButton } from '../ui/menu.tsx'
import { useWords } from '../words/use-words.ts'
import { fold, useIsFolded } from './folds.ts'
import { listActions } from './list-menu.tsx'

interface GroupProps {
  readonly name: string
  readonly lists: readonly ListInfo[]
  readonly isFolder?: boolean
  /** Nothing else is there, so there is nothing to tell it from. */
  readonly isOnly?: boolean
}

/** Lists under a name; a folder's can be folded away. */
export function ListGroup({ name, lists, isFolder = false, isOnly = false }: GroupProps) {
  const nameId = useId()
  const isFolded = useIsFolded(name) && isFolder
  if (lists.length === 0) return null
  return (
    <div className="list-group">
      {isFolder ? (
        <button
          id={nameId}
          type="button"
          className="quiet group-name"
          aria-expanded={!isFolded}
          onClick={() => fold(name, !isFolded)}
        >
          <ChevronRight aria-hidden />
          <span className="grow">
            <bdi>{name}</bdi>
          </span>
        </button>
      ) : (
        <p id={nameId} className={isOnly ? 'only-read' : 'group-name'}>
          {name}
        </p>
      )}
      {!isFolded && (
        <ul aria-labelledby={nameId}>
          {lists.map((list) => (
            <ListLink key={list.id} info={list} />
          ))}
        </ul>
      )}
    </div>
  )
}

/** One list: its name, what is open in it, and what there is to say about it. */
export function ListLink({ info }: { info: ListInfo }) {
  const client = useClient()
  const words = useWords()
  const route = useRoute()
  const state = useShownState(info)
  const isHere = route.page === 'list' && route.id === info.id
  return (
    <li className="list-link" data-here={isHere}>
      <a {...follow({ page: 'list', id: info.id })} aria-current={isHere ? 'page' : undefined}>
        <ListMark info={info} state={state} />
        <span className="grow side-text">
          <bdi>{info.title === '' ? '…' : info.title}</bdi>
        </span>
        {info.ended && <span className="count">{words.lists.ended}</span>}
        {info.mine.muted && !info.ended && (
          <BellOff className="small-icon" role="img" aria-label={words.lists.muted} />
        )}
        {info.open !== null && info.open > 0 && !info.ended && (
          <span className="count">
            <span aria-hidden>{info.open}</span>
            <span className="only-read">{words.lists.openCount(info.open)}</span>
          </span>
        )}
        {state !== null && <span className="only-read">{words.lists.states[state]}</span>}
      </a>
      {!info.ended && (
        <MenuButton
          label={words.lists.more(info.title)}
          icon={<Ellipsis aria-hidden />}
          actions={() => listActions(client, info, words)}
        />
      )}
    </li>
  )
}

/** What all is well about needs no mark. */
const SHOWN: readonly Status['state'][] = ['saving', 'offline', 'attention']

/** The list's own icon, with a dot where something of it is not saved. */
function ListMark({ info, state }: { info: ListInfo; state: Status['state'] | null }) {
  return (
    <span className="list-mark" aria-hidden>
      {info.icon ?? <span className="bullet" />}
      {state !== null && <span className="state-dot" data-state={state} />}
    </span>
  )
}

function useShownState({ id }: ListInfo): Status['state'] | null {
  return useValue(useClient().status, ({ lists }) => {
    const state = lists[id]
    return state !== undefined && SHOWN.includes(state) ? state : null
  })
}
