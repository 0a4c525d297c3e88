import type { List, Peer } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { EyeOff } from 'lucide-react'
import { useRef, useState } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { later } from '../ui/later.tsx'
import { useWords } from '../words/use-words.ts'
import { useArrivals } from './arrivals.ts'
import { useEditsSaid } from './edits-said.ts'
import './people-here.css'
import { isSameJson } from './same-json.ts'
import { useShownToOthers } from './shown-to-others.ts'
import { useOwnPresence } from './use-own-presence.ts'

/** More discs say no more than a number does. */
const MOST = 4

const PeopleList = later(async () => (await import('./people-list.tsx')).PeopleList)

/** Who else has the list open now, one disc each, and to whom this person shows that they are here. */
export function PeopleHere({ list }: { list: List }) {
  useOwnPresence(list)
  useArrivals(list)
  useEditsSaid(list)
  const words = useWords().together
  const peers = useValue(list.presence.others, whoIsHere, isSameJson)
  const isShown = useShownToOthers()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  if (peers.length === 0 && isShown && !isOpen) return null

  const shown = peers.slice(0, peers.length > MOST ? MOST - 1 : MOST)
  const label = peers.length === 0 ? words.hereOnly : words.here(peers.map(({ name }) => name))
  return (
    <>
      <button
        ref={button}
        type="button"
        className="quiet people-here"
        aria-label={isShown ? label : `${label}. ${words.hidden}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        {!isShown && <EyeOff aria-hidden />}
        {shown.map(({ userId, name, idle }) => (
          <Avatar key={userId} userId={userId} name={name} isIdle={idle} />
        ))}
        {peers.length > shown.length && (
          <span className="people-more" aria-hidden>
            {words.more(peers.length - shown.length)}
          </span>
        )}
      </button>
      {isOpen && <PeopleList list={list} anchor={button} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Those who look come first. Their carets are nothing to draw discs anew for. */
function whoIsHere(others: readonly Peer[]): readonly Pick<Peer, 'userId' | 'name' | 'idle'>[] {
  const here = others.map(({ userId, name, idle }) => ({ userId, name, idle }))
  return [...here.filter(({ idle }) => !idle), ...here.filter(({ idle }) => idle)]
}
