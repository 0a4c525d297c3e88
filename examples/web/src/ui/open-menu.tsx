import type { RefObject } from 'react'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import type { MenuAction } from './menu.tsx'
import './overlays.css'

interface Props {
  readonly label: string
  readonly actions: readonly MenuAction[]
  readonly anchor: RefObject<HTMLElement | null>
  readonly onClose: () => void
}

/** The menu itself. React Aria moves focus in and back, finds by typing, and keeps it on the screen. */
export function OpenMenu({ label, actions, anchor, onClose }: Props) {
  return (
    <Popover
      className="popover"
      aria-label={label}
      triggerRef={anchor}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      placement="bottom end"
    >
      <Menu className="menu" aria-label={label} autoFocus="first" onClose={onClose}>
        {actions.map((action) => (
          <MenuItem
            key={action.id}
            id={action.id}
            className="menu-item"
            textValue={action.words}
            isDisabled={action.isDisabled ?? false}
            onAction={action.run}
            data-danger={action.isDanger}
            data-starts-group={action.startsGroup}
          >
            {action.icon}
            <span className="grow">{action.words}</span>
            {action.keys !== undefined && <kbd>{action.keys}</kbd>}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  )
}
