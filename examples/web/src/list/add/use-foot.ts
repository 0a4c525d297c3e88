import { type RefObject, useEffect, useRef } from 'react'
import { WIDE } from '../../ui/use-media.ts'

/** Around what is at the foot of a phone's page. */
const PADDING = 16

/** Tells the page how much the add field covers of it, so that notices stand above it however much it has to say. */
export function useFoot(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const { style } = document.documentElement
    const measure = (): void => {
      const height = form.current?.offsetHeight ?? 0
      if (matchMedia(WIDE).matches || height === 0) style.removeProperty('--foot')
      else style.setProperty('--foot', `${height + PADDING}px`)
    }
    const observer = new ResizeObserver(measure)
    if (form.current !== null) observer.observe(form.current)
    return () => {
      observer.disconnect()
      style.removeProperty('--foot')
    }
  }, [])
  return form
}
