import type { List } from '@tandem/client-sdk'
import { useItem, useValue } from '@tandem/client-sdk/react'
import { useMemo, useRef } from 'react'
import { short } from '../../together/collision-words.ts'
import { useNameOf } from '../../together/names.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useLanguage, useWords } from '../../words/use-words.ts'
import { dayWords } from '../detail/due-words.ts'
import { useToday } from '../detail/use-now.ts'
import './history.css'
import { HistoryLine } from './history-line.tsx'
import { HISTORY_WORDS } from './history-words.ts'
import { titlesOf } from './known.ts'
import { type Day, daysOf } from './lines.ts'
import type { Read } from './reader.ts'
import type { Telling } from './tell.ts'
import { useHistory } from './use-history.ts'
import { whyNot } from './why-not.ts'

interface Props {
  readonly list: List
  /** Absent: of the whole list. */
  readonly itemId: string | undefined
  readonly onClose: () => void
}

/** Who did what and when, newest first, with a way back to what is gone. */
export function HistoryDialog({ list, itemId, onClose }: Props) {
  const words = useWords()
  const { tag } = useLanguage()
  const history = HISTORY_WORDS[tag]
  const { title } = useValue(list.info)
  const item = useItem(list, itemId ?? '')
  const { read, older } = useHistory(list, itemId)
  const titleOf = useMemo(() => titlesOf(list, read.entries), [list, read.entries])
  const telling: Telling = { words, tag, history, titleOf, nameOf: useNameOf(list), me: useValue(list.me) }
  const days = useMemo(() => daysOf(read.entries), [read.entries])
  return (
    <Dialog
      title={history.title(short(itemId === undefined ? title : (item?.title ?? '')))}
      closeWords={words.shell.close}
      onClose={onClose}
    >
      {days.map(({ day, lines }) => (
        <DayLines key={day} day={day} lines={lines} list={list} telling={telling} />
      ))}
      <End read={read} isEmpty={days.length === 0} telling={telling} older={older} />
    </Dialog>
  )
}

function DayLines({ day, lines, list, telling }: Day & { readonly list: List; readonly telling: Telling }) {
  const today = useToday()
  const id = `history-${day}`
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{dayWords(day, today, telling)}</h3>
      <ul className="rows">
        {lines.map(({ key, entry, deed }) => (
          <HistoryLine key={key} list={list} entry={entry} deed={deed} telling={telling} />
        ))}
      </ul>
    </section>
  )
}

interface EndProps {
  readonly read: Read
  readonly isEmpty: boolean
  readonly telling: Telling
  readonly older: () => Promise<void>
}

/** How far it reaches back, and how it goes on. */
function End({ read, isEmpty, telling: { history }, older }: EndProps) {
  const end = useRef<HTMLDivElement>(null)
  const { next, missing, phase, error } = read
  const isReading = phase === 'reading'

  async function goOn(): Promise<void> {
    await older()
    // The button may be gone; who pressed it goes on from where it stood.
    if (!end.current?.contains(document.activeElement)) end.current?.focus()
  }

  return (
    <div ref={end} className="stack" tabIndex={-1}>
      {missing > 0 && <p className="notice">{history.missing(missing)}</p>}
      <div role="status" className="muted small">
        {isReading && <p>{history.reading}</p>}
        {phase === 'resting' && next === null && <p>{isEmpty ? history.nothing : history.beginning}</p>}
        {phase === 'resting' && isEmpty && typeof next === 'number' && <p>{history.nothingLately}</p>}
      </div>
      {phase === 'failed' && (
        <div className="notice" role="alert">
          <p>{whyNot(error, history)}</p>
          <button type="button" onClick={() => void goOn()}>
            {history.tryAgain}
          </button>
        </div>
      )}
      {phase !== 'failed' && typeof next === 'number' && (
        <div className="row">
          <button type="button" aria-disabled={isReading} onClick={() => void goOn()}>
            {history.older}
          </button>
        </div>
      )}
    </div>
  )
}
