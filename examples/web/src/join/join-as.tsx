import { joinAsGuest, previewLink } from '@tandem/client-sdk'
import { useClient } from '@tandem/client-sdk/react'
import { useCallback, useState } from 'react'
import { cameByLink, type Found, paySignOut, type SignedIn } from '../session/session.ts'
import { SignIn } from '../session/sign-in.tsx'
import { go } from '../shell/route.ts'
import { useWords } from '../words/use-words.ts'
import { type Joining, JoinPage } from './join-page.tsx'
import { forgetLink } from './link-in-address.ts'

const url = location.origin

/** For nobody yet: a name is enough, and who has an account signs in first. */
export function JoinAsGuest({ onSignedIn }: { onSignedIn: (found: Found) => void }) {
  const words = useWords().sharing
  const [isSigningIn, setSigningIn] = useState(false)
  const look = useCallback((link: string) => previewLink({ url, link }), [])

  async function join(joining: Joining): Promise<void> {
    // A session that was given up without a network would join as who it was.
    await paySignOut()
    const { listId } = await joinAsGuest({ url, ...joining })
    const found = await cameByLink()
    forgetLink()
    go({ page: 'list', id: listId })
    onSignedIn(found)
  }

  if (isSigningIn) return <SignIn onSignedIn={onSignedIn} />
  return (
    <JoinPage name={null} look={look} join={join}>
      <button type="button" className="quiet" onClick={() => setSigningIn(true)}>
        {words.signInFirst}
      </button>
    </JoinPage>
  )
}

export function JoinAsSelf({ user }: { user: SignedIn }) {
  const client = useClient()
  const look = useCallback((link: string) => client.lookAtLink(link), [client])

  async function join({ link, password }: Joining): Promise<void> {
    const list = await client.redeem(link, password === undefined ? {} : { password })
    forgetLink()
    go({ page: 'list', id: list.id })
  }

  return <JoinPage name={user.name} look={look} join={join} />
}
