import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')
const theirs = (text: string): string => `\u2068${text}\u2069`
const quoted = (text: string): string => `“${theirs(text)}”`

/** What a sentence of the history is about. */
export interface Things {
  readonly kind: 'items' | 'sections' | 'labels' | 'comments' | 'list'
  readonly count: number
  /** Of a single one, as far as anybody knows it. */
  readonly title: string | null
}

/** Unnamed, and several. */
const unnamed = {
  items: ['an item', '# items'],
  sections: ['a section', '# sections'],
  labels: ['a label', '# labels'],
  comments: ['a comment', '# comments'],
  list: ['the list', '# lists'],
} as const
const named = {
  items: quoted,
  sections: (title: string) => `the section ${quoted(title)}`,
  labels: (title: string) => `the label ${quoted(title)}`,
  comments: (title: string) => `a comment on ${quoted(title)}`,
  list: (title: string) => `the list ${quoted(title)}`,
}

function what({ kind, count, title }: Things): string {
  const [one, other] = unnamed[kind]
  if (count > 1) return plural(count, { other })
  return title === null ? one : named[kind](title)
}

/** Loaded with the history, and not with the page. */
export const history = {
  title: (list: string) => `History of ${quoted(list)}`,
  server: 'The server',
  reading: 'Reading …',
  nothing: 'Nothing has been saved here yet.',
  nothingLately: 'Nothing in the newest part. There is more.',
  older: 'Show older',
  beginning: 'This is where it began.',
  offline: 'The history is on the server, and needs a connection.',
  tryAgain: 'Try again',
  missing: (count: number) =>
    plural(count, {
      one: '# change could not be read, and is not shown here.',
      other: '# changes could not be read, and are not shown here.',
    }),

  /** Stands between who and what they did. */
  did: ' ',
  added: (things: Things) => `added ${what(things)}`,
  commented: ({ count, title }: Things) =>
    title === null
      ? plural(count, { one: 'wrote a comment', other: 'wrote # comments' })
      : `commented on ${quoted(title)}`,
  deleted: (things: Things) => `deleted ${what(things)}`,
  restored: (things: Things) => `restored ${what(things)}`,
  purged: (things: Things) => `deleted ${what(things)} for good`,
  ticked: (things: Things) => `ticked ${what(things)}`,
  unticked: (things: Things) => `unticked ${what(things)}`,
  moved: (things: Things) => `moved ${what(things)}`,
  movedTo: (things: Things, section: string) => `moved ${what(things)} to ${quoted(section)}`,
  movedToAnother: (things: Things) => `moved ${what(things)} to another section`,
  movedOut: (things: Things) => `moved ${what(things)} out of its section`,
  movedUnder: (things: Things, parent: string) => `moved ${what(things)} below ${quoted(parent)}`,
  renamed: ({ kind }: Things, from: string, to: string) =>
    `renamed ${kind === 'items' ? '' : `${unnamed[kind][0].replace(/^an? /, 'the ')} `}${from} to ${to}`,
  made: (title: string) => `made the list ${title}`,
  /** `to` is a value in words, with its quotes. */
  set: (field: string, things: Things, to: string) => `set ${field} of ${what(things)} to ${to}`,
  changed: (field: string, things: Things, from: string, to: string) =>
    `changed ${field} of ${what(things)} from ${from} to ${to}`,
  cleared: (field: string, things: Things) => `removed ${field} of ${what(things)}`,
  touched: (field: string, things: Things) => `changed ${field} of ${what(things)}`,
  reworded: (things: Things) => `changed ${what(things)}`,
  resolved: (things: Things) => `resolved ${what(things)}`,
  reopened: (things: Things) => `reopened ${what(things)}`,
  labelled: (label: string, things: Things) => `put the label ${quoted(label)} on ${what(things)}`,
  unlabelled: (label: string, things: Things) => `took the label ${quoted(label)} off ${what(things)}`,
  /** `who` is null for the person who reads it. */
  assigned: (who: string | null, things: Things) =>
    `assigned ${what(things)} to ${who === null ? 'you' : theirs(who)}`,
  unassigned: (who: string | null, things: Things) =>
    `no longer assigned ${what(things)} to ${who === null ? 'you' : theirs(who)}`,
  labels: 'the labels',
  collided: (field: string, things: Things, kept: string, other: string) =>
    `changed ${field} of ${what(things)} at the same time: ${kept} stayed, and not ${other}`,
  renamedAtOnce: (kept: string, other: string) =>
    `renamed an item at the same time: ${kept} stayed, and not ${other}`,
  movedAtOnce: (things: Things) => `moved ${what(things)} at the same time`,

  putBack: 'Put back',
  putBackOf: (value: string) => `Put back ${value}`,
  isBack: (value: string) => `Put back ${value}`,
  these: what,
  ofThings: (field: string, things: Things) => `${field} of ${what(things)}`,
}
