import type { Item, List } from '@tandem/client-sdk'
import { LIMITS } from '@tandem/client-sdk/model'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { SendHorizontal } from 'lucide-react'
import { announce } from '../../ui/announce.ts'
import { useKeptText } from '../../ui/use-kept-text.ts'
import { useWords } from '../../words/use-words.ts'
import { CommentView } from './comment.tsx'

/** What people say about an item, oldest first. What is settled folds away. */
export function Comments({ list, item }: { readonly list: List; readonly item: Item }) {
  const words = useWords().detail
  const can = useCan(list)
  const comments = useValue(list.comments.on(item.id))
  const open = comments.filter(({ resolved }) => !resolved)
  const resolved = comments.filter((comment) => comment.resolved)
  return (
    <section className="detail-part" aria-label={words.comments}>
      <h3>{words.comments}</h3>
      <ul className="comments">
        {open.map((comment) => (
          <CommentView key={comment.id} list={list} comment={comment} />
        ))}
      </ul>
      {resolved.length > 0 && (
        <details>
          <summary>{words.showResolved(resolved.length)}</summary>
          <ul className="comments">
            {resolved.map((comment) => (
              <CommentView key={comment.id} list={list} comment={comment} />
            ))}
          </ul>
        </details>
      )}
      <NewComment list={list} itemId={item.id} isLocked={!can.comment} />
    </section>
  )
}

interface NewProps {
  readonly list: List
  readonly itemId: string
  readonly isLocked: boolean
}

function NewComment({ list, itemId, isLocked }: NewProps) {
  const words = useWords().detail
  const [body, type] = useKeptText(`tandem:comment:${itemId}`)
  if (isLocked && body === '') return <p className="muted">{words.cannotComment}</p>

  function send(): void {
    if (isLocked || body.trim() === '' || body.length > LIMITS.commentChars) return
    if (list.comments.add(itemId, body.trim()).value === '') return
    announce(words.pending)
    type('')
  }

  return (
    <form
      className="new-comment"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        className="live"
        rows={1}
        dir="auto"
        aria-label={words.addComment}
        placeholder={words.addComment}
        readOnly={isLocked}
        value={body}
        onChange={({ target }) => type(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send()
        }}
      />
      {isLocked && <p className="muted">{words.commentDraft}</p>}
      {body.length > LIMITS.commentChars && <p className="problem">{words.tooLong}</p>}
      {!isLocked && body.trim() !== '' && (
        <button type="submit" className="primary" disabled={body.length > LIMITS.commentChars}>
          <SendHorizontal aria-hidden />
          {words.send}
        </button>
      )}
    </form>
  )
}
