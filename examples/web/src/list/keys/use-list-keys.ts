import { go } from '../../shell/route.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { addInto } from '../add/asks.ts'
import { type Asking, type Board, focusRow, shownIds } from '../board/board.ts'
import { edit, moveByStep, remove, targetsOf, tick } from '../commands/item-commands.ts'
import type { Step } from '../commands/moves.ts'
import { allOf, extended, NONE_SELECTED, toggled } from '../select/selection.ts'

type Act = (id: string) => void

/** The keys of a list. All speak of the row with the cursor; those that a control of the row uses itself do so only beside it. */
export function useListKeys(board: Board): void {
  const can = () => board.list.can.getSnapshot()
  const isManual = () => board.list.info.getSnapshot().mine.sort === 'manual'
  /** With the cursor's row, and only when it has the focus: a key must not change what nobody looks at. */
  const onRow = (act: Act) => (event: KeyboardEvent) => {
    const id = board.cursor.get()
    if (id === null || rowWith(event.target) !== id) return
    event.preventDefault()
    act(id)
  }
  const ifEdit =
    (act: Act): Act =>
    (id) =>
      can().edit && act(id)
  const asks = (what: Asking['what']) =>
    onRow(ifEdit((id) => board.asking.set({ what, ids: targetsOf(board, id) })))
  const add = (event: KeyboardEvent): void => {
    if (!can().edit) return
    event.preventDefault()
    addInto(board.list.id, null)
  }
  const step = (to: Step) => onRow(ifEdit((id) => isManual() && moveByStep(board, id, to)))
  const walk =
    (by: 1 | -1, isRange = false) =>
    (event: KeyboardEvent) => {
      const isArrow = event.key.startsWith('Arrow')
      // Arrows scroll the page, as everywhere, until a row has the focus.
      if (isArrow && !isAtRow(event.target)) return
      const shown = shownIds(board)
      const from = board.cursor.get()
      const at = from === null ? -1 : shown.indexOf(from)
      const isInList = rowWith(event.target) !== null
      const next = isInList ? shown[at + by] : (from ?? shown[0])
      if (next === undefined || next === null) return
      event.preventDefault()
      if (isRange && from !== null) {
        const { selection } = board
        const begun = selection.get().ids.has(from) ? selection.get() : toggled(selection.get(), from)
        selection.set(extended(begun, next, shown))
      }
      focusRow(board, next)
    }
  const open = onRow((id) => go({ page: 'list', id: board.list.id, item: id }))

  useShortcuts({
    // The second key of a way somewhere else is no command for a row.
    'g x': ignore,
    'g a': ignore,
    j: walk(1),
    k: walk(-1),
    ArrowDown: walk(1),
    ArrowUp: walk(-1),
    'Shift+J': walk(1, true),
    'Shift+K': walk(-1, true),
    'Shift+ArrowDown': walk(1, true),
    'Shift+ArrowUp': walk(-1, true),
    Enter: (event) => isAtRow(event.target) && open(event),
    e: onRow(ifEdit((id) => edit(board, id))),
    x: onRow((id) => board.selection.set(toggled(board.selection.get(), id))),
    m: asks('move'),
    a: asks('assign'),
    l: asks('label'),
    d: asks('due'),
    p: asks('priority'),
    n: add,
    q: add,
    Delete: onRow(ifEdit((id) => remove(board, targetsOf(board, id)))),
    Space: (event) => {
      // A box ticks itself; several are ticked together.
      const { ids } = board.selection.get()
      if (ids.size > 1 && isAtRow(event.target) && can().tick) {
        onRow((id) => ids.has(id) && tick(board, targetsOf(board, id)))(event)
      }
    },
    'Alt+ArrowUp': step('up'),
    'Alt+ArrowDown': step('down'),
    'Alt+Shift+ArrowUp': step('top'),
    'Alt+Shift+ArrowDown': step('bottom'),
    '$mod+a': (event) => {
      if (rowWith(event.target) === null || isTyping(event.target)) return
      event.preventDefault()
      board.selection.set(allOf(shownIds(board)))
    },
    Escape: (event) => {
      if (!board.selection.get().isOn || isTyping(event.target)) return
      event.preventDefault()
      board.selection.set(NONE_SELECTED)
    },
    u: (event) => undo(board, event),
    '$mod+z': (event) => !isTyping(event.target) && undo(board, event),
    '$mod+Shift+z': (event) => {
      if (isTyping(event.target)) return
      event.preventDefault()
      board.list.redo()
    },
  })
}

function ignore(): void {}

function undo(board: Board, event: KeyboardEvent): void {
  event.preventDefault()
  board.list.undo()
}

function rowWith(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null
  return target.closest<HTMLElement>('.items [data-id]')?.dataset['id'] ?? null
}

/** On the row as such: its box, which stands for it. Its buttons use Enter and Space themselves. */
function isAtRow(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('.items [data-focus], .items .select-box')
}

/** There the browser's own undo is meant, of letters; in an empty field there are none. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) {
    return target.type !== 'checkbox' && target.type !== 'radio' && target.value !== ''
  }
  return target instanceof Element && target.matches('textarea,[contenteditable="true"]')
}
