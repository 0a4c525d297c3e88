import { type ReactNode, useRef, useState } from 'react'
import { later } from './later.tsx'

export interface MenuAction {
  readonly id: string
  readonly words: string
  readonly icon?: ReactNode
  /** The key that does the same, as printed: `Alt+↑`. */
  readonly keys?: string
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  /** A line above it. */
  readonly startsGroup?: boolean
  run(): void
}

interface Props {
  /** Says what the menu is about: "More for Milk". */
  readonly label: string
  readonly icon: ReactNode
  readonly className?: string
  /** -1 where arrows lead to it: one row of many is reached by Tab. */
  readonly tabIndex?: number
  readonly isDisabled?: boolean
  /** Asked when the menu opens, so that rows do not compute menus nobody looks at. */
  readonly actions: () => readonly MenuAction[]
}

export const OpenMenu = later(async () => (await import('./open-menu.tsx')).OpenMenu)

/** A button with a menu. The menu's code comes with the first one that is opened. */
export function MenuButton({
  label,
  icon,
  className = 'quiet icon',
  tabIndex,
  isDisabled = false,
  actions,
}: Props) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        tabIndex={tabIndex}
        disabled={isDisabled}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        {icon}
      </button>
      {isOpen && (
        <OpenMenu label={label} actions={actions()} anchor={button} onClose={() => setOpen(false)} />
      )}
    </>
  )
}
