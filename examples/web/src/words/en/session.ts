import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')

export const session = {
  tagline: 'Lists you share. They work without a network, and no edit gets lost.',
  name: 'Your name',
  email: 'E-mail',
  password: 'Password',
  busy: 'One moment…',
  start: 'Start',
  signIn: 'Sign in',
  makeAccount: 'Make account',
  sendLink: 'Send link',
  mailSent: 'Look into your mailbox: the link in it signs you in on this device.',
  byPassword: 'Sign in with a password',
  newAccount: 'Make an account',
  byMail: 'Get a link by e-mail',
  byName: 'Go on with just a name',

  unreachable: 'The server cannot be reached. This needs a connection.',
  failed: (status: number) => `The server answered with an error (${status}).`,
  /** By the code of the server's answer; for others its own sentence is shown. */
  refusals: {
    INVALID_EMAIL_OR_PASSWORD: 'Invalid email or password.',
    INVALID_EMAIL: 'This is no e-mail address.',
    USER_ALREADY_EXISTS: 'There is an account with this e-mail address already.',
    USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'There is an account with this e-mail address already.',
    PASSWORD_TOO_SHORT: 'This password is too short.',
    PASSWORD_TOO_LONG: 'This password is too long.',
  },

  account: 'Account',
  signedInAs: 'Signed in as',
  guest: 'By name only: this browser is your only way back in.',
  userId: 'Your user id, for invitations:',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out on all devices',
  signedOut: 'You are signed out.',
  signedOutUntold:
    'You are signed out, and your lists are off this device. The server cannot be reached just now: your session there ends as soon as this page is open with a connection.',

  leaving: {
    title: 'Sign out?',
    pending: (count: number) =>
      plural(count, {
        one: '# change is not on the server yet. Signing out now would lose it.',
        other: '# changes are not on the server yet. Signing out now would lose them.',
      }),
    saved: 'Everything is saved now.',
    guest: 'You signed in by name only: afterwards nobody gets back to your lists as you, not even you.',
    wait: 'Wait until they are saved',
    waiting: 'Waiting for the server. You are signed out as soon as everything is saved.',
    stay: 'Stay signed in',
    discard: 'Sign out and lose them',
    leave: 'Sign out',
  },
}
