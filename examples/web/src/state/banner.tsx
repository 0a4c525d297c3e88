import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface Props {
  readonly tone: 'bad' | 'warn' | 'calm'
  readonly icon: LucideIcon
  readonly text: string
  /** Buttons. */
  readonly children?: ReactNode
}

/** One sentence above every page, for as long as it is true. */
export function Banner({ tone, icon: Icon, text, children }: Props) {
  return (
    <div className="banner" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon aria-hidden />
      <p>{text}</p>
      {children}
    </div>
  )
}
