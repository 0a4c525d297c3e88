import { DONE } from '../order/order.ts'
import type { Slot } from './aim.ts'

/** The lines that are in the page, from top to bottom. Rows that have been deleted meanwhile are no neighbours. */
export function slotsIn(list: HTMLElement): Slot[] {
  const slots: Slot[] = []
  for (const line of list.querySelectorAll<HTMLElement>(':scope > [data-key]')) {
    const { key = '', id, group = '', parent, section, removed } = line.dataset
    const { top, bottom } = line.getBoundingClientRect()
    if (id !== undefined && removed === undefined) {
      slots.push({ kind: 'row', id, group, parent: parent ?? null, top, bottom })
    } else if (section !== undefined || key === DONE) {
      slots.push({ kind: 'head', group: section ?? DONE, top, bottom })
    }
  }
  return slots
}
