import { type ReactNode, useId } from 'react'

interface Props {
  readonly icon: ReactNode
  readonly label: string
  /** Given the id that its control has to carry; without, the label names a group. */
  readonly children: (id: string) => ReactNode
}

/** One line of the panel: what it is, and what it is set to. */
export function Field({ icon, label, children }: Props) {
  const id = useId()
  return (
    <div className="prop">
      <label htmlFor={id} className="prop-label">
        {icon}
        {label}
      </label>
      <div className="prop-value">{children(id)}</div>
    </div>
  )
}

/** The same for several controls that belong together. */
export function FieldGroup({
  icon,
  label,
  children,
}: Omit<Props, 'children'> & { readonly children: ReactNode }) {
  const id = useId()
  return (
    <fieldset className="prop" aria-labelledby={id}>
      <span id={id} className="prop-label">
        {icon}
        {label}
      </span>
      <div className="prop-value">{children}</div>
    </fieldset>
  )
}
