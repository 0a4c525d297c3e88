import type { state as En } from '../en/state.ts'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('de')
const changes = (count: number): string => plural(count, { one: '# Änderung', other: '# Änderungen' })

export const state: typeof En = {
  loading: 'Wird geladen …',
  saved: 'Gespeichert',
  saving: 'Wird gespeichert …',
  savingMany: (count) => `${changes(count)} werden gespeichert …`,
  offline: 'Offline',
  offlineForLong: 'Lange offline',
  kept: (count) => `${changes(count)} auf diesem Gerät`,
  keeping: (count) => `${changes(count)} werden auf diesem Gerät abgelegt …`,
  attention: 'Braucht dich',
  shortFor: {
    'auth-expired': 'melde dich wieder an',
    'access-revoked': 'du kannst diese Liste nicht mehr öffnen',
    'create-refused': 'der Server hat diese Liste nicht angenommen',
    'storage-failed': 'dieses Gerät speichert nicht',
    quota: 'dieses Gerät ist voll',
    'update-rejected': 'einige Änderungen wurden abgelehnt',
    'server-storage': 'der Server kann nicht speichern',
    damaged: 'ein Teil der Liste fehlt vielleicht',
    'client-too-old': 'lade die neue Version',
  },
  elsewhere: (count) => plural(count, { one: '# Liste braucht dich', other: '# Listen brauchen dich' }),

  panel: 'Was gespeichert ist',
  open: 'Was wo gespeichert ist',
  explain: {
    loading: 'Diese Liste wird gelesen.',
    saved: 'Alles, was du getan hast, steht in der Datenbank des Servers.',
    saving:
      'Der Server ist erreichbar. Was du getan hast, ist unterwegs; „Gespeichert“ steht hier erst, wenn es in der Datenbank ist.',
    offline:
      'Der Server ist nicht erreichbar. Mach einfach weiter: Was du tust, bleibt hier und wird von selbst gesendet.',
    'many-edits': 'Viele Änderungen warten. Sie werden von selbst gesendet, die ältesten zuerst.',
    'long-offline':
      'Einige Änderungen warten seit über einer Woche und sind nur auf diesem Gerät. Verbinde es bald oder exportiere sie.',
    'auth-expired': 'Du bist abgemeldet. Deine Änderungen bleiben auf diesem Gerät, bis du zurück bist.',
    'access-revoked':
      'Du kannst diese Liste nicht mehr öffnen. Was du seitdem getan hast, wird hier aufbewahrt.',
    'create-refused': 'Der Server hat diese neue Liste nicht angenommen. Sie ist nur auf diesem Gerät.',
    'storage-failed':
      'Dieses Gerät speichert deine Änderungen gerade nicht. Lass diese Seite offen: Sie sind im Arbeitsspeicher und gehen trotzdem an den Server.',
    quota:
      'Dieses Gerät ist voll, deshalb werden deine Änderungen nicht darauf gespeichert. Lass diese Seite offen: Sie gehen trotzdem an den Server. Schaffe dann Platz auf dem Gerät.',
    'update-rejected':
      'Der Server hat einige Änderungen abgelehnt. Sie sind nicht mehr in der Liste und unten aufbewahrt.',
    'server-storage':
      'Der Server kann gerade nicht speichern. Deine Änderungen warten auf diesem Gerät und werden von selbst gesendet.',
    damaged:
      'Der Server konnte nicht alles von dieser Liste lesen. Ein Teil fehlt hier vielleicht; nichts von dir ist gelöscht.',
    'client-too-old':
      'Diese Seite ist zu alt für den Server. Lesen geht weiter, und was wartet, bleibt erhalten.',
  },
  lastConfirmed: (when) => `Zuletzt vom Server bestätigt: ${when}`,
  neverConfirmed: 'Vom Server noch nicht bestätigt.',
  today: (time) => `heute, ${time}`,
  waits: 'Was wartet',
  waitsIn: (count) => changes(count),
  refusedIn: (count) => plural(count, { one: '# abgelehnt', other: '# abgelehnt' }),
  nothingWaits: 'Nichts wartet.',
  newList: 'neue Liste',
  noTitle: 'Liste ohne Namen',
  retryNow: 'Jetzt versuchen',
  exportAll: 'Wartendes exportieren',
  exportName: 'nicht-gespeichert',
  tryAgain: 'Noch einmal versuchen',
  tryAllAgain: 'Alle noch einmal versuchen',
  exportThese: 'Diese exportieren',
  giveUpMeans: 'Es gibt sie nirgends sonst. Exportiere sie vorher, wenn du sie noch brauchen könntest.',
  giveUp: 'Aufgeben',
  giveUpAll: 'Alle aufgeben',
  giveUpList: 'Diese Liste aufgeben',
  reallyGiveUp: (count) =>
    plural(count, { one: '# Änderung endgültig aufgeben?', other: '# Änderungen endgültig aufgeben?' }),
  keep: 'Behalten',
  reload: 'Neu laden',
  refused: 'Abgelehnte Änderungen',
  refusedWhy: 'Sie stehen in niemandes Liste. Sie bleiben hier, bis du entscheidest.',
  refusals: {
    'read-only': 'Deine Rolle in dieser Liste erlaubt das nicht.',
    'list-full': 'Die Liste ist voll: Lösche etwas, leere den Papierkorb, oder teile sie in zwei.',
    'too-large': 'Das war zu viel auf einmal: Teile es auf.',
    'key-removed': 'Endgültig gelöscht wird erst, was gelöscht und gespeichert ist.',
  },
  edit: (what, title) => `${what}: „\u2068${title}\u2069“`,
  edits: {
    Add: 'Hinzufügen',
    Edit: 'Bearbeiten',
    Tick: 'Abhaken',
    Reopen: 'Wieder öffnen',
    Move: 'Verschieben',
    Assign: 'Zuweisen',
    Label: 'Etikettieren',
    Delete: 'Löschen',
    Restore: 'Wiederherstellen',
    'Delete for good': 'Endgültig löschen',
    Import: 'Importieren',
    Copy: 'Kopieren',
    'Move here': 'Hierher verschieben',
    'Add section': 'Abschnitt hinzufügen',
    'Rename section': 'Abschnitt umbenennen',
    'Move section': 'Abschnitt verschieben',
    'Delete section': 'Abschnitt löschen',
    'Add label': 'Etikett hinzufügen',
    'Edit label': 'Etikett ändern',
    'Delete label': 'Etikett löschen',
    'Rename list': 'Liste umbenennen',
    'Change icon': 'Symbol ändern',
    'Edit notes': 'Notizen bearbeiten',
    Comment: 'Kommentieren',
    'Edit comment': 'Kommentar ändern',
    'Delete comment': 'Kommentar löschen',
    'Resolve comment': 'Kommentar erledigen',
    'Use the other value': 'Den anderen Wert nehmen',
  },
  onThisDevice: 'Auf diesem Gerät',
  isKept: 'Der Browser behält deine Listen, bis du sie löschst.',
  isNotKept:
    'Der Browser kann deine Listen löschen, wenn der Platz knapp wird oder du lange nicht hier warst.',
  keptUnknown: 'Der Browser sagt nicht, ob er deine Listen behält, wenn der Platz knapp wird.',
  askToKeep: 'Bitte ihn, sie zu behalten',
  keepRefused:
    'Der Browser hat nicht zugestimmt. Meist tut er es, sobald die App installiert oder ein Lesezeichen ist.',

  storageFailed:
    'Dieses Gerät speichert deine Änderungen nicht. Lass diese Seite offen, bis „Gespeichert“ dasteht.',
  storageFull:
    'Dieses Gerät ist voll: Deine Änderungen werden nicht darauf gespeichert. Lass diese Seite offen, bis „Gespeichert“ dasteht.',
  signedOut: 'Du bist abgemeldet. Deine Listen und Änderungen bleiben auf diesem Gerät, bis du zurück bist.',
  signInAgain: 'Wieder anmelden',
  newVersion: 'Eine neue Version ist bereit.',
  newVersionAfter: (count) =>
    `Eine neue Version ist bereit, sobald deine ${changes(count)} gespeichert ${plural(count, { one: 'ist', other: 'sind' })}.`,
  tooOld: 'Diese Seite ist zu alt für den Server. Sie muss neu geladen werden.',
  tooOldPending: (count) =>
    `Diese Seite ist zu alt für den Server. ${plural(count, { one: '# Änderung wartet; sie bleibt auf diesem Gerät und wird von der neuen Version gesendet.', other: '# Änderungen warten; sie bleiben auf diesem Gerät und werden von der neuen Version gesendet.' })}`,
  exportAndReload: 'Exportieren und neu laden',
  install: 'Installiere Tandem: Es öffnet sich wie eine App, auch ohne Netz.',
  installIos:
    'Lege Tandem auf deinen Home-Bildschirm: „Teilen“, dann „Zum Home-Bildschirm“. Safari löscht nach sieben Tagen ohne Besuch, was eine Website gespeichert hat; vom Home-Bildschirm aus nicht.',
  installNow: 'Installieren',
  notNow: 'Nicht jetzt',
  partMissing: 'Dieser Teil ist noch nicht auf diesem Gerät. Er braucht eine Verbindung.',
  notices: 'Über diese App',
}
