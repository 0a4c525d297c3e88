import type { session as En } from '../en/session.ts'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('de')

export const session: typeof En = {
  tagline: 'Listen, die ihr teilt. Sie funktionieren ohne Netz, und keine Änderung geht verloren.',
  name: 'Dein Name',
  email: 'E-Mail',
  password: 'Passwort',
  busy: 'Einen Moment …',
  start: 'Los geht’s',
  signIn: 'Anmelden',
  makeAccount: 'Konto anlegen',
  sendLink: 'Link senden',
  mailSent: 'Schau in dein Postfach: Der Link darin meldet dich auf diesem Gerät an.',
  byPassword: 'Mit Passwort anmelden',
  newAccount: 'Ein Konto anlegen',
  byMail: 'Einen Link per E-Mail bekommen',
  byName: 'Nur mit einem Namen weitermachen',

  unreachable: 'Der Server ist nicht erreichbar. Dafür braucht es eine Verbindung.',
  failed: (status) => `Der Server hat mit einem Fehler geantwortet (${status}).`,
  refusals: {
    INVALID_EMAIL_OR_PASSWORD: 'E-Mail oder Passwort stimmt nicht.',
    INVALID_EMAIL: 'Das ist keine E-Mail-Adresse.',
    USER_ALREADY_EXISTS: 'Mit dieser E-Mail-Adresse gibt es schon ein Konto.',
    USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'Mit dieser E-Mail-Adresse gibt es schon ein Konto.',
    PASSWORD_TOO_SHORT: 'Dieses Passwort ist zu kurz.',
    PASSWORD_TOO_LONG: 'Dieses Passwort ist zu lang.',
  },

  account: 'Konto',
  signedInAs: 'Angemeldet als',
  guest: 'Nur mit Namen: Dieser Browser ist dein einziger Weg zurück.',
  userId: 'Deine Nutzer-ID, für Einladungen:',
  signOut: 'Abmelden',
  signOutEverywhere: 'Auf allen Geräten abmelden',
  signedOut: 'Du bist abgemeldet.',
  signedOutUntold:
    'Du bist abgemeldet, und deine Listen sind von diesem Gerät weg. Der Server ist gerade nicht erreichbar: Deine Sitzung dort endet, sobald diese Seite mit einer Verbindung offen ist.',

  leaving: {
    title: 'Abmelden?',
    pending: (count) =>
      plural(count, {
        one: '# Änderung ist noch nicht auf dem Server. Beim Abmelden ginge sie verloren.',
        other: '# Änderungen sind noch nicht auf dem Server. Beim Abmelden gingen sie verloren.',
      }),
    saved: 'Jetzt ist alles gespeichert.',
    guest:
      'Du bist nur mit Namen angemeldet: Danach kommt niemand mehr als du an deine Listen, auch du nicht.',
    wait: 'Warten, bis sie gespeichert sind',
    waiting: 'Warte auf den Server. Du wirst abgemeldet, sobald alles gespeichert ist.',
    stay: 'Angemeldet bleiben',
    discard: 'Abmelden und sie verlieren',
    leave: 'Abmelden',
  },
}
