import type { FastifyRequest } from 'fastify'
import type { Authenticate } from '../auth/identity.ts'
import type { Config } from '../config/settings.ts'
import { Budget } from '../throttle/budget.ts'
import { placeOf } from './address.ts'

const MINUTE = 60
const HOUR = 3_600

/**
 * How much one caller may ask of this process. Whoever is signed in is counted by themselves, so that an office behind one address
 * has as much as its people have; only what nobody signed for is counted by address.
 */
export interface Limits {
  /** Counts each request of somebody signed in; the answer is otherwise that of `authenticate`. */
  counting(authenticate: Authenticate): Authenticate
  /** Counts a request of nobody in particular. */
  visit(request: FastifyRequest): Promise<void>
  /** Counts a new guest. */
  newGuest(request: FastifyRequest): Promise<void>
}

export function createLimits(config: Pick<Config, 'requestsPerMinute' | 'guestsPerHour'>): Limits {
  const requests = {
    points: config.requestsPerMinute,
    perSeconds: MINUTE,
    usedUp: `More than ${config.requestsPerMinute} requests a minute (REQUESTS_PER_MINUTE).`,
  }
  const people = new Budget(requests)
  const places = new Budget(requests)
  const guests = new Budget({
    points: config.guestsPerHour,
    perSeconds: HOUR,
    usedUp: `More than ${config.guestsPerHour} new guests an hour from one address (GUESTS_PER_HOUR).`,
  })
  return {
    counting: (authenticate) => async (token) => {
      const answer = await authenticate(token)
      if (answer.ok) await people.spend(answer.userId)
      return answer
    },
    visit: (request) => places.spend(placeOf(request.ip)),
    newGuest: (request) => guests.spend(placeOf(request.ip)),
  }
}
