/** Which rows are chosen for doing one thing to all of them. */
export interface Selection {
  /** Rows are being chosen: on a touch screen a tap then chooses and does not rename. */
  readonly isOn: boolean
  readonly ids: ReadonlySet<string>
  /** Where a range begins: the row chosen last by itself. */
  readonly anchor: string | null
}

export const NONE_SELECTED: Selection = { isOn: false, ids: new Set(), anchor: null }

export function toggled(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { isOn: ids.size > 0, ids, anchor: id }
}

/** From the anchor to this row; what was chosen outside stays. Without an anchor on the screen it is the row alone. */
export function extended(selection: Selection, id: string, shown: readonly string[]): Selection {
  const from = selection.anchor === null ? -1 : shown.indexOf(selection.anchor)
  const to = shown.indexOf(id)
  if (to === -1) return selection
  const start = from === -1 ? to : from
  const range = shown.slice(Math.min(start, to), Math.max(start, to) + 1)
  return { isOn: true, ids: new Set([...selection.ids, ...range]), anchor: shown[start] ?? id }
}

export function allOf(shown: readonly string[]): Selection {
  return shown.length === 0 ? NONE_SELECTED : { isOn: true, ids: new Set(shown), anchor: shown[0] ?? null }
}

/** Without what has gone, through others or this person. */
export function stillThere(selection: Selection, isThere: (id: string) => boolean): Selection {
  const ids = [...selection.ids].filter(isThere)
  if (ids.length === selection.ids.size) return selection
  return ids.length === 0 ? NONE_SELECTED : { ...selection, ids: new Set(ids) }
}
