import { LIMITS } from '@tandem/client-sdk/model'

const SAFE = ['https:', 'http:', 'mailto:']

/**
 * What was typed as a link that a list can keep: an https address, also one without its beginning (`example.org/x`). Undefined for
 * everything else, above all what would run in the page.
 */
export function linkFrom(text: string): string | undefined {
  const typed = text.trim()
  const isBare = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:[/?#:]\S*)?$/u.test(typed)
  const address = isBare ? `https://${typed}` : typed
  const isLink = address.startsWith('https://') && URL.canParse(address) && address.length <= LIMITS.linkChars
  return isLink ? address : undefined
}

/** For an href: null for every scheme that is no address of a page or a person. Links of later versions come through here too. */
export function safeHref(link: string | null): string | null {
  if (link === null || !URL.canParse(link)) return null
  return SAFE.includes(new URL(link).protocol) ? link : null
}
