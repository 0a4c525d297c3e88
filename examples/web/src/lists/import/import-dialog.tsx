import { type Client, type Id, withList } from '@tandem/client-sdk'
import type { Parsed } from '@tandem/client-sdk/exchange'
import { useClient, useValue } from '@tandem/client-sdk/react'
import { useEffect, useRef, useState } from 'react'
import { go } from '../../shell/route.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast-store.ts'
import { useWords, wordsNow } from '../../words/use-words.ts'
import { ChooseFile } from './choose-file.tsx'
import { Preview } from './preview.tsx'
import { readFile } from './read-file.ts'
import { type JobDone, runImport } from './run-import.ts'
import './import.css'

type Step =
  | { readonly step: 'choose'; readonly problem: string | null }
  | { readonly step: 'reading' }
  | { readonly step: 'preview'; readonly parsed: Parsed; readonly title: string }
  | { readonly step: 'importing'; readonly added: number; readonly of: number }

interface Props {
  /** Null: into a new list. */
  readonly listId: Id | null
  readonly onClose: () => void
}

/** From a file to items: choose, look at what was understood, bring it in. Closing it at any point leaves nothing half done. */
export function ImportDialog({ listId, onClose }: Props) {
  const client = useClient()
  const words = useWords()
  const target = useValue(client.lists, (lists) => lists.find(({ id }) => id === listId))
  const [now, setNow] = useState<Step>({ step: 'choose', problem: null })
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])

  async function choose(file: File): Promise<void> {
    setNow({ step: 'reading' })
    const read = await readFile(file)
    const said = wordsNow().lists
    if (read.state === 'too-large') {
      const megabytes = (read.bytes / 1_000_000).toFixed(1)
      setNow({ step: 'choose', problem: said.importTooLarge(megabytes) })
    } else if (read.state === 'unreadable') setNow({ step: 'choose', problem: said.importUnreadable })
    else {
      const title = read.parsed.title ?? (read.name.trim() || said.importUntitled)
      setNow({ step: 'preview', parsed: read.parsed, title })
    }
  }

  async function bringIn(content: Parsed, title: string): Promise<void> {
    const controller = new AbortController()
    abort.current = controller
    const of = content.items.length
    setNow({ step: 'importing', added: 0, of })
    const onProgress = (added: number): void => setNow({ step: 'importing', added, of })
    try {
      const done = await runImport({ client, content, listId, title, signal: controller.signal, onProgress })
      abort.current = null
      onClose()
      sayDone(client, done, target?.title ?? title)
    } catch (error) {
      abort.current = null
      setNow({ step: 'choose', problem: (error as Error).message })
    }
  }

  const close = (): void => {
    // It takes back what it has added, and closes itself.
    if (abort.current !== null) abort.current.abort()
    else onClose()
  }
  const title = target === undefined ? words.lists.importTitle : words.lists.importInto(target.title)
  return (
    <Dialog title={title} closeWords={words.shell.close} onClose={close}>
      {now.step === 'choose' && <ChooseFile problem={now.problem} onFile={(file) => void choose(file)} />}
      {now.step === 'reading' && <p role="status">{words.lists.importReading}</p>}
      {now.step === 'preview' && (
        <Preview
          parsed={now.parsed}
          title={now.title}
          isNew={listId === null}
          onImport={(name) => void bringIn(now.parsed, name)}
          onOther={() => setNow({ step: 'choose', problem: null })}
        />
      )}
      {now.step === 'importing' && (
        <div className="stack">
          <label className="field">
            <span role="status">{words.lists.importing(now.added, now.of)}</span>
            <progress value={now.added} max={now.of} />
          </label>
          <div className="row">
            <button type="button" onClick={close}>
              {words.lists.cancel}
            </button>
          </div>
        </div>
      )}
    </Dialog>
  )
}

function sayDone(client: Client, { listId, outcome }: JobDone, title: string): void {
  const words = wordsNow().lists
  if (outcome.state === 'cancelled') {
    toast(words.importCancelled)
    return
  }
  go({ page: 'list', id: listId })
  toast(words.imported(outcome.ids.length, title), {
    words: words.undo,
    run: () => void withList(client, listId, (list) => list.items.remove(outcome.ids)),
  })
}
