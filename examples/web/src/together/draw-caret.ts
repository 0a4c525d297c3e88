import { isRightToLeft } from './text-direction.ts'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where a caret is, from the upper left corner of the text, and what it selects. */
export interface DrawnCaret extends Pick<Box, 'x' | 'y' | 'height'> {
  readonly selected: readonly Box[]
}

/** Lines of a selection that are drawn; more are not on one screen. */
const MOST_LINES = 200

/** Asks a text that lies on the screen where one of its positions is, and the stretch from there to `from`. Null: not in this text. */
export function drawCaret(layer: HTMLElement, text: Text, at: number, from: number): DrawnCaret | null {
  if (at >= text.length || from >= text.length) return null
  const corner = layer.getBoundingClientRect()
  const letter = rectsOf(text, at, at + 1)[0]
  if (letter === undefined) return null
  const isBackwards = isRightToLeft(text.data[at] ?? '')
  const [start, end] = at < from ? [at, from] : [from, at]
  const selected = start === end ? [] : rectsOf(text, start, end).slice(0, MOST_LINES)
  return {
    x: rounded((isBackwards ? letter.right : letter.left) - corner.left),
    y: rounded(letter.top - corner.top),
    height: rounded(letter.height),
    selected: selected.map(({ left, top, width, height }) => ({
      x: rounded(left - corner.left),
      y: rounded(top - corner.top),
      width: rounded(width),
      height: rounded(height),
    })),
  }
}

function rectsOf(text: Text, start: number, end: number): DOMRect[] {
  const range = document.createRange()
  range.setStart(text, start)
  range.setEnd(text, end)
  return [...range.getClientRects()]
}

/** A hundredth of a pixel is no movement. */
function rounded(pixels: number): number {
  return Math.round(pixels * 2) / 2
}
