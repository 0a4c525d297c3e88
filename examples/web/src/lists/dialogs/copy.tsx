import { useClient, useValue } from '@tandem/client-sdk/react'
import { ListTodo } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { go } from '../../shell/route.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Problem } from '../../ui/problem.tsx'
import { toast } from '../../ui/toast-store.ts'
import { useWords, wordsNow } from '../../words/use-words.ts'
import { askAboutList } from '../dialog-store.ts'
import type { ListDialogProps } from '../list-dialogs.tsx'
import { withWholeList } from '../whole-list.ts'
import { whyNot } from '../why-not.ts'
import './dialogs.css'

/** A new list with what this one has. */
export function CopyDialog({ info, onClose }: ListDialogProps) {
  const client = useClient()
  const words = useWords()
  const [title, setTitle] = useState(words.lists.copiedName(info.title))
  const [fresh, setFresh] = useState(true)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function copy(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (title.trim() === '') return
    if (isBusy) return
    setBusy(true)
    setProblem(null)
    try {
      const { copyList } = await import('@tandem/client-sdk/exchange')
      const { value } = await withWholeList(client, info.id, (list) =>
        copyList(client, list, { title: title.trim(), fresh }),
      )
      onClose()
      go({ page: 'list', id: value.id })
      toast(wordsNow().lists.copied(title.trim()))
    } catch (error) {
      setProblem(whyNot(error))
      setBusy(false)
    }
  }

  return (
    <Dialog title={words.lists.copyTitle(info.title)} closeWords={words.shell.close} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void copy(event)}>
        <label className="field">
          {words.lists.copyName}
          <input
            dir="auto"
            autoComplete="off"
            maxLength={1000}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
        <label>
          <input type="checkbox" checked={fresh} onChange={(event) => setFresh(event.target.checked)} />
          {words.lists.copyFresh}
        </label>
        <p className="muted small">{words.lists.copyNote}</p>
        <div className="row">
          <button type="submit" className="primary" aria-disabled={isBusy || title.trim() === ''}>
            {words.lists.copyDo}
          </button>
          <button type="button" onClick={onClose}>
            {words.lists.cancel}
          </button>
        </div>
        <Problem text={problem} />
      </form>
    </Dialog>
  )
}

/** First which list, then how. */
export function CopyWhich({ onClose }: { onClose: () => void }) {
  const lists = useValue(useClient().lists).filter((list) => !list.ended)
  const words = useWords()
  return (
    <Dialog title={words.lists.copyWhich} closeWords={words.shell.close} onClose={onClose}>
      <ul className="choices">
        {lists.map((list) => (
          <li key={list.id}>
            <button
              type="button"
              className="choice"
              onClick={() => askAboutList({ ask: 'copy', listId: list.id })}
            >
              <ListTodo aria-hidden />
              <span className="grow">
                <bdi>{list.title}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
