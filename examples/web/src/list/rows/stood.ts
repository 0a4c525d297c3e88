/** How a row stands, so that the style sheet can keep it so: what comes into it has the room that is there, and no more. */
export interface Stood {
  /** `beside`: one line, with whatever is in it. `below`: several, and the last of them may be what is known of the item. */
  readonly how: 'beside' | 'below'
  /** Lines of the title, and how many are left to it where the last is needed for what came. */
  readonly lines: number
  readonly fewer: number
  readonly height: number
}

/** Null: a row that shows no title, because its item was removed. */
export function stoodOf(row: HTMLElement): Stood | null {
  const main = row.querySelector<HTMLElement>(':scope > .item-main')
  const title = main?.querySelector<HTMLElement>(':scope > :is(.title, .title-field)') ?? null
  if (main === null || title === null) return null
  const { top } = main.getBoundingClientRect()
  const box = title.getBoundingClientRect()
  const known = main.querySelector(':scope > .item-meta:not(:empty)')?.getBoundingClientRect()
  const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(title)
  const textHeight = box.height - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom)
  const lines = Math.max(1, Math.round(textHeight / Number.parseFloat(lineHeight)))
  const isBelow = known !== undefined && known.top > box.top + box.height / 2
  if (isBelow) return { how: 'below', lines, fewer: lines, height: known.bottom - top }
  const how = lines === 1 ? 'beside' : 'below'
  return { how, lines, fewer: Math.max(1, lines - 1), height: box.bottom - top }
}

export function keep(row: HTMLElement, { how, lines, fewer, height }: Stood): void {
  row.dataset['still'] = how
  row.style.setProperty('--lines', String(lines))
  row.style.setProperty('--fewer', String(fewer))
  row.style.setProperty('--stood', `${height}px`)
}

export function letGo(row: HTMLElement): void {
  delete row.dataset['still']
  row.removeAttribute('style')
}

/** By id, those in the window, and as far around it as one scrolls at once. */
export function rowsNear(rows: HTMLElement | null): ReadonlyMap<string, HTMLElement> {
  const near = new Map<string, HTMLElement>()
  for (const row of rows?.children ?? []) {
    const id = row instanceof HTMLElement ? row.dataset['id'] : undefined
    const { top, bottom } = row.getBoundingClientRect()
    if (row instanceof HTMLElement && id !== undefined && bottom > -innerHeight && top < 2 * innerHeight)
      near.set(id, row)
  }
  return near
}
