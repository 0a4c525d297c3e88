import type { List, Peer } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { personColor } from '../ui/avatar.tsx'
import { type DrawnCaret, drawCaret } from './draw-caret.ts'
import { asShown } from './notes-field.ts'
import { isSameJson } from './same-json.ts'

interface Props {
  readonly list: List
  readonly id: string
  readonly field: RefObject<HTMLTextAreaElement | null>
}

/** Where the others write, drawn over the field. */
export function NotesCarets({ list, id, field }: Props) {
  const isSomebodyHere = useValue(list.presence.others, (others) => others.some((peer) => isIn(peer, id)))
  return isSomebodyHere ? <Layer list={list} id={id} field={field} /> : null
}

interface Drawn extends DrawnCaret {
  readonly userId: string
  readonly name: string
  /** Changes with each move, so that the flag comes out again. */
  readonly moved: string
}

/**
 * A text field does not say where on the screen a letter is. The same text lies under it, in the same shape and not to be seen, and is asked.
 */
function Layer({ list, id, field }: Props) {
  const mirror = useRef<HTMLDivElement>(null)
  const [drawn, setDrawn] = useState<readonly Drawn[]>([])
  useEffect(() => {
    const notes = list.items.notes(id)
    let frame = 0
    const draw = (): void => {
      frame = 0
      if (mirror.current === null || field.current === null) return
      const text = notes.getSnapshot()
      const shape = shapeOf(mirror.current, field.current)
      const next: Drawn[] = []
      for (const { userId, name, caret } of list.presence.others
        .getSnapshot()
        .filter((peer) => isIn(peer, id))) {
        const at = caret === null ? null : notes.find(caret.at)
        if (caret === null || at === null) continue
        const from = caret.from === undefined ? at : (notes.find(caret.from) ?? at)
        const where = drawCaret(mirror.current, shape, shownAt(text, at), shownAt(text, from))
        if (where !== null) next.push({ ...where, userId, name, moved: `${caret.at} ${at}` })
      }
      setDrawn((before) => (isSameJson(before, next) ? before : next))
    }
    // Once a frame at most, and after the field has taken what changed.
    const schedule = (): void => {
      if (frame === 0) frame = requestAnimationFrame(draw)
    }
    schedule()
    const stops = [notes.subscribe(schedule), list.presence.others.subscribe(schedule)]
    const size = new ResizeObserver(schedule)
    if (field.current !== null) size.observe(field.current)
    return () => {
      cancelAnimationFrame(frame)
      size.disconnect()
      for (const stop of stops) stop()
    }
  }, [list, id, field])

  return (
    <div className="notes-layer" aria-hidden>
      <div ref={mirror} className="notes-text notes-mirror" />
      {drawn.map(({ userId, name, moved, x, y, height, selected }) => (
        <div key={userId} style={{ '--person': personColor(userId) } as React.CSSProperties}>
          {selected.map((one) => (
            <span key={`${one.x} ${one.y}`} className="notes-selected" style={box(one)} />
          ))}
          <span className="notes-caret" style={box({ x, y, width: 2, height })}>
            <span key={moved} className="notes-flag" dir="auto">
              {name}
            </span>
          </span>
        </div>
      ))}
    </div>
  )
}

/** Puts the field's text into the mirror, to run as it does there. */
function shapeOf(mirror: HTMLElement, field: HTMLTextAreaElement): Text {
  // There is always a letter to ask for its place, also behind the last one.
  const text = `${field.value}\u200b`
  const known = mirror.firstChild
  const node = known instanceof Text ? known : mirror.appendChild(document.createTextNode(''))
  if (node.data !== text) node.data = text
  mirror.dir = field.dir
  return node
}

function isIn({ caret }: Peer, id: string): boolean {
  return caret?.item === id
}

function shownAt(notes: string, at: number): number {
  return notes.includes('\r') ? asShown(notes.slice(0, at)).length : at
}

function box(o: { x: number; y: number; width: number; height: number }): React.CSSProperties {
  return { left: o.x, top: o.y, width: o.width, height: o.height }
}
