import type { ExchangeFormat } from '@tandem/client-sdk/exchange'
import { useClient } from '@tandem/client-sdk/react'
import { Braces, CalendarDays, FileText, Table } from 'lucide-react'
import { useState } from 'react'
import { download } from '../../state/download.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useWords } from '../../words/use-words.ts'
import type { ListDialogProps } from '../list-dialogs.tsx'
import { withWholeList } from '../whole-list.ts'
import { whyNot } from '../why-not.ts'
import './dialogs.css'

const FORMATS: readonly { format: ExchangeFormat; icon: typeof Table }[] = [
  { format: 'json', icon: Braces },
  { format: 'csv', icon: Table },
  { format: 'ics', icon: CalendarDays },
  { format: 'md', icon: FileText },
]

/** The list as a file, made here. */
export function ExportDialog({ info, onClose }: ListDialogProps) {
  const client = useClient()
  const words = useWords()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function save(format: ExchangeFormat): Promise<void> {
    if (isBusy) return
    setBusy(true)
    setProblem(null)
    try {
      const { exportList, fileNameFor } = await import('@tandem/client-sdk/exchange')
      await withWholeList(client, info.id, (list) => {
        download(exportList(list, format, list.names.getSnapshot()), fileNameFor(info.title, format))
      })
      onClose()
    } catch (error) {
      setProblem(whyNot(error))
      setBusy(false)
    }
  }

  return (
    <Dialog title={words.lists.exportTitle(info.title)} closeWords={words.shell.close} onClose={onClose}>
      <ul className="choices">
        {FORMATS.map(({ format, icon: Icon }) => (
          <li key={format}>
            <button type="button" className="choice" aria-disabled={isBusy} onClick={() => void save(format)}>
              <Icon aria-hidden />
              <span className="grow">
                {words.lists.formats[format]}
                <span className="hint">{words.lists.formatHints[format]}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Problem text={problem} />
      <p className="muted small">{words.lists.exportNote}</p>
    </Dialog>
  )
}
