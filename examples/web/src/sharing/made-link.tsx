import { Check, Copy, QrCode as QrIcon, Share } from 'lucide-react'
import { useState } from 'react'
import { later } from '../ui/later.tsx'
import { Problem } from '../ui/problem.tsx'
import { useWords } from '../words/use-words.ts'
import { useAction } from './use-action.ts'

const QrCode = later<{ text: string; label: string; onClose: () => void }>(
  async () => (await import('./qr-code.tsx')).QrCode,
)

/** A link that has just been made, and every way to pass it on. */
export function MadeLink({ url, title }: { url: string; title: string }) {
  const words = useWords().sharing
  const [isCopied, setCopied] = useState(false)
  const [isDrawn, setDrawn] = useState(false)
  const { run, once, problem } = useAction()
  // Absent on most desktops, and where the page is not served over TLS.
  const canSend = 'share' in navigator

  async function send(): Promise<void> {
    try {
      await navigator.share({ title, url })
    } catch (error) {
      // Whoever closes the sheet has changed their mind.
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
    }
  }

  return (
    <div className="made-link" role="status">
      <p>{words.copyNow}</p>
      <input
        readOnly
        dir="ltr"
        aria-label={words.address}
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <div className="row wrap">
        <button
          type="button"
          className="primary"
          onClick={() => void run(() => navigator.clipboard.writeText(url)).then(setCopied)}
        >
          {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {isCopied ? words.copied : words.copy}
        </button>
        {canSend && (
          <button type="button" onClick={() => void once(send)}>
            <Share aria-hidden />
            {words.send}
          </button>
        )}
        <button type="button" aria-expanded={isDrawn} onClick={() => setDrawn(!isDrawn)}>
          <QrIcon aria-hidden />
          {isDrawn ? words.hideQr : words.showQr}
        </button>
      </div>
      {isDrawn && <QrCode text={url} label={words.qrOf(title)} onClose={() => setDrawn(false)} />}
      <Problem text={problem} />
    </div>
  )
}
