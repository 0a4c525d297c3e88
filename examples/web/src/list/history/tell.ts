import { fieldWords, short, shownValue } from '../../together/collision-words.ts'
import type { history as HistoryWords, Things } from '../../words/en/history.ts'
import type { Speech } from '../detail/due-words.ts'
import type { Deed } from './deeds.ts'
import type { TitleOf } from './known.ts'

export interface Telling extends Speech {
  readonly history: typeof HistoryWords
  readonly titleOf: TitleOf
  readonly nameOf: (userId: string) => string
  /** Who reads it. */
  readonly me: string | null
}

/** What was done, as the rest of a sentence that begins with who did it. */
export function tell(deed: Deed, telling: Telling): string {
  const { history } = telling
  const things = thingsOf(deed, telling)
  switch (deed.what) {
    case 'added': {
      if (deed.kind === 'comments') return history.commented(things)
      const { title } = deed
      return history.added(title === null ? things : { ...things, title: short(title) })
    }
    case 'noted':
      return history.touched(fieldWords('notes', telling), things)
    case 'set':
      return setWords(deed, things, telling)
    case 'member':
      return memberWords(deed, things, telling)
    case 'collided':
      return collidedWords(deed, things, telling)
    default:
      return history[deed.what](things)
  }
}

/** Of a comment, the name is that of its item; of several things there is none, unless all are comments on one item. */
export function thingsOf(
  { kind, ids }: Pick<Deed, 'kind' | 'ids'>,
  { titleOf }: Pick<Telling, 'titleOf'>,
): Things {
  const [only] = ids
  const title = kind === 'list' || only === undefined || ids.length > 1 ? null : titleOf(kind, only)
  return { kind, count: ids.length, title: title === null ? null : short(title) }
}

/** True where a field holds something that can be lost. */
export function isContent(value: unknown): boolean {
  const isNothing = value === null || value === undefined || value === '' || value === 0
  return !isNothing && !(Array.isArray(value) && value.length === 0)
}

type OfDeed<W extends Deed['what']> = Extract<Deed, { what: W }>

function setWords(deed: OfDeed<'set'>, things: Things, telling: Telling): string {
  const { history } = telling
  const { kind, field, to } = deed
  const [from] = deed.from
  if (kind === 'comments') return commentWords(deed, things, telling)
  if (kind === 'items' && field === 'section') return sectionWords(to, things, telling)
  if (kind === 'items' && field === 'parent') {
    const parent = typeof to === 'string' ? telling.titleOf('items', to) : null
    return parent === null ? history.moved(things) : history.movedUnder(things, short(parent))
  }
  const shown = shownValue(field, to, telling)
  if (field === 'title') {
    const isNew = kind === 'list' && !isContent(from)
    return isNew ? history.made(shown) : history.renamed(things, shownValue(field, from, telling), shown)
  }
  const name = fieldWords(field, telling)
  // A value of a later version, or a colour by its code, says nothing to a reader.
  if (!isReadable(field)) return history.touched(name, things)
  if (!isContent(to)) return history.cleared(name, things)
  const isSingle = things.count <= 1 && isContent(from)
  return isSingle
    ? history.changed(name, things, shownValue(field, from, telling), shown)
    : history.set(name, things, shown)
}

const READABLE: readonly string[] = ['due', 'repeat', 'remindAt', 'priority', 'quantity', 'link', 'icon']

function isReadable(field: string): boolean {
  return READABLE.includes(field)
}

function commentWords({ field, to }: OfDeed<'set'>, things: Things, { history }: Telling): string {
  if (field !== 'resolved') return history.reworded(things)
  return to === true ? history.resolved(things) : history.reopened(things)
}

function sectionWords(to: unknown, things: Things, { history, titleOf }: Telling): string {
  if (typeof to !== 'string') return history.movedOut(things)
  const section = titleOf('sections', to)
  return section === null ? history.movedToAnother(things) : history.movedTo(things, short(section))
}

function memberWords({ set, member, isIn }: OfDeed<'member'>, things: Things, telling: Telling): string {
  const { history, nameOf, titleOf, me } = telling
  if (set === 'assignee') {
    return (isIn ? history.assigned : history.unassigned)(member === me ? null : nameOf(member), things)
  }
  if (set !== 'label') return history.touched(fieldWords(set, telling), things)
  const label = titleOf('labels', member)
  if (label === null) return history.touched(history.labels, things)
  return (isIn ? history.labelled : history.unlabelled)(short(label), things)
}

function collidedWords(deed: OfDeed<'collided'>, things: Things, telling: Telling): string {
  const { history } = telling
  const { kind, field, kept, other } = deed
  if (field === 'order') return history.movedAtOnce(things)
  const [stayed, gone] = [kept, other].map(({ value }) => shownValue(field, value, telling))
  if (kind === 'items' && field === 'title') return history.renamedAtOnce(stayed ?? '', gone ?? '')
  return history.collided(fieldWords(field, telling), things, stayed ?? '', gone ?? '')
}
