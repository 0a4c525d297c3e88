import type { List } from '@tandem/client-sdk'
import { type ClipboardEvent, type FormEvent, useState } from 'react'

/** One field that stays ready: Enter adds and keeps the focus, a paste of many lines adds as many items. */
export function AddItem({ list }: { list: List }) {
  const [title, setTitle] = useState('')

  function add(event: FormEvent): void {
    event.preventDefault()
    if (title.trim() === '') return
    list.items.add(title.trim())
    setTitle('')
  }

  function paste(event: ClipboardEvent): void {
    const lines = event.clipboardData
      .getData('text')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
    if (lines.length < 2) return
    event.preventDefault()
    list.items.addMany(lines.map((line) => ({ title: line })))
  }

  return (
    <form onSubmit={add} className="row">
      <label htmlFor="new-item" className="only-read">
        New item
      </label>
      <input
        id="new-item"
        placeholder="Add an item"
        autoComplete="off"
        enterKeyHint="done"
        maxLength={10_000}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        onPaste={paste}
      />
      <button type="submit" className="primary" disabled={title.trim() === ''}>
        Add
      </button>
    </form>
  )
}
