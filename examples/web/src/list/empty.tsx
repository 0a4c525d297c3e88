import type { List } from '@tandem/client-sdk'
import { useCan, useStatus, useValue } from '@tandem/client-sdk/react'
import { CircleCheck, CloudOff, ListFilter, ListPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStore } from '../ui/store.ts'
import { useMedia, WIDE } from '../ui/use-media.ts'
import { useWords } from '../words/use-words.ts'
import { useBoard } from './board/board.ts'
import { isFiltering, NO_FILTER } from './order/outline.ts'

interface Props {
  readonly list: List
  /** Open rows, whatever is folded, and all that are in no trash. */
  readonly openCount: number
  readonly allCount: number
}

/** Why there is nothing to see, which has five reasons, and the one thing to do about it. */
export function Empty({ list, openCount, allCount }: Props) {
  const { filter } = useBoard()
  const words = useWords().list
  const status = useStatus(list)
  const can = useCan(list)
  const isWide = useMedia(WIDE)
  const sections = useValue(list.sections)
  const isFiltered = useStore(filter, isFiltering)
  if (openCount > 0) return null
  if (status.state === 'loading') {
    return <Said icon={null} title={status.from === 'device' ? words.loading : words.loadingFromServer} />
  }
  if (status.state === 'offline' && !status.here) {
    return <Said icon={<CloudOff aria-hidden />} title={words.notHereTitle} hint={words.notHere} />
  }
  if (isFiltered)
    return (
      <Said icon={<ListFilter aria-hidden />} title={words.nothingMatches}>
        <button type="button" onClick={() => filter.set(NO_FILTER)}>
          {words.showAll}
        </button>
      </Said>
    )
  if (allCount > 0)
    return <Said icon={<CircleCheck aria-hidden />} title={words.allDone} hint={words.allDoneHint} />
  if (sections.length > 0) return null
  const hint = isWide ? words.emptyHint : words.emptyHintPhone
  return (
    <Said icon={<ListPlus aria-hidden />} title={words.empty} hint={can.edit ? hint : words.emptyReadOnly} />
  )
}

function Said(props: { icon: ReactNode; title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="list-empty">
      {props.icon}
      <p>
        <strong>{props.title}</strong>
      </p>
      {props.hint !== undefined && <p className="muted">{props.hint}</p>}
      {props.children}
    </div>
  )
}
