import type { ReactNode, RefObject } from 'react'
import { later } from './later.tsx'

export interface PickerItem {
  readonly id: string
  readonly words: string
  readonly icon?: ReactNode
  readonly isOn: boolean
}

export interface PickerProps {
  /** What is chosen: "Labels of Milk". */
  readonly label: string
  /** What it opens beside, and what gets focus back. */
  readonly anchor: RefObject<HTMLElement | null>
  readonly items: readonly PickerItem[]
  /** Several may be on, and it stays open; else the first choice closes it. */
  readonly multiple: boolean
  /** Told of each press, also of one that is on: it is up to the caller to turn that off. */
  onToggle(id: string): void
  /** Offers what was typed when nothing has that name. */
  readonly onCreate?: (text: string) => void
  onClose(): void
}

export const OpenPicker = later(async () => (await import('./open-picker.tsx')).OpenPicker)

/** A choice with a field to find it by. Its code comes with the first one that is opened. */
export function Picker(props: PickerProps) {
  return <OpenPicker {...props} />
}
