import type { Comment, List } from '@tandem/client-sdk'
import { LIMITS } from '@tandem/client-sdk/model'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { Ellipsis } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useNameOf } from '../../together/names.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { type MenuAction, MenuButton } from '../../ui/menu.tsx'
import { useKeptText } from '../../ui/use-kept-text.ts'
import { useLanguage, useWords } from '../../words/use-words.ts'
import { undoToast } from '../commands/undo-toast.ts'
import { pastWords } from './due-words.ts'
import { LinkedText } from './linked-text.tsx'
import { useNow } from './use-now.ts'

/** One comment: who, when, what; its author may change it, who edits the list may settle or remove it. */
export function CommentView({ list, comment }: { readonly list: List; readonly comment: Comment }) {
  const words = useWords()
  const said = words.detail
  const { tag } = useLanguage()
  const now = useNow()
  const can = useCan(list)
  const me = useValue(list.me)
  const nameOf = useNameOf(list)
  const names = useValue(list.names)
  // Kept where the panel goes with its item or with the room beside the list.
  const [draft, setDraft] = useKeptText(`tandem:comment-edit:${comment.id}`)
  const [isEditing, setEditing] = useState(draft !== '')
  const { by, at } = comment.created
  const isMine = by === me
  const name = nameOf(by)

  function startEdit(): void {
    setDraft(comment.body)
    setEditing(true)
  }

  function endEdit(): void {
    setDraft('')
    setEditing(false)
  }

  function actions(): readonly MenuAction[] {
    const edit = { id: 'edit', words: said.editComment, run: startEdit }
    const settle = {
      id: 'resolve',
      words: comment.resolved ? said.reopen : said.resolve,
      run: () => void list.comments.resolve(comment.id, !comment.resolved),
    }
    const remove = {
      id: 'remove',
      words: said.deleteComment,
      isDanger: true,
      run: () => undoToast(list, said.deletedComment, () => void list.comments.remove(comment.id)),
    }
    return [
      ...(isMine && can.comment ? [edit] : []),
      ...(can.resolveComments ? [settle] : []),
      ...((isMine && can.comment) || can.edit ? [remove] : []),
    ]
  }

  return (
    <li className="comment" data-resolved={comment.resolved}>
      <Avatar userId={by} name={names[by] ?? name} />
      <div className="grow">
        <div className="comment-head">
          <strong dir="auto">{name}</strong>
          <span className="muted">
            {pastWords(at, now, { words, tag })}
            {comment.edited !== null && <Note>{said.edited}</Note>}
            {comment.resolved && <Note>{said.resolved}</Note>}
            {comment.pending && <Note>{said.pending}</Note>}
          </span>
          {actions().length > 0 && (
            <MenuButton label={said.more} icon={<Ellipsis aria-hidden />} actions={actions} />
          )}
        </div>
        {!isEditing ? (
          <p className="comment-body" dir="auto">
            <LinkedText text={comment.body} />
          </p>
        ) : (
          <CommentEditor
            draft={draft}
            isLocked={!can.comment}
            onDraft={setDraft}
            onEnd={endEdit}
            onSave={(body) => {
              if (body !== comment.body) list.comments.edit(comment.id, body)
            }}
          />
        )}
      </div>
    </li>
  )
}

function Note({ children }: { readonly children: ReactNode }) {
  return <> · {children}</>
}

interface EditorProps {
  readonly draft: string
  readonly isLocked: boolean
  readonly onDraft: (draft: string) => void
  readonly onEnd: () => void
  readonly onSave: (body: string) => void
}

/** The one text with a button: half a sentence is nothing to say to others. */
function CommentEditor({ draft, isLocked, onDraft, onEnd, onSave }: EditorProps) {
  const words = useWords().detail
  const canSave = !isLocked && draft.trim() !== '' && draft.length <= LIMITS.commentChars
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!canSave) return
        onSave(draft.trim())
        onEnd()
      }}
    >
      <textarea
        rows={2}
        dir="auto"
        aria-label={words.editedComment}
        readOnly={isLocked}
        value={draft}
        onChange={({ target }) => onDraft(target.value)}
      />
      <div className="row">
        <button type="submit" className="primary" disabled={!canSave}>
          {words.saveComment}
        </button>
        <button type="button" onClick={onEnd}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
