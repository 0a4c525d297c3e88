import type { list as En } from '../en/list.ts'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('de')
const quoted = (text: string): string => `„\u2068${text}\u2069“`

export const list: typeof En = {
  renameList: (title) => `Die Liste ${title} umbenennen`,
  nameOfList: 'Name dieser Liste',
  untitled: 'Liste ohne Namen',
  addItem: 'Eintrag hinzufügen',
  selectItems: 'Einträge auswählen',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  undoOf: (what) => `Rückgängig: ${what}`,
  redoOf: (what) => `Wiederholen: ${what}`,
  more: 'Mehr zu dieser Liste',
  select: 'Auswählen',
  history: 'Verlauf',
  edits: {
    Add: 'Hinzufügen',
    Edit: 'Ändern',
    Tick: 'Abhaken',
    Reopen: 'Haken entfernen',
    Move: 'Verschieben',
    Assign: 'Zuweisen',
    Label: 'Label',
    Delete: 'Löschen',
    Restore: 'Wiederherstellen',
    'Delete for good': 'endgültig löschen',
    Import: 'Importieren',
    Copy: 'Kopieren',
    'Move here': 'Hierher verschieben',
    'Add section': 'Abschnitt hinzufügen',
    'Rename section': 'Abschnitt umbenennen',
    'Move section': 'Abschnitt verschieben',
    'Delete section': 'Abschnitt löschen',
    'Rename list': 'Liste umbenennen',
    'Add label': 'Label hinzufügen',
    'Edit label': 'Label ändern',
    'Delete label': 'Label löschen',
    'Change icon': 'Symbol ändern',
    Comment: 'Kommentar',
    'Edit comment': 'Kommentar ändern',
    'Delete comment': 'Kommentar löschen',
    'Resolve comment': 'Kommentar erledigen',
    'Edit notes': 'Notizen ändern',
    'Use the other value': 'anderen Wert nehmen',
  },

  filter: 'Filtern',
  filterBy: 'Nur zeigen …',
  filteredTo: (name) => `Nur: ${name}`,
  filterOff: (name) => `Nicht mehr nur ${name} zeigen`,
  assignedToYou: 'Dir zugewiesen',
  assignedTo: (name) => `Zugewiesen: ${name}`,
  sortedBy: {
    due: 'Nach Fälligkeit sortiert',
    priority: 'Nach Priorität sortiert',
    title: 'Nach Namen sortiert',
    created: 'Nach Alter sortiert',
    assignee: 'Nach Person sortiert',
  },
  sortManual: 'Zurück zur eigenen Reihenfolge',

  items: 'Einträge',
  rename: (title) => `${title} umbenennen`,
  newName: (title) => `Neuer Name für ${title}`,
  selectItem: (title) => `${title} auswählen`,
  detailsOf: (title) => `Details zu ${title}`,
  moreFor: (title) => `Mehr zu ${title}`,
  notSaved: 'Noch nicht gespeichert',
  isNew: 'Neu, seit du zuletzt hier warst',
  subtaskOf: (title) => `Teilaufgabe von ${title}`,
  progress: (done, total) => `${done}/${total}`,
  progressSaid: (done, total) =>
    `${done} von ${plural(total, { one: '# Teilaufgabe', other: '# Teilaufgaben' })} erledigt`,
  newSubtask: (title) => `Neue Teilaufgabe von ${title}`,
  addSubtaskHint: 'Teilaufgabe hinzufügen',

  details: 'Details',
  renameShort: 'Umbenennen',
  addSubtask: 'Teilaufgabe hinzufügen',
  steps: { up: 'Nach oben', down: 'Nach unten', top: 'Ganz nach oben', bottom: 'Ganz nach unten' },
  moveTo: 'Verschieben …',
  indent: 'Zur Teilaufgabe machen',
  outdent: 'Zum eigenen Eintrag machen',
  duplicate: 'Duplizieren',
  delete: 'Löschen',

  ticked: (count, title) =>
    count === 1
      ? `${quoted(title)} abgehakt`
      : plural(count, { one: '# Eintrag abgehakt', other: '# Einträge abgehakt' }),
  deleted: (count, title) =>
    count === 1
      ? `${quoted(title)} gelöscht`
      : plural(count, { one: '# Eintrag gelöscht', other: '# Einträge gelöscht' }),
  moved: (count, title) =>
    count === 1
      ? `${quoted(title)} verschoben`
      : plural(count, { one: '# Eintrag verschoben', other: '# Einträge verschoben' }),
  changed: (count) => plural(count, { one: '# Eintrag geändert', other: '# Einträge geändert' }),
  movedToList: (count, title) =>
    `${plural(count, { one: '# Eintrag', other: '# Einträge' })} nach ${quoted(title)} verschoben`,
  movedTo: (title, at, of) => `${title}: jetzt ${at} von ${of}`,

  removed: 'gelöscht',
  removedUnderEdit: 'Der Eintrag, den du gerade bearbeitet hast, wurde gelöscht',
  removedBy: (who, title) =>
    who === null
      ? 'Der Eintrag, den du gerade bearbeitet hast, wurde gelöscht.'
      : `${who} hat ${quoted(title)} gelöscht, während du ihn bearbeitet hast.`,
  youHadTyped: 'Du hattest geschrieben:',
  restore: 'Wiederherstellen',
  restoreWithText: 'Mit meinem Text wiederherstellen',
  addAgain: 'Mit meinem Text neu hinzufügen',
  leaveDeleted: 'Gelöscht lassen',

  addSection: 'Abschnitt hinzufügen',
  addHere: 'Hier Einträge hinzufügen',
  nameOfSection: 'Name des neuen Abschnitts',
  sectionMore: (title) => `Mehr zum Abschnitt ${title}`,
  newNameOfSection: (title) => `Neuer Name für den Abschnitt ${title}`,
  deleteSection: 'Abschnitt löschen, Einträge behalten',
  sectionDeleted: (title) => `Abschnitt ${quoted(title)} gelöscht; seine Einträge sind noch da`,
  done: (count) => `Erledigt (${count})`,
  newAbove: (count) => plural(count, { one: '# neu weiter oben', other: '# neu weiter oben' }),

  selection: 'Was mit den ausgewählten Einträgen geschehen soll',
  selected: (count) => plural(count, { one: '# ausgewählt', other: '# ausgewählt' }),
  tickThem: 'Erledigt',
  untickThem: 'Offen',
  assign: 'Zuweisen',
  label: 'Label',
  due: 'Fällig',
  dueOn: {
    today: 'Heute',
    tomorrow: 'Morgen',
    nextWeek: 'In einer Woche',
    none: 'Kein Datum',
    other: 'Anderer Tag …',
  },
  dueDay: 'Tag',
  set: 'Setzen',
  stopSelecting: 'Auswahl beenden',
  bulkAssign: 'Mehrere zuweisen',
  bulkLabel: 'Label für mehrere',
  bulkPriority: 'Mehrere Prioritäten setzen',
  bulkDue: 'Mehrere Daten setzen',

  moveTitle: (count) =>
    plural(count, { one: '# Eintrag verschieben nach …', other: '# Einträge verschieben nach …' }),
  inThisList: 'In dieser Liste',
  otherLists: 'In eine andere Liste',
  noSection: 'Kein Abschnitt',
  noOtherLists: 'Es gibt keine andere Liste, die du bearbeiten darfst.',

  trash: (count) => `Papierkorb (${count})`,
  trashHint: 'Gelöschtes bleibt für alle hier, bis jemand es endgültig löscht.',
  deletedBy: (who, when) => `${who}, ${when}`,
  restoreItem: (title) => `${title} wiederherstellen`,
  purge: 'Endgültig löschen',
  purgeItem: (title) => `${title} endgültig löschen`,
  emptyTrash: 'Papierkorb leeren',
  purgeTitle: 'Endgültig löschen?',
  purgeQuestion: (count, title) =>
    count === 1
      ? `${quoted(title)} ist dann für alle weg. Das lässt sich nicht rückgängig machen.`
      : `${plural(count, { one: '# Eintrag ist', other: '# Einträge sind' })} dann für alle weg. Das lässt sich nicht rückgängig machen.`,
  showMore: 'Mehr zeigen',
  keep: 'Behalten',
  close: 'Schließen',

  loading: 'Liste wird geöffnet …',
  loadingFromServer: 'Liste wird geholt …',
  notHereTitle: 'Noch nicht auf diesem Gerät',
  notHere: 'Ohne Verbindung lässt sich diese Liste nicht holen. Sie öffnet sich hier, sobald es eine gibt.',
  empty: 'Noch nichts hier',
  emptyHint:
    'Schreib oben den ersten Eintrag und drück Enter. Mehrere eingefügte Zeilen werden mehrere Einträge.',
  emptyHintPhone: 'Schreib unten den ersten Eintrag. Mehrere eingefügte Zeilen werden mehrere Einträge.',
  emptyReadOnly: 'Sobald jemand etwas hinzufügt, steht es hier.',
  allDone: 'Alles erledigt',
  allDoneHint: 'Abgehaktes ist unten aufgehoben.',
  nothingMatches: 'Nichts passt zu diesem Filter',
  filteredOut: (count, title) =>
    count === 1
      ? `${quoted(title)} hinzugefügt; der Filter blendet es aus`
      : plural(count, {
          one: '# Eintrag hinzugefügt; der Filter blendet ihn aus',
          other: '# Einträge hinzugefügt; der Filter blendet sie aus',
        }),
  showAll: 'Alles zeigen',
}
