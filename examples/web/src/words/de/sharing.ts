import type { Role } from '@tandem/client-sdk'
import type { sharing as En } from '../en/sharing.ts'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('de')
const people = (count: number): string => plural(count, { one: '# Person', other: '# Personen' })
const changes = (count: number): string => plural(count, { one: '# Änderung', other: '# Änderungen' })

const roles: Readonly<Record<Role, string>> = {
  viewer: 'kann ansehen',
  commenter: 'kann kommentieren',
  checker: 'kann abhaken',
  editor: 'kann bearbeiten',
  admin: 'kann Personen verwalten',
  owner: 'Eigentum',
}

const may: Readonly<Record<Role, string>> = {
  viewer: 'kannst sie ansehen',
  commenter: 'kannst sie ansehen und kommentieren',
  checker: 'kannst Dinge abhaken',
  editor: 'kannst sie bearbeiten',
  admin: 'kannst sie bearbeiten und ihre Personen verwalten',
  owner: 'besitzt sie',
}

export const sharing: typeof En = {
  share: 'Teilen',
  people: 'Personen',
  shareTitle: (list) => `„\u2068${list}\u2069“ teilen`,
  peopleTitle: (list) => `Personen in „\u2068${list}\u2069“`,
  cancel: 'Abbrechen',
  roles,
  roleMeans: {
    viewer: 'Sieht alles, ändert nichts.',
    commenter: 'Sieht alles und schreibt Kommentare.',
    checker: 'Hakt Dinge ab und sonst nichts. Gut für eine Aushilfe.',
    editor: 'Fügt hinzu, ändert, hakt ab und löscht.',
    admin: 'Wie Bearbeiten, und lässt Leute herein und hinaus.',
    owner: 'Alles. Es gibt nur eine Person davon.',
  },
  youMay: (role) => `Du ${may[role]}.`,
  mayChanged: (by, role) =>
    `${by === null ? 'Jemand' : `\u2068${by}\u2069`} hat geändert, was du in dieser Liste darfst: Du ${may[role]}.`,
  allRight: 'In Ordnung',

  offline:
    'Du bist offline. Um Personen und Links zu ändern, braucht es eine Verbindung. Was du in der Liste selbst tust, bleibt erhalten und wird später von allein gesendet.',
  notYetThere:
    'Diese Liste ist bisher nur auf diesem Gerät. Du kannst sie teilen, sobald sie gespeichert ist.',
  unknownPeople: 'Wer diese Liste hat, steht hier, sobald es eine Verbindung gibt.',
  you: '(du)',
  nameless: 'Name verborgen',
  invitedBy: (name) => `eingeladen von \u2068${name}\u2069`,
  cameByLink: 'kam über einen Link',
  mayDo: (name) => `Was ${name} darf`,
  moreFor: (name) => `Mehr zu ${name}`,
  remove: (name) => `${name} entfernen`,
  removeAsk: (name) => `\u2068${name}\u2069 entfernen?`,
  removeMeans: 'Die Liste verschwindet sofort von allen Geräten dieser Person.',
  makeOwner: (name) => `${name} die Liste übergeben`,
  makeOwnerAsk: (name) => `\u2068${name}\u2069 die Liste übergeben?`,
  makeOwnerMeans:
    'Sie gehört immer genau einer Person. Du verwaltest weiter die Personen und kannst das nicht selbst zurücknehmen.',
  invitedToo: (name, count, names) =>
    `\u2068${name}\u2069 hat ${people(count)} eingeladen (${names}). Auch entfernen?`,
  removeInvitedBy: (name) => `Entfernen, wen \u2068${name}\u2069 eingeladen hat`,
  removeToo: 'Auch entfernen',
  keepThem: 'Behalten',

  invite: 'Jemanden einladen',
  whom: 'E-Mail-Adresse oder Nutzer-ID',
  theyMay: 'Was die Person darf',
  inviteNow: 'Einladen',
  inviteThem: (whom) => `\u2068${whom}\u2069 einladen`,
  hasItNow: (whom) => `\u2068${whom}\u2069 hat die Liste jetzt.`,
  getsItLater: (whom) => `\u2068${whom}\u2069 bekommt die Liste nach dem Anmelden.`,
  waitingInvitations: 'Einladungen, die warten',
  waitsForThem: 'wartet auf die Anmeldung',
  withdraw: 'Zurückziehen',
  withdrawFor: (whom) => `Einladung an ${whom} zurückziehen`,
  until: (day) => `bis ${day}`,

  links: 'Mit einem Link teilen',
  linksMean: 'Wer den Link hat, kann die Liste öffnen, auch ohne Konto.',
  linkRole: 'Wer den Link hat',
  linkOptions: 'Wie lange, wie viele, Passwort',
  works: 'Er gilt',
  worksFor: {
    day: '1 Tag',
    week: '1 Woche',
    month: '30 Tage',
    ever: 'für immer',
    date: 'bis zu einem Tag …',
  },
  lastDay: 'Sein letzter Tag',
  atMost: 'Er lässt höchstens herein',
  anyNumber: 'beliebig viele',
  password: 'Passwort',
  noPassword: 'keines',
  makeLink: 'Link erstellen',
  copyNow: 'Kopiere ihn jetzt: Aus Sicherheitsgründen wird er nicht noch einmal gezeigt.',
  address: 'Adresse des Links',
  copy: 'Kopieren',
  copied: 'Kopiert',
  send: 'Senden …',
  showQr: 'QR-Code',
  hideQr: 'QR-Code verbergen',
  qrOf: (list) => `QR-Code eines Links zu „\u2068${list}\u2069“`,
  workingLinks: 'Gültige Links',
  usedTimes: (count) =>
    count === 0 ? 'noch nicht benutzt' : plural(count, { one: 'einmal benutzt', other: '#-mal benutzt' }),
  usedOf: (count, most) => `${count} von ${most} Mal benutzt`,
  withPassword: 'mit Passwort',
  moreForLink: (facts) => `Mehr zum Link: ${facts}`,
  switchOff: 'Abschalten',
  switchOffAll: 'Abschalten und alle entfernen, die über ihn kamen',
  switchOffAsk: 'Alle entfernen, die über ihn kamen?',
  switchOffMeans: 'Der Link gilt nicht mehr, und wer nur über ihn kam, verliert die Liste sofort.',

  forAll: 'Für alle hier',
  editorsMayShare: 'Wer bearbeiten kann, darf andere einladen',
  yourself: 'Du in dieser Liste',
  hideMe: 'Meinen Namen vor den anderen in dieser Liste verbergen',
  hideMeMeans:
    'Von jetzt an erscheinst du ohne Namen. Was du vorher geschrieben hast, behält ihn; wer den Server betreibt, weiß es.',
  leave: 'Liste verlassen',
  ownerStays: 'Wem die Liste gehört, kann sie nicht verlassen. Übergib sie erst jemandem oder lösche sie.',
  deleteList: 'Liste löschen',

  faults: {
    network:
      'Der Server ist nicht erreichbar. Dafür braucht es eine Verbindung: Versuche es wieder, sobald es eine gibt.',
    tooMany: (wait) => `Zu viele Versuche. Versuche es ${wait} wieder.`,
    inAWhile: 'später',
    notAllowed: 'Das darfst du in dieser Liste nicht.',
    wrongPassword: 'Das Passwort öffnet diesen Link nicht.',
    askForAnother: 'Bitte um einen neuen Link.',
  },

  endedTitle: 'Kein Zugriff mehr',
  ended: {
    'access-ended': 'Du hast diese Liste nicht mehr.',
    'list-deleted': 'Diese Liste wurde gelöscht.',
  },
  nothingLeft: 'Auf diesem Gerät ist nichts mehr davon.',
  notSaved: (count) =>
    `${changes(count)} von dir ${plural(count, { one: 'konnte', other: 'konnten' })} nicht gespeichert werden. Niemand sonst hat sie, und es wird nichts mehr gesendet:`,
  exportThem: () => 'Exportieren',
  forgetThem: () => 'Vergessen',
  forgetAsk: (count) => `${changes(count)} vergessen?`,
  forgetMeans: 'Niemand sonst hat sie. Exportiere sie vorher, wenn du sie noch brauchen könntest.',
  lookAgain: 'Nachsehen, ob sie wiederhergestellt ist',
  takeOff: 'Von meinen Listen nehmen',
  toLists: 'Listen',

  joinTitle: 'Einer Liste beitreten',
  joinNoLink:
    'Öffne den Link noch einmal. Aus Sicherheitsgründen wird er nicht behalten, wenn diese Seite neu geladen wird.',
  looking: 'Der Link wird geprüft …',
  tryAgain: 'Noch einmal versuchen',
  sharesWithYou: (name) => `${name === null ? 'Jemand' : `\u2068${name}\u2069`} teilt diese Liste mit dir.`,
  joinAs: (name) => `Du trittst als \u2068${name}\u2069 bei.`,
  yourName: 'Dein Name',
  linkPassword: 'Passwort des Links',
  join: 'Beitreten',
  oneMoment: 'Einen Moment …',
  signInFirst: 'Erst anmelden',
  toStart: 'Zur Startseite',
  toMyLists: 'Zu meinen Listen',
}
