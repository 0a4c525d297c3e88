/** Names that are kept in the list, with the tokens that draw them. */
export const LABEL_COLORS = {
  green: 'var(--accent)',
  blue: 'var(--person-1)',
  purple: 'var(--person-2)',
  red: 'var(--person-3)',
  orange: 'var(--person-4)',
  lime: 'var(--person-5)',
  indigo: 'var(--person-6)',
  teal: 'var(--person-7)',
} as const

export type LabelColor = keyof typeof LABEL_COLORS

/** What another app wrote as a colour may be anything, and is not put into the page. */
export function labelColor(color: string | null): string {
  return color !== null && isLabelColor(color) ? LABEL_COLORS[color] : 'var(--muted)'
}

export function isLabelColor(color: string): color is LabelColor {
  return Object.hasOwn(LABEL_COLORS, color)
}
