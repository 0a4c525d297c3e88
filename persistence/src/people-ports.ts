import type { KnownUser, ListId, StoredRole, UserId } from './ports.ts'

/** Who may do what with which list, and how they came by it. Every adapter passes the contract suites in tests/contract. */

/** One person's standing access to one list. */
export interface Member {
  readonly listId: ListId
  readonly userId: UserId
  readonly name: string
  /** Null when it is not known, or when the person came by a link and has no account. */
  readonly email: string | null
  readonly role: StoredRole
  /** Who let them in; for the list's creator, they themselves. A later change of role does not change it. */
  readonly grantedBy: UserId
  readonly grantedAt: Date
  /** The link their access stands on; null once somebody gave them a role by hand. */
  readonly linkId: string | null
  /** The name they go by towards everybody else in this list, from the moment they ask not to be named. Null: their own. */
  readonly anonymousId: string | null
}

export type EndReason = 'removed' | 'left' | 'link-revoked' | 'list-deleted'

/** How somebody's access ended; for telling them, even days later. */
export interface EndedAccess {
  readonly why: EndReason
  /** Name of who ended it; null when that person is not to be named, or is nobody. */
  readonly byName: string | null
  readonly title: string
  readonly at: Date
}

/** What a decision about one member may depend on. Read in the transaction that writes, so that it cannot be outdated. */
export interface SharingState {
  /** Of whoever asks; null: none. */
  readonly actor: StoredRole | null
  /** Of whom it is about, before the change; null: none. */
  readonly target: StoredRole | null
  readonly editorsMayShare: boolean
}

/** Synchronous and pure: it runs inside a transaction that holds the list's row. */
export type May = (state: SharingState) => boolean

export type Denied = {
  readonly outcome: 'no-such-list' | 'no-such-user' | 'no-such-member' | 'not-allowed' | 'is-owner'
}

/**
 * Grants: rows with who gave what to whom and when, kept after they ended.
 *
 * INVARIANTS
 * - A list has exactly one owner at every instant that any reader can see.
 * - At most one grant of a person to a list stands at a time; ended ones stay as history.
 * - Ending one person's access ends nobody else's.
 * - Each change, its audit entry and the removal of what depends on it commit together or not at all.
 */
export interface Grants {
  /** Everybody with access, owner first, then by when they came. */
  members(listId: ListId): Promise<Member[]>
  /** Gives a role to somebody who has none, or another one to a member. `is-owner`: the owner's role changes by `transfer` only. */
  grant(change: {
    listId: ListId
    userId: UserId
    role: Exclude<StoredRole, 'owner'>
    by: UserId
    linkId?: string
    may: May
  }): Promise<{ outcome: 'granted' | 'changed' | 'unchanged'; member: Member } | Denied>
  /** `invited`: those still there whom this person let in, by grant or by link of theirs; they stay. */
  revoke(change: {
    listId: ListId
    userId: UserId
    by: UserId
    why: Exclude<EndReason, 'list-deleted'>
    may: May
  }): Promise<{ outcome: 'revoked'; invited: Member[] } | Denied>
  /** `to` becomes the owner and the owner an admin, at once. */
  transfer(change: { listId: ListId; to: UserId; by: UserId }): Promise<{ outcome: 'transferred' } | Denied>
  /** What to tell somebody who has no access now and had some once. Null: they never had. */
  ended(listId: ListId, userId: UserId): Promise<EndedAccess | null>
  /** Chooses whether a member is named to the others; the id they go by from then on, null when named. The same id each time. */
  setAnonymous(change: {
    listId: ListId
    userId: UserId
    anonymous: boolean
  }): Promise<{ outcome: 'set'; anonymousId: string | null } | Denied>
  /** Whoever goes unnamed in this list, or did when their access ended, and the id they go by. */
  unnamed(listId: ListId): Promise<ReadonlyMap<UserId, string>>
  setEditorsMayShare(change: {
    listId: ListId
    by: UserId
    allowed: boolean
    may: May
  }): Promise<{ outcome: 'set' } | Denied>
}

/** A promise of access to somebody who is not there yet. */
export interface Invitation {
  readonly id: string
  readonly listId: ListId
  readonly role: Exclude<StoredRole, 'owner'>
  /** Exactly one of the two is set. Compared without regard to case. */
  readonly email: string | null
  readonly userId: UserId | null
  readonly invitedBy: UserId
  readonly createdAt: Date
  readonly expiresAt: Date
}

/**
 * Invitations, waiting until the person arrives.
 *
 * INVARIANTS
 * - One invitation of a person to a list waits at a time; inviting again renews role and time.
 * - An invitation becomes a grant once, with `grantedBy` the inviter, and only while the inviter could still give it.
 * - It never lowers a role, and loses against what was decided about the person after it was made: a role given by hand, a removal.
 */
export interface Invitations {
  /** `granted` at once when the person is known already. Only a verified e-mail address counts as the person's. */
  invite(invitation: {
    id: string
    listId: ListId
    role: Exclude<StoredRole, 'owner'>
    to: { email: string } | { userId: UserId }
    by: UserId
    expiresAt: Date
    may: May
  }): Promise<
    | { outcome: 'waiting'; invitation: Invitation }
    | { outcome: 'granted' | 'changed' | 'unchanged'; member: Member }
    | Denied
  >
  waiting(listId: ListId): Promise<Invitation[]>
  withdraw(change: {
    listId: ListId
    id: string
    by: UserId
    may: May
  }): Promise<{ outcome: 'withdrawn' } | { outcome: 'no-such-invitation' } | Denied>
  /** Turns everything that waits for this person, who is known by now, into grants; the lists that changed. */
  arrived(person: { userId: UserId; verifiedEmail: string | null }): Promise<ListId[]>
}

export interface ShareLink {
  readonly id: string
  readonly listId: ListId
  readonly role: Exclude<StoredRole, 'owner'>
  readonly createdBy: UserId
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly maxUses: number | null
  readonly uses: number
  readonly hasPassword: boolean
}

/** `revoked` also while whoever made the link could not make it again. `removed`: this person was removed after it was made. */
export type LinkFault = 'no-such-link' | 'removed' | LinkEnd
/** How a link that once was given out came to open nothing. */
export type LinkEnd = 'expired' | 'used-up' | 'revoked'

/**
 * Share links. Tokens and passwords are seen here as hashes only.
 *
 * INVARIANTS
 * - A link is redeemed at most `maxUses` times, however many people come at once; coming again costs no use.
 * - Redeeming never lowers the role a person has, and never makes an owner.
 * - It loses against what was decided about the person after the link was made: a role given by hand, a removal.
 * - Who loses access has their links and invitations taken back with it.
 */
export interface Links {
  create(link: {
    id: string
    listId: ListId
    role: Exclude<StoredRole, 'owner'>
    tokenHash: Uint8Array
    passwordHash: string | null
    expiresAt: Date | null
    maxUses: number | null
    by: UserId
    may: May
  }): Promise<{ outcome: 'created'; link: ShareLink } | Denied>
  /** Links of a list that nobody took back; some may be expired or used up. */
  of(listId: ListId): Promise<ShareLink[]>
  /** What a visitor with the token may know before joining. */
  find(tokenHash: Uint8Array): Promise<
    | {
        outcome: 'found'
        link: ShareLink
        title: string
        passwordHash: string | null
        /** Null when the person is not to be named. */
        invitedBy: string | null
      }
    /** Those who are in already may still come by it. */
    | { outcome: LinkEnd; link: ShareLink }
    | { outcome: 'no-such-link' }
  >
  /** A known user, whose password was checked. `joined` also when a member's role rose; `already-member` costs no use. */
  redeem(visit: {
    linkId: string
    userId: UserId
  }): Promise<{ outcome: 'joined' | 'already-member'; member: Member } | { outcome: LinkFault }>
  /** With `disconnect`, everybody whose access came by it and by nothing else loses it too: `ended` names them. */
  revoke(change: {
    listId: ListId
    id: string
    by: UserId
    disconnect: boolean
    may: May
  }): Promise<{ outcome: 'revoked'; ended: UserId[] } | { outcome: 'no-such-link' } | Denied>
}

export interface AuditEntry {
  readonly id: number
  readonly at: Date
  /** Null: the server itself, or nobody signed in. */
  readonly actorId: UserId | null
  /** Dotted words of the audit vocabulary, for example `grant.revoked`. */
  readonly action: string
  readonly listId: ListId | null
  readonly subjectId: UserId | null
  readonly detail: Readonly<Record<string, unknown>>
}

export type NewAuditEntry = Omit<AuditEntry, 'id' | 'at'>

/**
 * Who did what to whose access, and who opened what. Append-only: the database itself refuses changes and removals, and
 * entries outlive the list they are about.
 */
export interface Audit {
  /** All of them, in this order, or none. */
  record(...entries: readonly NewAuditEntry[]): Promise<void>
  /** Newest first. */
  read(filter: { listId?: ListId; before?: number; limit: number }): Promise<AuditEntry[]>
}

export interface ApiToken {
  readonly id: string
  readonly userId: UserId
  readonly name: string
  readonly scopes: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
}

/**
 * What makes a token count besides its signature.
 *
 * INVARIANTS
 * - A session that has ended stays ended: no token of it counts again, on any node.
 */
export interface Credentials {
  createApiToken(
    token: Omit<ApiToken, 'createdAt' | 'lastUsedAt'> & { tokenHash: Uint8Array },
  ): Promise<ApiToken>
  /** Null when unknown, expired or revoked. Notes when it was used, at most once a minute. */
  findApiToken(tokenHash: Uint8Array): Promise<(ApiToken & { user: KnownUser }) | null>
  apiTokens(userId: UserId): Promise<ApiToken[]>
  revokeApiToken(userId: UserId, id: string): Promise<boolean>
  /** Ends one session, or with null every token of the user issued up to now. Tokens say when to the second: one issued later in the same second is ended too. */
  endSession(userId: UserId, sessionId: string | null): Promise<void>
  /** Whether a token of this session, issued at this moment, still counts. */
  isLive(token: { userId: UserId; sessionId: string | null; issuedAt: Date }): Promise<boolean>
}

/** What was answered to a request that may be repeated. */
export interface StoredAnswer {
  readonly status: number
  readonly body: unknown
}

/**
 * Answers by operation id, so that a repeated request gets the first one's answer.
 *
 * INVARIANTS
 * - Of any number of requests with one id by one person, `begin` lets one through at a time, and none after `finish`.
 */
export interface Answers {
  /**
   * `busy`: another request with this id is being handled; ask again. A claim that was neither finished nor released counts for
   * 30 s. `different`: the id was used for another request.
   */
  begin(request: {
    userId: UserId
    opId: string
    fingerprint: string
  }): Promise<
    | { outcome: 'begun' }
    | { outcome: 'busy' }
    | { outcome: 'different' }
    | { outcome: 'answered'; answer: StoredAnswer }
  >
  finish(request: { userId: UserId; opId: string }, answer: StoredAnswer): Promise<void>
  release(request: { userId: UserId; opId: string }): Promise<void>
}
