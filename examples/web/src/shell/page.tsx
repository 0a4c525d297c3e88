import { type ReactNode, useEffect, useRef } from 'react'
import { arrivedBy } from './places.ts'

interface Props {
  /** Of the browser's tab and history; the app's name is added. */
  readonly title: string
  readonly className?: string
  readonly children: ReactNode
}

/** The main part of a page: names the tab, and takes focus to the page's heading when a person comes here from another page. */
export function Page({ title, className = '', children }: Props) {
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    document.title = title === '' ? 'Tandem' : `${title} · Tandem`
  }, [title])
  useEffect(() => {
    const element = main.current
    if (element === null || arrivedBy() === 'opened') return
    // A page that puts focus somewhere itself knows why.
    if (element.contains(document.activeElement)) return
    const heading = element.querySelector('h1') ?? element
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }, [])
  return (
    <main ref={main} id="content" tabIndex={-1} className={`page ${className}`}>
      {children}
    </main>
  )
}
