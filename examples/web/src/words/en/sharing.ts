import type { Role } from '@tandem/client-sdk'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')
const people = (count: number): string => plural(count, { one: '# person', other: '# people' })
const changes = (count: number): string => plural(count, { one: '# change', other: '# changes' })

/** Roles in the words of somebody who has never heard of roles, after a name. */
const roles: Readonly<Record<Role, string>> = {
  viewer: 'can look',
  commenter: 'can comment',
  checker: 'can tick',
  editor: 'can edit',
  admin: 'can manage people',
  owner: 'owner',
}

/** The same to the person themselves, after "You". */
const may: Readonly<Record<Role, string>> = {
  viewer: 'can look at it',
  commenter: 'can look at it and comment',
  checker: 'can tick things off',
  editor: 'can edit it',
  admin: 'can edit it and manage its people',
  owner: 'own it',
}

export const sharing = {
  share: 'Share',
  people: 'People',
  shareTitle: (list: string) => `Share “\u2068${list}\u2069”`,
  peopleTitle: (list: string) => `People of “\u2068${list}\u2069”`,
  cancel: 'Cancel',
  roles,
  roleMeans: {
    viewer: 'Sees everything, changes nothing.',
    commenter: 'Sees everything and writes comments.',
    checker: 'Ticks things off, and nothing else. Good for a helper.',
    editor: 'Adds, changes, ticks and deletes.',
    admin: 'As an editor, and lets people in and out.',
    owner: 'Everything. There is one.',
  },
  youMay: (role: Role) => `You ${may[role]}.`,
  mayChanged: (by: string | null, role: Role) =>
    `${by === null ? 'Somebody' : `\u2068${by}\u2069`} changed what you may do with this list: you ${may[role]}.`,
  allRight: 'All right',

  offline:
    'You are offline. Changing people and links needs a connection. What you do in the list itself is kept, and sent later by itself.',
  notYetThere: 'This list is on this device only so far. It can be shared as soon as it is saved.',
  unknownPeople: 'Who has this list is shown when there is a connection.',
  you: '(you)',
  nameless: 'name hidden',
  invitedBy: (name: string) => `invited by \u2068${name}\u2069`,
  cameByLink: 'came by a link',
  mayDo: (name: string) => `What ${name} may do`,
  moreFor: (name: string) => `More for ${name}`,
  remove: (name: string) => `Remove ${name}`,
  removeAsk: (name: string) => `Remove \u2068${name}\u2069?`,
  removeMeans: 'They lose this list at once, on all their devices.',
  makeOwner: (name: string) => `Make ${name} the owner`,
  makeOwnerAsk: (name: string) => `Make \u2068${name}\u2069 the owner?`,
  makeOwnerMeans: 'There is one owner. You will still manage people, and cannot take this back yourself.',
  invitedToo: (name: string, count: number, names: string) =>
    `\u2068${name}\u2069 invited ${people(count)} (${names}). Remove them too?`,
  removeInvitedBy: (name: string) => `Remove whom \u2068${name}\u2069 invited`,
  removeToo: 'Remove them too',
  keepThem: 'Keep them',

  invite: 'Invite somebody',
  whom: 'E-mail address or user id',
  theyMay: 'What they may do',
  inviteNow: 'Invite',
  inviteThem: (whom: string) => `Invite \u2068${whom}\u2069`,
  hasItNow: (whom: string) => `\u2068${whom}\u2069 has the list now.`,
  getsItLater: (whom: string) => `\u2068${whom}\u2069 gets the list when they sign in.`,
  waitingInvitations: 'Invitations that wait',
  waitsForThem: 'waits for them to sign in',
  withdraw: 'Withdraw',
  withdrawFor: (whom: string) => `Withdraw the invitation of ${whom}`,
  until: (day: string) => `until ${day}`,

  links: 'Share by link',
  linksMean: 'Whoever has the link can open the list, without an account.',
  linkRole: 'Whoever has the link',
  linkOptions: 'How long, how many, password',
  works: 'It works',
  worksFor: {
    day: 'for 1 day',
    week: 'for 1 week',
    month: 'for 30 days',
    ever: 'for ever',
    date: 'until a day …',
  },
  lastDay: 'Its last day',
  atMost: 'It lets in at most',
  anyNumber: 'any number of people',
  password: 'Password',
  noPassword: 'none',
  makeLink: 'Make a link',
  copyNow: 'Copy it now: for safety it is not shown again.',
  address: 'Address of the link',
  copy: 'Copy',
  copied: 'Copied',
  send: 'Send …',
  showQr: 'QR code',
  hideQr: 'Hide the QR code',
  qrOf: (list: string) => `QR code of a link to “\u2068${list}\u2069”`,
  workingLinks: 'Links that work',
  usedTimes: (count: number) =>
    count === 0 ? 'not used yet' : plural(count, { one: 'used once', other: 'used # times' }),
  usedOf: (count: number, most: number) => `used ${count} of ${most} times`,
  withPassword: 'with a password',
  moreForLink: (facts: string) => `More for the link: ${facts}`,
  switchOff: 'Switch off',
  switchOffAll: 'Switch off and remove who came by it',
  switchOffAsk: 'Remove everybody who came by it?',
  switchOffMeans:
    'The link stops working, and whoever came by it and by nothing else loses the list at once.',

  forAll: 'For everybody here',
  editorsMayShare: 'Whoever can edit may invite others',
  yourself: 'You in this list',
  hideMe: 'Hide my name from the others in this list',
  hideMeMeans:
    'From now on you are listed, shown and signed without a name. What you wrote before keeps it; the owner of the server knows.',
  leave: 'Leave the list',
  ownerStays: 'An owner cannot leave. Make somebody else the owner first, or delete the list.',
  deleteList: 'Delete the list',

  faults: {
    network: 'The server cannot be reached. This needs a connection: try again when there is one.',
    tooMany: (wait: string) => `Too many tries. Try again ${wait}.`,
    inAWhile: 'in a while',
    notAllowed: 'Your role in this list does not allow that.',
    wrongPassword: 'The password does not open this link.',
    askForAnother: 'Ask whoever sent you the link for another.',
  },

  endedTitle: 'Access has ended',
  /** Above the server's own sentence, which is English. */
  ended: { 'access-ended': '', 'list-deleted': '' },
  nothingLeft: 'Nothing of it is on this device any more.',
  notSaved: (count: number) =>
    `${changes(count)} of yours could not be saved. Nobody but you has ${plural(count, { one: 'it', other: 'them' })}, and nothing is sent any more:`,
  exportThem: (count: number) => plural(count, { one: 'Export it', other: 'Export them' }),
  forgetThem: (count: number) => plural(count, { one: 'Forget it', other: 'Forget them' }),
  forgetAsk: (count: number) => `Forget ${changes(count)} that could not be saved?`,
  forgetMeans: 'Nobody else has them. Export them first if you may want them again.',
  lookAgain: 'Look whether it was restored',
  takeOff: 'Take it off my lists',
  toLists: 'Lists',

  joinTitle: 'Join a list',
  joinNoLink:
    'Open the link you were given once more. For safety it is not kept when this page is loaded again.',
  looking: 'Looking at the link…',
  tryAgain: 'Try again',
  sharesWithYou: (name: string | null) =>
    `${name === null ? 'Somebody' : `\u2068${name}\u2069`} shares this list with you.`,
  joinAs: (name: string) => `You join as \u2068${name}\u2069.`,
  yourName: 'Your name',
  linkPassword: 'Password of the link',
  join: 'Join',
  oneMoment: 'One moment…',
  signInFirst: 'Sign in first',
  toStart: 'To the start page',
  toMyLists: 'To my lists',
}
