import { safeHref } from './link.ts'

const ADDRESS = /(?:https?:\/\/|mailto:)[^\s<>"]*[^\s<>"'.,;:!?)\]]/giu

/** Text in which addresses can be pressed. Everything else is text, whatever it looks like. */
export function LinkedText({ text }: { readonly text: string }) {
  let at = 0
  const pieces = [...text.matchAll(ADDRESS)].flatMap((match) => {
    const before = text.slice(at, match.index)
    at = match.index + match[0].length
    const href = safeHref(match[0])
    const link =
      href === null ? (
        match[0]
      ) : (
        <a key={match.index} href={href} target="_blank" rel="noopener noreferrer nofollow">
          {match[0]}
        </a>
      )
    return [before, link]
  })
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  )
}
