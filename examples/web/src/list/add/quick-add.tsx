import type { List } from '@tandem/client-sdk'
import { LIMITS } from '@tandem/client-sdk/model'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { type ClipboardEvent, type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { announce } from '../../ui/announce.ts'
import { messageOf } from '../../ui/message-of.ts'
import { toast } from '../../ui/toast-store.ts'
import { useWords } from '../../words/use-words.ts'
import { AddField } from './add-field.tsx'
import { addLines, addParsed, asOneItem } from './add-parsed.ts'
import { onTarget } from './asks.ts'
import { Chips } from './chips.tsx'
import { DuplicateHint } from './duplicate-hint.tsx'
import { type PastedLine, parseLines } from './parse-lines.ts'
import { tokenKey } from './parse-types.ts'
import { PasteOffer } from './paste-offer.tsx'
import { type AddDraft, useDraft } from './use-draft.ts'
import { useFoot } from './use-foot.ts'
import { useParsed } from './use-parsed.ts'
import './add.css'

const EMPTY: AddDraft = { text: '', plain: [] }

/** One field that stays ready: Enter adds and keeps the focus. Without the right to add, it is there only for what was being typed. */
export function QuickAdd({ list }: { readonly list: List }) {
  const can = useCan(list)
  const [draft, setDraft] = useDraft(list.id)
  const [pasted, setPasted] = useState<Pasted | null>(null)
  if (!can.edit && draft.text === '' && pasted === null) return null
  const typed = { draft, onDraft: setDraft, pasted, onPasted: setPasted }
  return <Adding list={list} {...typed} isLocked={!can.edit} />
}

/** Lines that wait for the person to say what they are. */
interface Pasted {
  readonly text: string
  readonly lines: readonly PastedLine[]
}

interface Props {
  readonly list: List
  readonly draft: AddDraft
  readonly onDraft: (draft: AddDraft) => void
  readonly pasted: Pasted | null
  readonly onPasted: (pasted: Pasted | null) => void
  readonly isLocked: boolean
}

function Adding({ list, draft, onDraft, pasted, onPasted, isLocked }: Props) {
  const words = useWords().add
  const { parsed, context } = useParsed(list, draft)
  const field = useRef<HTMLInputElement>(null)
  const target = useTarget(list, field)
  const noteId = useId()
  const form = useFoot()
  const over = parsed.title.length - LIMITS.itemTitleChars
  const canAdd = !isLocked && parsed.title !== '' && over <= 0

  /** The SDK says in a sentence why it does not take something; what was typed stays where it is. */
  function tryTo(add: () => void): void {
    try {
      add()
    } catch (error) {
      toast(messageOf(error))
    }
    field.current?.focus()
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!canAdd) return
    tryTo(() => {
      const how = { section: target?.id ?? null, now: new Date(), undo: words.undoAdd }
      // Empty: the right was taken away at this moment.
      if (addParsed(list, parsed, how) === '') return
      announce(words.added(parsed.title))
      onDraft(EMPTY)
    })
  }

  function paste(event: ClipboardEvent): void {
    const text = event.clipboardData.getData('text')
    const lines = parseLines(text)
    if (isLocked || lines.length < 2) return
    event.preventDefault()
    onPasted({ text, lines })
  }

  function takeMany(lines: readonly PastedLine[]): void {
    // What was pasted waits, as what was typed does, until it may be added.
    if (isLocked) return
    onPasted(null)
    announce(words.addedMany(lines.length))
    const how = { section: target?.id ?? null, undo: words.undoAdd }
    addLines(list, lines, how).catch((error) => toast(messageOf(error)))
    field.current?.focus()
  }

  function takeOne(text: string): void {
    if (isLocked) return
    tryTo(() => {
      asOneItem(list, text, { section: target?.id ?? null, undo: words.undoAdd })
      onPasted(null)
    })
  }

  return (
    <form ref={form} className="quick-add" onSubmit={submit} data-locked={isLocked}>
      <AddField
        listId={list.id}
        field={field}
        draft={draft}
        context={context}
        describedBy={over > 0 || isLocked ? noteId : null}
        isInvalid={over > 0}
        isLocked={isLocked}
        canAdd={canAdd}
        onText={(text) => onDraft(text === '' ? EMPTY : { ...draft, text })}
        onPaste={paste}
        onEmptyBackspace={() => target?.takeOff()}
      />
      {(over > 0 || isLocked) && (
        <p id={noteId} className="problem" role="status">
          {isLocked ? words.locked : words.tooLong(over)}
        </p>
      )}
      <Chips
        parts={parsed.parts}
        target={target}
        onPlain={(token, text) => {
          onDraft({ ...draft, plain: [...draft.plain, tokenKey(token.kind, text)] })
          field.current?.focus()
        }}
      />
      {!isLocked && <DuplicateHint list={list} parsed={parsed} onDone={() => onDraft(EMPTY)} />}
      {pasted !== null && (
        <PasteOffer
          lines={pasted.lines}
          onMany={() => takeMany(pasted.lines)}
          onOne={() => takeOne(pasted.text)}
          onCancel={() => {
            onPasted(null)
            field.current?.focus()
          }}
        />
      )}
    </form>
  )
}

/** The section that the list said everything goes to, as long as there is one by that id. */
function useTarget(list: List, field: { readonly current: HTMLInputElement | null }) {
  const [id, setId] = useState<string | null>(null)
  const sections = useValue(list.sections)
  useEffect(() => {
    return onTarget(list.id, (section) => {
      setId(section)
      field.current?.focus()
    })
  }, [list.id, field])
  const section = sections.find((one) => one.id === id)
  return section === undefined ? null : { id: section.id, title: section.title, takeOff: () => setId(null) }
}
