import { X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import './overlays.css'

interface Props {
  readonly title: string
  /** Said by the button that closes. */
  readonly closeWords: string
  /** `alertdialog` asks before something that cannot be taken back, and does not close by a press beside it. */
  readonly role?: 'dialog' | 'alertdialog'
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * A modal sheet: in the middle of a wide window, from below on a phone. React Aria keeps focus inside, closes on Escape and gives focus
 * back. Import it only from parts that are loaded lazily: it brings some 40 kB.
 */
export function Dialog({ title, closeWords, role = 'dialog', onClose, children }: Props) {
  const titleId = useId()
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable={role === 'dialog'}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal className="sheet">
        <AriaDialog role={role} className="sheet-body" aria-labelledby={titleId}>
          <header className="bar">
            <h2 id={titleId}>{title}</h2>
            <button type="button" className="quiet icon" aria-label={closeWords} onClick={onClose}>
              <X aria-hidden />
            </button>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
