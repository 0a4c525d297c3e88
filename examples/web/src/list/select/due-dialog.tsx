import { type FormEvent, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../words/use-words.ts'

/** A day for all chosen items. */
export function DueDialog({ onChoose, onClose }: { onChoose: (date: string) => void; onClose: () => void }) {
  const words = useWords().list
  const [date, setDate] = useState('')
  function set(event: FormEvent): void {
    event.preventDefault()
    if (date === '') return
    onChoose(date)
    onClose()
  }
  return (
    <Dialog title={words.due} closeWords={words.close} onClose={onClose}>
      <form className="row" onSubmit={set}>
        <input
          type="date"
          className="grow"
          aria-label={words.dueDay}
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
        <button type="submit" className="primary" disabled={date === ''}>
          {words.set}
        </button>
      </form>
    </Dialog>
  )
}
