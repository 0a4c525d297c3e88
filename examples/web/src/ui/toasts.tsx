import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useWords } from '../words/use-words.ts'
import { closeToast, currentToasts, subscribeToToasts } from './toast-store.ts'
import './toasts.css'

/** What just happened, newest last. Nothing goes away by itself: a notice that does is no use to slow hands. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts)
  const words = useWords()
  return (
    <section className="toasts" aria-label={words.shell.notices} aria-live="polite">
      {toasts.map(({ id, text, action }) => (
        <div key={id} className="toast">
          <span className="grow">{text}</span>
          {action !== null && (
            <button
              type="button"
              onClick={() => {
                action.run()
                closeToast(id)
              }}
            >
              {action.words}
            </button>
          )}
          <button
            type="button"
            className="quiet icon"
            aria-label={words.shell.closeNotice}
            onClick={() => closeToast(id)}
          >
            <X aria-hidden />
          </button>
        </div>
      ))}
    </section>
  )
}
