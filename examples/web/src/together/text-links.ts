import { safeHref } from '../list/detail/link.ts'

/** More than this is no list of links but a document. */
const MOST = 20
const LINK = /\b(?:https?:\/\/|mailto:)[^\s<>"“”«»]+/giu

export interface TextLink {
  readonly href: string
  readonly text: string
}

/** The addresses in a text that may be made links of: what anybody wrote there must not run in this page. */
export function linksIn(text: string): readonly TextLink[] {
  const links = new Map<string, TextLink>()
  for (const [found] of text.matchAll(LINK)) {
    // A full stop after an address ends the sentence.
    const shown = found.replace(/[.,;:!?'’)\]]+$/u, '')
    const href = safeHref(shown)
    if (href !== null && !links.has(href)) links.set(href, { href, text: shown })
    if (links.size === MOST) break
  }
  return [...links.values()]
}
