import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')
const numbers = new Intl.NumberFormat('en')
const and = new Intl.ListFormat('en')
/** Other people's words, which may run the other way. */
const theirs = (text: string): string => `\u2068${text}\u2069`
const quoted = (text: string): string => `“${theirs(text)}”`
const names = (all: readonly string[]): string => and.format(all.map(theirs))

export interface Deeds {
  readonly added: number
  readonly ticked: number
  readonly changed: number
  readonly removed: number
}

export const together = {
  you: 'You',
  somebody: 'Somebody',

  hereTitle: 'Here now',
  here: (all: readonly string[]) => `Here now: ${names(all)}`,
  hereOnly: 'Nobody else is here',
  more: (count: number) => `+${numbers.format(count)}`,
  came: (all: readonly string[]) =>
    plural(all.length, { one: `${names(all)} is here`, other: `${names(all)} are here` }),
  yourself: (name: string) => `${theirs(name)} (you)`,
  isIdle: 'Away for the moment',
  isHere: 'Looking at the list',
  isEditing: (title: string) => `Editing ${quoted(title)}`,
  isViewing: (title: string) => `Looking at ${quoted(title)}`,
  seenByOthers: 'Being seen',
  showMe: 'Show others that I am here',
  showMeWhy: 'For this device. You see the others either way.',
  hidden: 'Others do not see that you are here',

  typing: (name: string) => `${theirs(name)} is typing…`,
  editing: (name: string) => `${theirs(name)} is editing`,
  viewing: (name: string) => `${theirs(name)} is looking at this`,
  withOthers: (first: string, more: number) => `${first} +${numbers.format(more)}`,

  notes: 'Notes',
  notesOf: (title: string) => `Notes of ${quoted(title)}`,
  notesEmpty: 'Add notes',
  notesNone: 'No notes',
  notesLinks: 'Links in the notes',
  notesFull: 'Notes hold at most 100,000 characters. This was too much, and was not added.',
  notesLocked: 'You can no longer change these notes.',

  collisions: 'Changes that met',
  theySet: (who: string, value: string, mine: string) => `${theirs(who)} set it to ${value}. Yours: ${mine}.`,
  theyChanged: (who: string, field: string, value: string, mine: string) =>
    `${theirs(who)} changed ${field} to ${value}. Yours: ${mine}.`,
  youSet: (value: string, who: string, other: string) =>
    `You set it to ${value}. ${theirs(who)} wrote ${other}.`,
  youChanged: (field: string, value: string, who: string, other: string) =>
    `You changed ${field} to ${value}. ${theirs(who)}: ${other}.`,
  theyMoved: (who: string) => `${theirs(who)} moved this too, and it is where they put it.`,
  theyMovedTo: (who: string, to: string, mine: string) =>
    `${theirs(who)} moved this to ${to}. You moved it to ${mine}.`,
  youMoved: (who: string) => `${theirs(who)} moved this too. It is where you put it.`,
  youMovedTo: (to: string, who: string, other: string) =>
    `You moved this to ${to}. ${theirs(who)} moved it to ${other}.`,
  theyRemoved: (title: string, who: string) =>
    `${quoted(title)} was deleted by ${theirs(who)} while you changed it. Restore?`,
  youRemoved: (title: string, who: string) =>
    `You deleted ${quoted(title)} while ${theirs(who)} changed it. Restore?`,
  on: (title: string, sentence: string) => `${quoted(title)}: ${sentence}`,
  takeMine: 'Use mine',
  takeTheirs: (who: string) => `Use ${theirs(who)}’s`,
  keep: 'Keep',
  restore: 'Restore',
  leaveRemoved: 'Leave it deleted',
  moreCollisions: (count: number) => plural(count, { one: '# more', other: '# more' }),
  fields: {
    title: 'the name',
    done: 'the tick',
    due: 'the due date',
    repeat: 'the repetition',
    remindAt: 'the reminders',
    priority: 'the priority',
    quantity: 'the quantity',
    link: 'the link',
    section: 'the section',
    notes: 'the notes',
    color: 'the colour',
    icon: 'the icon',
    body: 'a comment',
    resolved: 'a comment',
    other: 'a detail',
  },
  quoted,
  none: 'none',
  ticked: 'ticked',
  open: 'open',
  yes: 'yes',
  no: 'no',
  aSection: 'another section',
  noSection: 'no section',
  priorities: ['none', 'low', 'medium', 'high'],

  away: 'While you were away',
  awayPerson: (who: string, { added, ticked, changed, removed }: Deeds) => {
    const did = [
      added > 0 && `added ${numbers.format(added)}`,
      ticked > 0 && `ticked ${numbers.format(ticked)}`,
      changed > 0 && `changed ${numbers.format(changed)}`,
      removed > 0 && `deleted ${numbers.format(removed)}`,
    ]
    return `${theirs(who)} ${did.filter((one) => one !== false).join(', ')}`
  },
  awaySome: (count: number) => plural(count, { one: '# item was changed', other: '# items were changed' }),
  itemSaid: {
    added: (title: string) => `${quoted(title)} was added`,
    updated: (title: string) => `${quoted(title)} was changed`,
    removed: (title: string) => `${quoted(title)} was deleted`,
  },
  awayClose: 'Close this summary',
}
