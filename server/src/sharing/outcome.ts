import type { Denied, ListId, UserId } from '@tandem/persistence'
import { type ErrorCode, TandemError } from '../errors.ts'
import type { HttpContext } from '../http/context.ts'
import { listFor } from '../http/list-access.ts'

type RefusedOutcome = Denied['outcome'] | 'no-such-invitation' | 'no-such-link'

const FAULTS: Readonly<Record<RefusedOutcome, ErrorCode>> = {
  'no-such-list': 'no-such-list',
  'no-such-user': 'no-such-user',
  'no-such-member': 'no-such-member',
  'not-allowed': 'not-allowed',
  'no-such-invitation': 'no-such-invitation',
  'no-such-link': 'no-such-link',
  'is-owner': 'owner-is-fixed',
}

type Refused = { readonly outcome: RefusedOutcome }

/**
 * What persistence answered, or the fault it stands for. Whoever lost their access between asking and being answered hears what
 * they would hear if they asked now.
 */
export async function allowed<T extends { readonly outcome: string }>(
  context: Pick<HttpContext, 'directory' | 'people'>,
  asker: { readonly listId: ListId; readonly userId: UserId },
  answer: T,
): Promise<Exclude<T, Refused>> {
  if (!isRefused(answer)) return answer as Exclude<T, Refused>
  if (answer.outcome === 'not-allowed' || answer.outcome === 'no-such-list') await listFor(context, asker)
  throw new TandemError(FAULTS[answer.outcome])
}

function isRefused(answer: { readonly outcome: string }): answer is Refused {
  return Object.hasOwn(FAULTS, answer.outcome)
}
