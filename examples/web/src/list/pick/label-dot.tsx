import { labelColor } from './label-colors.ts'

/** A label's colour, always beside its name. */
export function LabelDot({ color }: { readonly color: string | null }) {
  return <span className="label-dot" aria-hidden style={{ background: labelColor(color) }} />
}
