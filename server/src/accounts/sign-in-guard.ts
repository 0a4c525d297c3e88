import { createHash } from 'node:crypto'
import { Budget } from '../throttle/budget.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
/** Wrong passwords for one account from one address. */
const WRONG_HERE = { points: 10, perSeconds: 15 * MINUTE }
/** Wrong passwords for one account from all addresses it was never opened from. */
const WRONG_ANYWHERE = { points: 100, perSeconds: HOUR }
/** Wrong passwords from one address, whatever the account: an office has one address and many people who mistype. */
const WRONG_FROM_PLACE = { points: 500, perSeconds: 15 * MINUTE }
const NEW_ACCOUNTS = { points: 300, perSeconds: HOUR }
const MAILS_TO_ONE = { points: 5, perSeconds: HOUR }
const MAILS_FROM_PLACE = { points: 200, perSeconds: HOUR }
const REMEMBERED_HOMES = 10_000

export interface Try {
  /** Where the request came from, as `placeOf` says it. */
  readonly place: string
  /** What is being opened: an e-mail address or a user id. */
  readonly account: string
}

/**
 * Slows down whoever tries passwords, and nobody else: only failures stay counted.
 *
 * INVARIANTS
 * - A try takes its points before the password is looked at, so that tries at the same time cannot outrun the count.
 * - What strangers try elsewhere never keeps somebody out at an address from which they signed in before.
 */
export class SignInGuard {
  readonly #here = new Budget({
    ...WRONG_HERE,
    usedUp: 'Too many wrong passwords for this account from your address.',
  })
  readonly #anywhere = new Budget({
    ...WRONG_ANYWHERE,
    usedUp: 'Too many wrong passwords for this account. A sign-in link or a passkey still works.',
  })
  readonly #fromPlace = new Budget({
    ...WRONG_FROM_PLACE,
    usedUp: 'Too many failed attempts to sign in from your address.',
  })
  readonly #newAccounts = new Budget({ ...NEW_ACCOUNTS, usedUp: 'Too many new accounts from your address.' })
  readonly #mailsToOne = new Budget({ ...MAILS_TO_ONE, usedUp: 'Too many mails to this address.' })
  readonly #mailsFromPlace = new Budget({ ...MAILS_FROM_PLACE, usedUp: 'Too many mails from your address.' })
  readonly #homes = new Set<string>()

  /** Runs a try to sign in; `work` says whether it succeeded. Throws `too-many-requests` instead of running it. */
  async signIn({ place, account }: Try, work: () => Promise<boolean>): Promise<void> {
    const name = keyOf(account)
    const home = `${name} ${place}`
    const isHome = this.#homes.has(home)
    await this.#here.spend(home)
    await this.#fromPlace.spend(place)
    if (!isHome) await this.#anywhere.spend(name)
    if (!(await work())) return
    await this.#here.giveBack(home, WRONG_HERE.points)
    await this.#fromPlace.giveBack(place, 1)
    if (!isHome) await this.#anywhere.giveBack(name, 1)
    this.#remember(home)
  }

  /** The same for a secret that is too long to be guessed: a passkey, the token of a link. */
  async longSecret(place: string, work: () => Promise<boolean>): Promise<void> {
    await this.#fromPlace.spend(place)
    if (await work()) await this.#fromPlace.giveBack(place, 1)
  }

  async newAccount(place: string): Promise<void> {
    await this.#newAccounts.spend(place)
  }

  async mail({ place, account }: Try): Promise<void> {
    await this.#mailsToOne.spend(keyOf(account))
    await this.#mailsFromPlace.spend(place)
  }

  #remember(home: string): void {
    this.#homes.delete(home)
    this.#homes.add(home)
    const oldest = this.#homes.values().next()
    if (this.#homes.size > REMEMBERED_HOMES && !oldest.done) this.#homes.delete(oldest.value)
  }
}

/** Callers choose the text and its length; what is kept of it has one size, and no spelling is another account. */
function keyOf(account: string): string {
  return createHash('sha256').update(account.trim().toLowerCase()).digest('base64')
}
