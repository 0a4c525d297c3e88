import type { SharingSettings } from '../protocol/can.ts'
import type { Role } from '../protocol/messages.ts'
import type { Id, Readable } from '../types.ts'

export type { SharingSettings }

/** What can be given to somebody; there is one owner, and `transfer` alone makes another. */
export type GivenRole = Exclude<Role, 'owner'>

export interface Person {
  readonly userId: Id
  readonly name: string
}

/** Somebody with access to a list. Who asked not to be named stands here under another id, which works everywhere theirs would. */
export interface Member extends Person {
  readonly role: Role
  readonly joinedAt: number
  readonly invitedBy: Person | null
  readonly isAnonymous: boolean
  readonly isYou: boolean
  /** They came by a link. */
  readonly viaLink: boolean
  /** Told to those who manage members, when it is known. */
  readonly email: string | null
}

/** Somebody whom a removed person let in, and who is still there. */
export interface InvitedPerson extends Person {
  readonly role: Role
}

/** An invitation that waits for its person. Exactly one of `email` and `userId` is set. */
export interface Invitation {
  readonly id: Id
  readonly role: GivenRole
  readonly email: string | null
  readonly userId: Id | null
  readonly invitedBy: Person | null
  readonly expiresAt: number | null
}

/** A link that still works. Its address is not in here: it was told once, to who made it. */
export interface ShareLink {
  readonly id: Id
  readonly role: GivenRole
  readonly createdBy: Person | null
  readonly createdAt: number | null
  readonly expiresAt: number | null
  readonly maxUses: number | null
  readonly uses: number
  readonly hasPassword: boolean
}

/** A link to be made; what is left out does not limit it. */
export interface NewLink {
  readonly role: GivenRole
  readonly expiresAt?: number | Date
  readonly maxUses?: number
  readonly password?: string
}

/** What a link says of itself before anybody joins by it. */
export interface LinkPreview {
  readonly title: string
  readonly role: GivenRole
  /** Name of who made it; null when they are not to be named. */
  readonly invitedBy: string | null
  readonly needsPassword: boolean
  readonly expiresAt: number | null
}

/**
 * What the server knows of a list's people. Read when somebody subscribes, and again on each connection and after each change this device
 * hears of; without a network it stays as it was last. Empty before the first answer.
 *
 * Changes need the network: each promise settles with the server's answer, and rejects with a `ClientError` (`not-allowed`, `network`,
 * `too-many-requests` …). What was done is done once, also when its answer was lost and it was asked again.
 */
export interface FromServer<T> extends Readable<readonly T[]> {
  /** Reads it now; rejects when that fails, and the last known stays. */
  refresh(): Promise<void>
}

export interface Members extends FromServer<Member> {
  setRole(userId: Id, role: GivenRole): Promise<void>
  /** Ends this person's access now, wherever they are, and nobody else's: the answer names those they let in. */
  remove(userId: Id): Promise<{ readonly invited: readonly InvitedPerson[] }>
  /** Makes somebody else the owner; this person becomes an admin. */
  transfer(userId: Id): Promise<void>
  /** Whether this person is listed, shown and signed without a name in this list, from now on. */
  hide(anonymous: boolean): Promise<void>
}

export interface Invitations extends FromServer<Invitation> {
  /** `joined`: the person is known and has the list now. `waiting`: they get it when they arrive. */
  invite(
    to: { readonly email: string } | { readonly userId: Id },
    role: GivenRole,
  ): Promise<'waiting' | 'joined'>
  withdraw(id: Id): Promise<void>
}

export interface Links extends FromServer<ShareLink> {
  /** The address is told once, here; the server keeps no more than its hash. */
  create(link: NewLink): Promise<{ readonly id: Id; readonly url: string }>
  /** With `disconnect`, whoever came by it and by nothing else loses the list too; how many that were. */
  revoke(id: Id, options?: { readonly disconnect?: boolean }): Promise<{ readonly ended: number }>
}

export interface Sharing extends Readable<SharingSettings> {
  /** Whether editors may invite and make links, up to their own role. */
  setEditorsMayShare(allowed: boolean): Promise<void>
}

/** A list that was deleted, and that this person may restore. */
export interface DeletedList {
  readonly id: Id
  readonly title: string
  readonly deletedAt: number | null
}
