import type { history as En, Things } from '../en/history.ts'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('de')
const theirs = (text: string): string => `\u2068${text}\u2069`
const quoted = (text: string): string => `„${theirs(text)}“`

/** Unnamed, and several: whom? */
const unnamed = {
  items: ['einen Eintrag', '# Einträge'],
  sections: ['einen Abschnitt', '# Abschnitte'],
  labels: ['ein Etikett', '# Etiketten'],
  comments: ['einen Kommentar', '# Kommentare'],
  list: ['die Liste', '# Listen'],
} as const
/** Of whom? */
const ofUnnamed = {
  items: ['einem Eintrag', '# Einträgen'],
  sections: ['einem Abschnitt', '# Abschnitten'],
  labels: ['einem Etikett', '# Etiketten'],
  comments: ['einem Kommentar', '# Kommentaren'],
  list: ['der Liste', '# Listen'],
} as const
const named = {
  items: quoted,
  sections: (title: string) => `den Abschnitt ${quoted(title)}`,
  labels: (title: string) => `das Etikett ${quoted(title)}`,
  comments: (title: string) => `einen Kommentar zu ${quoted(title)}`,
  list: (title: string) => `die Liste ${quoted(title)}`,
}
const ofNamed = {
  items: quoted,
  sections: (title: string) => `Abschnitt ${quoted(title)}`,
  labels: (title: string) => `Etikett ${quoted(title)}`,
  comments: (title: string) => `einem Kommentar zu ${quoted(title)}`,
  list: (title: string) => `der Liste ${quoted(title)}`,
}

function say(things: Things, one: typeof unnamed | typeof ofUnnamed, name: typeof named): string {
  const { kind, count, title } = things
  if (count > 1) return plural(count, { other: one[kind][1] })
  return title === null ? one[kind][0] : name[kind](title)
}
const what = (things: Things): string => say(things, unnamed, named)
const ofWhat = (things: Things): string => say(things, ofUnnamed, ofNamed)

export const history: typeof En = {
  title: (list) => `Verlauf von ${quoted(list)}`,
  server: 'Der Server',
  reading: 'Wird gelesen …',
  nothing: 'Hier ist noch nichts gespeichert worden.',
  nothingLately: 'Im neuesten Teil ist nichts. Es gibt noch mehr.',
  older: 'Ältere zeigen',
  beginning: 'Hier hat es angefangen.',
  offline: 'Der Verlauf liegt auf dem Server und braucht eine Verbindung.',
  tryAgain: 'Noch einmal versuchen',
  missing: (count) =>
    plural(count, {
      one: '# Änderung ließ sich nicht lesen und fehlt hier.',
      other: '# Änderungen ließen sich nicht lesen und fehlen hier.',
    }),

  did: ': ',
  added: (things) => `${what(things)} hinzugefügt`,
  commented: ({ count, title }) =>
    title === null
      ? plural(count, { one: 'einen Kommentar geschrieben', other: '# Kommentare geschrieben' })
      : `${quoted(title)} kommentiert`,
  deleted: (things) => `${what(things)} gelöscht`,
  restored: (things) => `${what(things)} wiederhergestellt`,
  purged: (things) => `${what(things)} endgültig gelöscht`,
  ticked: (things) => `${what(things)} abgehakt`,
  unticked: (things) => `das Häkchen bei ${ofWhat(things)} entfernt`,
  moved: (things) => `${what(things)} verschoben`,
  movedTo: (things, section) => `${what(things)} nach ${quoted(section)} verschoben`,
  movedToAnother: (things) => `${what(things)} in einen anderen Abschnitt verschoben`,
  movedOut: (things) => `${what(things)} aus dem Abschnitt genommen`,
  movedUnder: (things, parent) => `${what(things)} unter ${quoted(parent)} verschoben`,
  renamed: ({ kind }, from, to) => {
    const thing = { items: '', sections: 'den Abschnitt ', labels: 'das Etikett ', list: 'die Liste ' }
    return `${kind === 'comments' ? '' : thing[kind]}${from} in ${to} umbenannt`
  },
  made: (title) => `die Liste ${title} angelegt`,
  set: (field, things, to) => `${field} von ${ofWhat(things)} auf ${to} gesetzt`,
  changed: (field, things, from, to) => `${field} von ${ofWhat(things)} geändert: von ${from} auf ${to}`,
  cleared: (field, things) => `${field} von ${ofWhat(things)} entfernt`,
  touched: (field, things) => `${field} von ${ofWhat(things)} geändert`,
  reworded: (things) => `${what(things)} geändert`,
  resolved: (things) => `${what(things)} erledigt`,
  reopened: (things) => `${what(things)} wieder geöffnet`,
  labelled: (label, things) => `das Etikett ${quoted(label)} an ${what(things)} gehängt`,
  unlabelled: (label, things) => `das Etikett ${quoted(label)} von ${ofWhat(things)} genommen`,
  assigned: (who, things) =>
    who === null ? `dir ${what(things)} zugewiesen` : `${what(things)} zugewiesen an ${theirs(who)}`,
  unassigned: (who, things) =>
    who === null
      ? `dir ${what(things)} nicht mehr zugewiesen`
      : `${what(things)} nicht mehr zugewiesen an ${theirs(who)}`,
  labels: 'die Etiketten',
  collided: (field, things, kept, other) =>
    `${field} von ${ofWhat(things)} gleichzeitig geändert: ${kept} blieb, ${other} nicht`,
  renamedAtOnce: (kept, other) => `gleichzeitig einen Eintrag umbenannt: ${kept} blieb, ${other} nicht`,
  movedAtOnce: (things) => `${what(things)} gleichzeitig verschoben`,

  putBack: 'Zurückholen',
  putBackOf: (value) => `${value} zurückholen`,
  isBack: (value) => `${value} zurückgeholt`,
  these: what,
  ofThings: (field, things) => `${field} von ${ofWhat(things)}`,
}
