import type { Storage } from '@tandem/persistence'
import type { Identity } from './identity.ts'
import { isOwnUserId } from './user-id.ts'

/** How many users are remembered as known; the oldest is asked about again. */
const REMEMBERED_USERS = 10_000

type Person = Pick<Identity, 'userId' | 'name' | 'email' | 'kind'>

/**
 * Makes a person known to the directory the first time this process sees them, and again when their name or address
 * changed, and lets them into every list that an invitation of theirs waits for.
 */
export type Introduce = (person: Person) => Promise<void>

export function createIntroduce({ directory, invitations }: IntroduceDeps): Introduce {
  const known = new Map<string, Known>()

  async function makeKnown({ userId: id, name, email, kind }: Person): Promise<void> {
    // An embedding application that signs for a guest or an account of ours does not make them another's.
    const keepsKind = kind === 'external' && isOwnUserId(id)
    await directory.ensureUser({
      id,
      name,
      ...(email === null ? {} : { email }),
      ...(keepsKind ? {} : { kind }),
    })
    await invitations.arrived({ userId: id, verifiedEmail: email })
  }

  return ({ userId: id, name, email, kind }) => {
    const person = JSON.stringify([name, email, kind])
    const before = known.get(id)
    // Also while it is under way: who comes back to a new server comes with many tabs at once.
    if (before?.person === person) return before.made
    const made = makeKnown({ userId: id, name, email, kind })
    // Delete first: a Map keeps the place of the first insertion, and the oldest must be the first to go.
    known.delete(id)
    known.set(id, { person, made })
    made.catch(() => {
      if (known.get(id)?.made === made) known.delete(id)
    })
    const oldest = known.keys().next()
    if (known.size > REMEMBERED_USERS && !oldest.done) known.delete(oldest.value)
    return made
  }
}

interface Known {
  /** As they were. */
  readonly person: string
  readonly made: Promise<void>
}

export type IntroduceDeps = Pick<Storage, 'directory' | 'invitations'>
