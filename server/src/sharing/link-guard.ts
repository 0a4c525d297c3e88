import { createHash } from 'node:crypto'
import { TandemError } from '../errors.ts'
import { Budget } from '../throttle/budget.ts'
import { Turns } from '../throttle/turns.ts'
import { isPassword } from './link-password.ts'

const MINUTE = 60
/** Tokens that open nothing, from one address. */
const WRONG_TOKENS = { points: 50, perSeconds: 10 * MINUTE }
/** Wrong passwords for one link from one address; people mistype, and an office has one address. */
const WRONG_HERE = { points: 20, perSeconds: 10 * MINUTE }
/** Wrong passwords for one link from everywhere together. */
const WRONG_ANYWHERE = { points: 100, perSeconds: 60 * MINUTE }
/** Whoever knows the password need not guess: their address gets some mistakes back, for the next colleague. */
const GIVEN_BACK = 5

/** Each check takes a thread of the four that the process has for files and names as well. */
const AT_ONCE = 2
const MOST_WAITING = 1_000
const REMEMBERED_LINKS = 1_000

interface Visit {
  /** Where the request came from, as `placeOf` says it. */
  readonly place: string
  readonly linkId: string
}

/**
 * Slows down whoever tries tokens or passwords of links, and nobody else: only failures are counted.
 *
 * INVARIANTS
 * - A right token is never refused for what others at its address did: it is too long to be found by trying.
 * - Once an address or a link is used up, the right password is refused like a wrong one; otherwise trying would go on.
 * - Tries that come at once are counted as if they came one after the other, but for the two being checked.
 */
export class LinkGuard {
  readonly #tokens = new Budget({
    ...WRONG_TOKENS,
    usedUp: 'Too many links that do not exist, from your address.',
  })
  readonly #here = new Budget({
    ...WRONG_HERE,
    usedUp: 'Too many wrong passwords for this link from your address.',
  })
  readonly #anywhere = new Budget({ ...WRONG_ANYWHERE, usedUp: 'Too many wrong passwords for this link.' })
  readonly #turns = new Turns({ atOnce: AT_ONCE, mostWaiting: MOST_WAITING })
  /** Digest of a password that was right, by link: two hundred people with one link need not wait for two hundred checks. */
  readonly #right = new Map<string, string>()

  /** Call when a token opened nothing; throws `too-many-requests` once that has happened too often. */
  async wrongToken(place: string): Promise<void> {
    await this.#tokens.spend(place)
  }

  /** Throws unless the password opens the link, `wrong-password` or `too-many-requests`. */
  async open(visit: Visit, password: string | undefined, passwordHash: string): Promise<void> {
    await this.#check(visit)
    // Not a try: nothing was guessed.
    if (password === undefined) throw new TandemError('wrong-password', 'This link needs a password.')
    const digest = createHash('sha256')
      .update(`${passwordHash} ${password.normalize('NFKC')}`)
      .digest('base64')
    if (this.#right.get(visit.linkId) === digest) return this.#opened(visit)
    await this.#turns.take(async () => {
      // Again: while this one waited, others may have used it up.
      await this.#check(visit)
      if (!(await isPassword(password, passwordHash))) await this.#failed(visit)
    })
    this.#remember(visit.linkId, digest)
    await this.#opened(visit)
  }

  async #check({ place, linkId }: Visit): Promise<void> {
    await this.#here.check(`${linkId} ${place}`)
    await this.#anywhere.check(linkId)
  }

  async #failed({ place, linkId }: Visit): Promise<never> {
    await this.#anywhere.spend(linkId)
    await this.#here.spend(`${linkId} ${place}`)
    throw new TandemError('wrong-password')
  }

  async #opened({ place, linkId }: Visit): Promise<void> {
    await this.#here.giveBack(`${linkId} ${place}`, GIVEN_BACK)
  }

  #remember(linkId: string, digest: string): void {
    this.#right.set(linkId, digest)
    const oldest = this.#right.keys().next()
    if (this.#right.size > REMEMBERED_LINKS && !oldest.done) this.#right.delete(oldest.value)
  }
}
