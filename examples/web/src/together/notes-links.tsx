import type { TextHandle } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { ExternalLink } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { useWords } from '../words/use-words.ts'
import { linksIn } from './text-links.ts'

/** A text field shows no links, so those of its text stand below it. */
export function NotesLinks({ notes }: { notes: TextHandle }) {
  const words = useWords().together
  // Not with every letter: nobody follows a link that is being typed.
  const text = useDeferredValue(useValue(notes))
  const links = useMemo(() => linksIn(text), [text])
  if (links.length === 0) return null
  return (
    <ul className="notes-links" aria-label={words.notesLinks}>
      {links.map(({ href, text: shown }) => (
        <li key={href}>
          <a href={href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
            <ExternalLink aria-hidden />
            <span>{shown}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
