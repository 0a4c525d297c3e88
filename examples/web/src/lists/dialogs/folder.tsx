import { useClient, useValue } from '@tandem/client-sdk/react'
import { Check, Folder, FolderPlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../words/use-words.ts'
import { foldersOf } from '../arrange.ts'
import type { ListDialogProps } from '../list-dialogs.tsx'
import './dialogs.css'

/** Puts a list into a folder of this person's own. */
export function FolderDialog({ info, onClose }: ListDialogProps) {
  const client = useClient()
  const words = useWords()
  const folders = foldersOf(useValue(client.lists))
  const [name, setName] = useState('')

  function choose(folder: string | null): void {
    client.lists.mine(info.id, { folder })
    onClose()
  }

  return (
    <Dialog title={words.lists.folderOf(info.title)} closeWords={words.shell.close} onClose={onClose}>
      <ul className="choices">
        {[null, ...folders].map((folder) => (
          <li key={folder ?? ''}>
            <button
              type="button"
              className="choice"
              aria-pressed={info.mine.folder === folder}
              onClick={() => choose(folder)}
            >
              <Folder aria-hidden />
              <span className="grow">
                <bdi>{folder ?? words.lists.noFolder}</bdi>
              </span>
              {info.mine.folder === folder && <Check aria-hidden />}
            </button>
          </li>
        ))}
      </ul>
      <form
        className="row"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          if (name.trim() !== '') choose(name.trim())
        }}
      >
        <input
          aria-label={words.lists.newFolder}
          placeholder={words.lists.newFolder}
          dir="auto"
          autoComplete="off"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" disabled={name.trim() === ''}>
          <FolderPlus aria-hidden />
          {words.lists.make}
        </button>
      </form>
      <p className="muted small">{words.lists.onlyYou}</p>
    </Dialog>
  )
}
