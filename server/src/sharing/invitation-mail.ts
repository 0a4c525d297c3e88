import type { UserId } from '@tandem/persistence'
import type { Letter, Mail } from '../accounts/mail.ts'
import type { Identity } from '../auth/identity.ts'
import { TandemError } from '../errors.ts'
import type { Logger } from '../telemetry/logger.ts'
import { Budget } from '../throttle/budget.ts'
import { withoutAddresses } from './without-addresses.ts'

const HOUR = 3_600
/** Fewer than a mailbox minds, whoever they come from. */
const TO_ONE = { points: 5, perSeconds: HOUR }
/** More than anybody types, too few for whoever has a list of addresses. */
const FROM_ONE = { points: 50, perSeconds: HOUR }

export interface Invited {
  readonly email: string
  readonly by: UserId
  /** Null when whoever invites is not to be named. */
  readonly byName: string | null
  readonly title: string
}

interface Options {
  readonly mail: Mail | null
  readonly publicUrl: string | null
  readonly logger: Pick<Logger, 'debug' | 'error'>
}

/**
 * Writes to whoever is awaited, when there is a mail server. A courtesy: the invitation stands without it.
 *
 * INVARIANTS
 * - Nobody can have this server send words or links of their choice to strangers without end: what goes out is counted, for whoever
 *   gets it and for whoever causes it, and carries no address but this server's.
 */
export class InvitationMail {
  readonly #options: Options
  readonly #toOne = new Budget({ ...TO_ONE, usedUp: 'Too many invitations to this address.' })
  readonly #fromOne = new Budget({ ...FROM_ONE, usedUp: 'Too many invitations by this person.' })

  constructor(options: Options) {
    this.#options = options
  }

  /** Returns at once and never throws. */
  send(invited: Invited): void {
    const { logger } = this.#options
    this.#send(invited).catch((error: unknown) => {
      if (error instanceof TandemError && error.code === 'too-many-requests')
        logger.debug({ user: invited.by }, 'mail.held-back')
      else logger.error({ error }, 'mail.failed')
    })
  }

  async #send({ email, by, byName, title }: Invited): Promise<void> {
    const { mail, publicUrl } = this.#options
    if (mail === null || publicUrl === null) return
    // The person first: one who has used theirs up must not use up what others may send to this address.
    await this.#fromOne.spend(by)
    await this.#toOne.spend(email.toLowerCase())
    mail.send(invitationLetter({ email, byName, title, url: `${publicUrl}/` }))
  }
}

/**
 * In whose name mail goes to strangers: somebody whose address is known, or whom another application vouches for. Anybody can be a
 * guest, as often as they like.
 */
export function mayCauseMail({ kind, email }: Pick<Identity, 'kind' | 'email'>): boolean {
  return kind === 'external' || (kind === 'account' && email !== null)
}

function invitationLetter(o: {
  readonly email: string
  readonly byName: string | null
  readonly title: string
  readonly url: string
}): Letter {
  const who = (o.byName === null ? '' : withoutAddresses(o.byName)) || 'Somebody'
  const what = withoutAddresses(o.title)
  const list = what === '' ? 'a list' : `the list “${what}”`
  return {
    to: o.email,
    subject: 'You are invited to a list',
    text: `${who} invites you to ${list}.\n\nOpen this page and sign in with this address, and the list is there:\n\n${o.url}\n\nThe invitation waits for 30 days. If you do not know what this is about, do nothing.\n`,
  }
}
