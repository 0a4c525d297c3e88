import type { together as En } from '../en/together.ts'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('de')
const numbers = new Intl.NumberFormat('de')
const and = new Intl.ListFormat('de')
const theirs = (text: string): string => `\u2068${text}\u2069`
const quoted = (text: string): string => `„${theirs(text)}“`
const names = (all: readonly string[]): string => and.format(all.map(theirs))

export const together: typeof En = {
  you: 'Du',
  somebody: 'Jemand',

  hereTitle: 'Gerade hier',
  here: (all) => `Gerade hier: ${names(all)}`,
  hereOnly: 'Sonst ist niemand hier',
  more: (count) => `+${numbers.format(count)}`,
  came: (all) => plural(all.length, { one: `${names(all)} ist da`, other: `${names(all)} sind da` }),
  yourself: (name) => `${theirs(name)} (du)`,
  isIdle: 'Gerade nicht am Bildschirm',
  isHere: 'Sieht die Liste an',
  isEditing: (title) => `Bearbeitet ${quoted(title)}`,
  isViewing: (title) => `Sieht ${quoted(title)} an`,
  seenByOthers: 'Sichtbarkeit',
  showMe: 'Anderen zeigen, dass ich hier bin',
  showMeWhy: 'Gilt für dieses Gerät. Du siehst die anderen so oder so.',
  hidden: 'Andere sehen nicht, dass du hier bist',

  typing: (name) => `${theirs(name)} schreibt …`,
  editing: (name) => `${theirs(name)} bearbeitet das`,
  viewing: (name) => `${theirs(name)} sieht das an`,
  withOthers: (first, more) => `${first} +${numbers.format(more)}`,

  notes: 'Notizen',
  notesOf: (title) => `Notizen zu ${quoted(title)}`,
  notesEmpty: 'Notizen hinzufügen',
  notesNone: 'Keine Notizen',
  notesLinks: 'Links in den Notizen',
  notesFull: 'Notizen fassen höchstens 100.000 Zeichen. Das war zu viel und wurde nicht übernommen.',
  notesLocked: 'Du kannst diese Notizen nicht mehr ändern.',

  collisions: 'Änderungen, die sich trafen',
  theySet: (who, value, mine) => `${theirs(who)} hat es auf ${value} geändert. Von dir: ${mine}.`,
  theyChanged: (who, field, value, mine) =>
    `${theirs(who)} hat ${field} auf ${value} geändert. Von dir: ${mine}.`,
  youSet: (value, who, other) => `Du hast es auf ${value} geändert. ${theirs(who)} schrieb ${other}.`,
  youChanged: (field, value, who, other) =>
    `Du hast ${field} auf ${value} geändert. ${theirs(who)}: ${other}.`,
  theyMoved: (who) => `${theirs(who)} hat das auch verschoben; es steht jetzt dort.`,
  theyMovedTo: (who, to, mine) =>
    `${theirs(who)} hat das nach ${to} verschoben. Du hast es nach ${mine} verschoben.`,
  youMoved: (who) => `${theirs(who)} hat das auch verschoben. Es steht, wo du es hingetan hast.`,
  youMovedTo: (to, who, other) =>
    `Du hast das nach ${to} verschoben. ${theirs(who)} hat es nach ${other} verschoben.`,
  theyRemoved: (title, who) =>
    `${theirs(who)} hat ${quoted(title)} gelöscht, während du es geändert hast. Wiederherstellen?`,
  youRemoved: (title, who) =>
    `Du hast ${quoted(title)} gelöscht, während ${theirs(who)} es geändert hat. Wiederherstellen?`,
  on: (title, sentence) => `${quoted(title)}: ${sentence}`,
  takeMine: 'Meins nehmen',
  takeTheirs: (who) => `Das von ${theirs(who)} nehmen`,
  keep: 'So lassen',
  restore: 'Wiederherstellen',
  leaveRemoved: 'Gelöscht lassen',
  moreCollisions: (count) => plural(count, { other: '# weitere' }),
  fields: {
    title: 'den Namen',
    done: 'das Häkchen',
    due: 'die Fälligkeit',
    repeat: 'die Wiederholung',
    remindAt: 'die Erinnerungen',
    priority: 'die Priorität',
    quantity: 'die Menge',
    link: 'den Link',
    section: 'den Abschnitt',
    notes: 'die Notizen',
    color: 'die Farbe',
    icon: 'das Symbol',
    body: 'einen Kommentar',
    resolved: 'einen Kommentar',
    other: 'eine Angabe',
  },
  quoted,
  none: 'nichts',
  ticked: 'abgehakt',
  open: 'offen',
  yes: 'ja',
  no: 'nein',
  aSection: 'einem anderen Abschnitt',
  noSection: '„ohne Abschnitt“',
  priorities: ['keine', 'niedrig', 'mittel', 'hoch'],

  away: 'Während du weg warst',
  awayPerson: (who, { added, ticked, changed, removed }) => {
    const did = [
      added > 0 && `${numbers.format(added)} hinzugefügt`,
      ticked > 0 && `${numbers.format(ticked)} abgehakt`,
      changed > 0 && `${numbers.format(changed)} geändert`,
      removed > 0 && `${numbers.format(removed)} gelöscht`,
    ]
    return `${theirs(who)} hat ${did.filter((one) => one !== false).join(', ')}`
  },
  awaySome: (count) =>
    plural(count, { one: '# Eintrag wurde geändert', other: '# Einträge wurden geändert' }),
  itemSaid: {
    added: (title) => `${quoted(title)} ist dazugekommen`,
    updated: (title) => `${quoted(title)} wurde geändert`,
    removed: (title) => `${quoted(title)} wurde gelöscht`,
  },
  awayClose: 'Diese Zusammenfassung schließen',
}
