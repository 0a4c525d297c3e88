import { X } from 'lucide-react'
import { type FocusEvent, useEffect, useRef, useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { useWhole } from './store.ts'
import { closeToast, type Toast, toasts as toastStore } from './toast-store.ts'
import './toasts.css'

/** Long enough for slow hands, and it does not run while somebody is near: what a notice offers also exists elsewhere. */
const SHOWN_MS = 20_000

/** What just happened, newest last. */
export function Toasts() {
  const toasts = useWhole(toastStore)
  const words = useWords()
  const region = useRef<HTMLElement>(null)
  const cameFrom = useRef<Element | null>(null)
  const [isNear, setNear] = useState(false)

  /** Where focus was before it came here; a notice that goes must not take it along. */
  function onFocus({ relatedTarget }: FocusEvent): void {
    setNear(true)
    if (relatedTarget !== null && region.current?.contains(relatedTarget) === false)
      cameFrom.current = relatedTarget
  }
  function close(id: number): void {
    if (region.current?.contains(document.activeElement) && cameFrom.current instanceof HTMLElement)
      cameFrom.current.focus({ preventScroll: true })
    closeToast(id)
  }

  return (
    <section
      ref={region}
      className="toasts"
      aria-label={words.shell.notices}
      aria-live="polite"
      // A window does not shut them out: what was done in it can be taken back.
      data-react-aria-top-layer
      onFocus={onFocus}
      onBlur={() => setNear(false)}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} isHeld={isNear} onClose={() => close(toast.id)} />
      ))}
    </section>
  )
}

interface Props {
  readonly toast: Toast
  readonly isHeld: boolean
  readonly onClose: () => void
}

function OneToast({ toast: { id, text, action, also, stays }, isHeld, onClose }: Props) {
  const words = useWords().shell
  useEffect(() => {
    if (isHeld || stays) return
    const timer = setTimeout(() => closeToast(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isHeld, stays, id])
  return (
    <div className="toast">
      <span className="grow" dir="auto">
        {text}
      </span>
      {[action, also].map(
        (one) =>
          one !== null && (
            <button
              key={one.words}
              type="button"
              onClick={() => {
                onClose()
                one.run()
              }}
            >
              {one.words}
            </button>
          ),
      )}
      <button type="button" className="quiet icon" aria-label={words.closeNotice} onClick={onClose}>
        <X aria-hidden />
      </button>
    </div>
  )
}
