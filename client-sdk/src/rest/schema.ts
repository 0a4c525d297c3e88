// Generated from docs/openapi.json by `npm run openapi`; not to be edited.

export interface paths {
  '/api/v1/auth/guest': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** A guest for a program: one long-lived token */
    post: operations['postAuthGuest']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/guest-session': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** A guest for a page of this server: a cookie, and a token of 15 minutes */
    post: operations['postAuthGuestSession']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/methods': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The ways to sign in here */
    get: operations['getAuthMethods']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/sign-out-everywhere': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Sign out on all devices */
    post: operations['postAuthSignOutEverywhere']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/token': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** A token of 15 minutes for whoever is signed in by cookie */
    post: operations['postAuthToken']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/links/look': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** What a link leads to, before joining */
    post: operations['postLinksLook']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/links/redeem': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Join a list by a link
     * @description Whoever is signed in, by token or by cookie, joins as themselves. Everybody else sends a name: that makes a guest, sets the cookie of this server’s own pages, and answers a token.
     */
    post: operations['postLinksRedeem']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Lists you have access to */
    get: operations['getLists']
    put?: never
    /** Make a list */
    post: operations['postLists']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One list with everything in it */
    get: operations['getListsByListId']
    put?: never
    post?: never
    /** Delete a list for everybody; it can be restored for 30 days */
    delete: operations['deleteListsByListId']
    options?: never
    head?: never
    /** Rename a list, or change its icon */
    patch: operations['patchListsByListId']
    trace?: never
  }
  '/api/v1/lists/{listId}/audit': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who did what to whose access, the newest first; for those who manage members */
    get: operations['getListsByListIdAudit']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/changes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What changed since a position, in order
     * @description At most 500 at once; while `more`, ask again with the last `seq`. To follow a list: read it with its `seq`, then ask for what came after.
     */
    get: operations['getListsByListIdChanges']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What happened, newest first
     * @description 100 at once unless `limit` says otherwise. While `next` is not null, ask again with it as `before`: at most 1000 positions are looked at, so a page may be empty and not the last.
     */
    get: operations['getListsByListIdHistory']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/invitations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who is awaited; editors see those they invited themselves */
    get: operations['getListsByListIdInvitations']
    put?: never
    /**
     * Invite somebody by e-mail address or user id
     * @description Somebody who is known joins at once; the others when they sign in with that address or id.
     */
    post: operations['postListsByListIdInvitations']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/invitations/{invitationId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Withdraw an invitation */
    delete: operations['deleteListsByListIdInvitationsByInvitationId']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/items': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Items of a list, in its order; those that match, when anything is asked for */
    get: operations['getListsByListIdItems']
    put?: never
    /**
     * Add an item
     * @description With the id of an item that the same person added, answers that item with 200.
     */
    post: operations['postListsByListIdItems']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/items/{itemId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One item */
    get: operations['getListsByListIdItemsByItemId']
    put?: never
    post?: never
    /** Delete an item and its subtasks; both can be restored */
    delete: operations['deleteListsByListIdItemsByItemId']
    options?: never
    head?: never
    /**
     * Change fields of an item
     * @description Fields that are not named stay. Who may only tick may send `done` and nothing else.
     */
    patch: operations['patchListsByListIdItemsByItemId']
    trace?: never
  }
  '/api/v1/lists/{listId}/items/{itemId}/restore': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Bring a deleted item back */
    post: operations['postListsByListIdItemsByItemIdRestore']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/labels': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Labels of a list */
    get: operations['getListsByListIdLabels']
    put?: never
    /**
     * Add a label
     * @description With the id of one that the same person added, answers that one with 200.
     */
    post: operations['postListsByListIdLabels']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/labels/{labelId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One label */
    get: operations['getListsByListIdLabelsByLabelId']
    put?: never
    post?: never
    /** Delete a label; items that have it are not changed, and it can be restored */
    delete: operations['deleteListsByListIdLabelsByLabelId']
    options?: never
    head?: never
    /**
     * Change a label
     * @description Fields that are not named stay.
     */
    patch: operations['patchListsByListIdLabelsByLabelId']
    trace?: never
  }
  '/api/v1/lists/{listId}/labels/{labelId}/restore': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Bring a deleted label back */
    post: operations['postListsByListIdLabelsByLabelIdRestore']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/leave': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Give up one’s own access; an owner hands the list over first, or deletes it */
    post: operations['postListsByListIdLeave']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/links': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Links that still work; editors see their own */
    get: operations['getListsByListIdLinks']
    put?: never
    /** Make a link that lets whoever has it in */
    post: operations['postListsByListIdLinks']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/links/{linkId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Revoke a link, and with `disconnect` the access of those who came by it */
    delete: operations['deleteListsByListIdLinksByLinkId']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/members': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Everybody with access, the owner first */
    get: operations['getListsByListIdMembers']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/members/{userId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Give somebody a role, or change it */
    put: operations['putListsByListIdMembersByUserId']
    post?: never
    /** End somebody’s access; names whom they had let in */
    delete: operations['deleteListsByListIdMembersByUserId']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/members/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Choose whether the others see who you are
     * @description What was written until now keeps the name it was written under.
     */
    patch: operations['patchListsByListIdMembersMe']
    trace?: never
  }
  '/api/v1/lists/{listId}/restore': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Bring a deleted list back, with everybody who had access */
    post: operations['postListsByListIdRestore']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/sections': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Sections of a list */
    get: operations['getListsByListIdSections']
    put?: never
    /**
     * Add a section
     * @description With the id of one that the same person added, answers that one with 200.
     */
    post: operations['postListsByListIdSections']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/sections/{sectionId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One section */
    get: operations['getListsByListIdSectionsBySectionId']
    put?: never
    post?: never
    /** Delete a section; items that have it are not changed, and it can be restored */
    delete: operations['deleteListsByListIdSectionsBySectionId']
    options?: never
    head?: never
    /**
     * Change a section
     * @description Fields that are not named stay.
     */
    patch: operations['patchListsByListIdSectionsBySectionId']
    trace?: never
  }
  '/api/v1/lists/{listId}/sections/{sectionId}/restore': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Bring a deleted section back */
    post: operations['postListsByListIdSectionsBySectionIdRestore']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/settings': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What the list’s people have agreed on */
    get: operations['getListsByListIdSettings']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /** Choose whether editors may invite and make links */
    patch: operations['patchListsByListIdSettings']
    trace?: never
  }
  '/api/v1/lists/{listId}/sync': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Exchange what each side lacks, where WebSockets are blocked
     * @description Ask every 10 seconds or so. Sending an update needs the scope lists:write.
     */
    post: operations['postListsByListIdSync']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{listId}/transfer': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Hand the list over to a member; its owner until now becomes an admin */
    post: operations['postListsByListIdTransfer']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who you are */
    get: operations['getMe']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/tokens': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Your API tokens */
    get: operations['getMeTokens']
    put?: never
    /**
     * Make an API token; it is shown this once
     * @description Not with an API token: one that leaks must not be able to make others.
     */
    post: operations['postMeTokens']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/tokens/{tokenId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Revoke an API token; what it has open is closed */
    delete: operations['deleteMeTokensByTokenId']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    ApiToken: {
      /** Format: date-time */
      createdAt: string
      expiresAt: string | null
      id: string
      lastUsedAt: string | null
      name: string
      scopes: string[]
    }
    AuditEntry: {
      /**
       * @example list.created
       * @example list.deleted
       * @example list.restored
       * @example list.opened
       * @example list.kept
       * @example list.exported
       * @example grant.given
       * @example grant.changed
       * @example grant.revoked
       * @example grant.left
       * @example grant.transferred
       * @example invitation.made
       * @example invitation.withdrawn
       * @example invitation.accepted
       * @example link.made
       * @example link.revoked
       * @example link.redeemed
       * @example settings.changed
       * @example session.ended
       * @example token.made
       * @example token.revoked
       */
      action: string
      /** @description Null: the server itself. */
      actor: components['schemas']['Person'] | null
      /** Format: date-time */
      at: string
      detail: {
        [key: string]: unknown
      }
      id: number
      subject: components['schemas']['Person'] | null
    }
    Change: {
      /**
       * Format: date-time
       * @description When the server stored it.
       */
      at: string
      /** @description The id the author goes by in this list; null: the server. */
      by: string | null
      /** @description What it means: objects with `op` add, set, member, note, purge or collision; more may come, ignore what you do not know. */
      ops: unknown[]
      /** @description Position in the list’s log. */
      seq: number
    }
    /** @description A day (YYYY-MM-DD), a time (HH:MM), a time zone (Europe/Berlin). */
    Due: {
      date: string
      time?: string
      tz?: string
    }
    /** @description Access that waits for somebody to arrive. */
    Invitation: {
      /** Format: date-time */
      createdAt: string
      email: string | null
      /** Format: date-time */
      expiresAt: string
      id: string
      invitedBy: components['schemas']['Person'] | null
      /** @enum {string} */
      role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin'
      userId: string | null
    }
    InvitedPerson: {
      name: string
      /** @enum {string} */
      role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin' | 'owner'
      userId: string
    }
    Item: {
      assignees: string[]
      changed: components['schemas']['Stamp']
      completed: components['schemas']['Stamp'] | null
      created: components['schemas']['Stamp']
      deleted: components['schemas']['Stamp'] | null
      done: boolean
      due: components['schemas']['Due'] | null
      extensions: {
        [key: string]: unknown
      }
      id: string
      labels: string[]
      link: string | null
      notes: string
      order: string
      parent: string | null
      priority: number
      quantity: string | null
      remindAt: string[]
      repeat: string | null
      section: string | null
      title: string
    }
    /** @description Fields that are not named stay as they are. */
    ItemPatch: {
      assignees?: {
        add?: string[]
        remove?: string[]
      }
      done?: boolean
      due?: {
        date: string
        time?: string
        tz?: string
      } | null
      extensions?: {
        [key: string]: unknown
      }
      labels?: {
        add?: string[]
        remove?: string[]
      }
      link?: string | null
      notes?: string
      place?: components['schemas']['ItemPlace']
      priority?: 0 | 1 | 2 | 3
      quantity?: string | null
      remindAt?: string[]
      /** @example FREQ=WEEKLY;BYDAY=MO */
      repeat?: string | null
      section?: string | null
      title?: string
      /** @description The calendar day where the person is, for items that repeat after completion. */
      today?: string
    }
    /** @description Beside another item, in its section and under its parent, or at an end of the list. */
    ItemPlace:
      | {
          /** @example k3J9xQ2mZt7LpV4a */
          before: string
        }
      | {
          /** @example k3J9xQ2mZt7LpV4a */
          after: string
        }
      | {
          /** @enum {string} */
          at: 'start' | 'end'
          parent?: string | null
          section?: string | null
        }
    Label: {
      color: string | null
      created: components['schemas']['Stamp']
      deleted: components['schemas']['Stamp'] | null
      id: string
      title: string
    }
    LabelPatch: {
      color?: string | null
      title?: string
    }
    List: {
      /** Format: date-time */
      createdAt: string
      id: string
      /** @description By the id they go by in this list. */
      ownerId: string
      /**
       * @description Of whoever asks.
       * @enum {string}
       */
      role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin' | 'owner'
      /** @description How many edits its log holds. */
      seq: number
      title: string
      /** Format: date-time */
      updatedAt: string
    }
    /** @description Fields that are not named stay as they are. */
    ListPatch: {
      icon?: string | null
      title?: string
    }
    /** @description Everything in the list but its trash and its comments, exactly as of `seq`. */
    ListWithContent: {
      /** Format: date-time */
      createdAt: string
      icon: string | null
      id: string
      items: components['schemas']['Item'][]
      labels: components['schemas']['Label'][]
      /** @description By the id they go by in this list. */
      ownerId: string
      /**
       * @description Of whoever asks.
       * @enum {string}
       */
      role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin' | 'owner'
      sections: components['schemas']['Section'][]
      /** @description How many edits its log holds. */
      seq: number
      title: string
      /** Format: date-time */
      updatedAt: string
    }
    /** @description Somebody with access to the list. */
    Member: {
      /** @description Only for those who manage members. */
      email?: string
      invitedBy: components['schemas']['Person'] | null
      isAnonymous: boolean
      isYou: boolean
      /** Format: date-time */
      joinedAt: string
      name: string
      /** @enum {string} */
      role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin' | 'owner'
      userId: string
      viaLink: boolean
    }
    /** @description The token is shown this once. */
    NewApiToken: {
      /** Format: date-time */
      createdAt: string
      expiresAt: string | null
      id: string
      lastUsedAt: string | null
      name: string
      scopes: string[]
      token: string
    }
    NewItem: {
      assignees?: string[]
      done?: boolean
      due?: {
        date: string
        time?: string
        tz?: string
      } | null
      extensions?: {
        [key: string]: unknown
      }
      /** @example k3J9xQ2mZt7LpV4a */
      id?: string
      labels?: string[]
      link?: string | null
      notes?: string
      place?: components['schemas']['ItemPlace']
      priority?: 0 | 1 | 2 | 3
      quantity?: string | null
      remindAt?: string[]
      /** @example FREQ=WEEKLY;BYDAY=MO */
      repeat?: string | null
      section?: string | null
      title: string
    }
    NewLabel: {
      color?: string | null
      /** @example k3J9xQ2mZt7LpV4a */
      id?: string
      title: string
    }
    NewSection: {
      /** @example k3J9xQ2mZt7LpV4a */
      id?: string
      place?: components['schemas']['SectionPlace']
      title: string
    }
    /** @description The token, and the address with it, are shown this once. */
    NewShareLink: {
      /** Format: date-time */
      createdAt: string
      createdBy: components['schemas']['Person'] | null
      expiresAt: string | null
      hasPassword: boolean
      id: string
      maxUses: number | null
      /** @enum {string} */
      role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin'
      token: string
      url: string
      uses: number
    }
    /** @description By the id and name they go by in this list. */
    Person: {
      name: string
      userId: string
    }
    /** @description RFC 9457 problem details. Some codes add members of their own. */
    Problem: {
      advice: string
      /** @description What programs decide by. */
      code: string
      /** @description What happened here, in one sentence for a person. */
      detail: string
      /** @description The same request can succeed later. */
      retryable: boolean
      status: number
      title: string
      type: string
    } & {
      [key: string]: unknown
    }
    Section: {
      created: components['schemas']['Stamp']
      deleted: components['schemas']['Stamp'] | null
      id: string
      order: string
      title: string
    }
    SectionPatch: {
      place?: components['schemas']['SectionPlace']
      title?: string
    }
    SectionPlace:
      | {
          /** @example k3J9xQ2mZt7LpV4a */
          before: string
        }
      | {
          /** @example k3J9xQ2mZt7LpV4a */
          after: string
        }
      | {
          /** @enum {string} */
          at: 'start' | 'end'
        }
    ShareLink: {
      /** Format: date-time */
      createdAt: string
      createdBy: components['schemas']['Person'] | null
      expiresAt: string | null
      hasPassword: boolean
      id: string
      maxUses: number | null
      /** @enum {string} */
      role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin'
      uses: number
    }
    SharingSettings: {
      editorsMayShare: boolean
    }
    /** @description Who, by the id they go by in this list, and when, by their own clock. */
    Stamp: {
      /** Format: date-time */
      at: string
      by: string
    }
    SyncAnswer: {
      /** @description The id to write as `by` in this list. */
      authorId: string
      /** @description Why the update was not taken; null when it was, or none was sent. */
      refusal: {
        advice: string
        code: string
        keys: string[]
        message: string
        retryable: boolean
      } | null
      /** @enum {string} */
      role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin' | 'owner'
      /** @description Position in the list’s log. */
      seq: number
      settings: {
        editorsMayShare: boolean
      }
      /** @description What the server has, so that the client knows what to send next; null when nothing has happened since the given `seq`. */
      stateVector: string | null
      /** @description What the client lacks (Yjs update, base64). */
      update: string
    }
    SyncRequest: {
      /** @description A copy for a device, while nobody looks at the list: the audit log says `list.kept` instead of `list.opened`. */
      ahead?: boolean
      /** @description The `seq` of the last answer. A look, without `update`, at a list in which nothing has happened since is answered at once. */
      seq?: number
      /** @description What the client has (Yjs state vector). */
      stateVector: string
      /** @description What it wrote and does not know to be saved. */
      update?: string
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  postAuthGuest: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          name: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            token: string
            user: {
              id: string
              name: string
            }
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postAuthGuestSession: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          name: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            expiresAt: string
            token: string
            user: {
              email: string | null
              id: string
              /** @enum {string} */
              kind: 'account' | 'guest'
              name: string
            }
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getAuthMethods: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            accounts: boolean
            emailLinks: boolean
            guests: boolean
            passkeys: boolean
          }
        }
      }
      /** @description `too-many-requests`: Too many requests. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postAuthSignOutEverywhere: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            /** @enum {string} */
            status: 'signed-out'
          }
        }
      }
      /** @description `unauthenticated`: Nobody is signed in. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postAuthToken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            expiresAt: string
            token: string
            user: {
              email: string | null
              id: string
              /** @enum {string} */
              kind: 'account' | 'guest'
              name: string
            }
          }
        }
      }
      /** @description `unauthenticated`: Nobody is signed in. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postLinksLook: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          token: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            expiresAt: string | null
            invitedBy: string | null
            needsPassword: boolean
            /** @enum {string} */
            role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin'
            title: string
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postLinksRedeem: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          name?: string
          password?: string
          token: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            /** Format: date-time */
            expiresAt?: string
            list: components['schemas']['List']
            token?: string
            user?: {
              id: string
              name: string
            }
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getLists: {
    parameters: {
      query?: {
        include?: 'content'
        limit?: number
        view?: 'recent' | 'mine' | 'shared' | 'deleted'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            lists: {
              /** @description With `include=content`; null for a list that cannot be read just now. */
              content?: {
                icon: string | null
                items: components['schemas']['Item'][]
                labels: components['schemas']['Label'][]
                sections: components['schemas']['Section'][]
                seq: number
              } | null
              /** Format: date-time */
              createdAt: string
              /** Format: date-time */
              deletedAt?: string
              id: string
              memberCount?: number
              /** @description By the id they go by in this list. */
              ownerId: string
              /**
               * @description Of whoever asks.
               * @enum {string}
               */
              role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin' | 'owner'
              /** @description How many edits its log holds. */
              seq: number
              title: string
              /** Format: date-time */
              updatedAt: string
            }[]
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postLists: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          id?: string
          title: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['List']
        }
      }
      /** @description Made */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['List']
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListId: {
    parameters: {
      query?: never
      header?: never
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ListWithContent']
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteListsByListId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            id: string
            /** Format: date-time */
            restorableUntil: string
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  patchListsByListId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ListPatch']
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            /** Format: date-time */
            createdAt: string
            icon: string | null
            id: string
            /** @description By the id they go by in this list. */
            ownerId: string
            /**
             * @description Of whoever asks.
             * @enum {string}
             */
            role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin' | 'owner'
            /** @description How many edits its log holds. */
            seq: number
            title: string
            /** Format: date-time */
            updatedAt: string
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdAudit: {
    parameters: {
      query?: {
        before?: number
        limit?: number
      }
      header?: never
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            entries: components['schemas']['AuditEntry'][]
            more: boolean
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdChanges: {
    parameters: {
      query: {
        limit?: string
        /** @description The last position that is known; 0 for everything. */
        since_seq: string
      }
      header?: never
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            changes: components['schemas']['Change'][]
            /** @description Position in the list’s log. */
            head: number
            more: boolean
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdHistory: {
    parameters: {
      query?: {
        /** @description The `next` of the page before; the newest without. */
        before?: string
        /** @description Only what was done to this item, its notes and members, and comments written on it. */
        item?: string
        limit?: string
      }
      header?: never
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            changes: components['schemas']['Change'][]
            /** @description Position in the list’s log. */
            head: number
            /** @description Positions among those looked at that the log cannot read any more. */
            missing: number
            /** @description Null: there is nothing before these. */
            next: number | null
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdInvitations: {
    parameters: {
      query?: never
      header?: never
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            invitations: components['schemas']['Invitation'][]
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdInvitations: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json':
          | {
              /** Format: email */
              email: string
              /** @enum {string} */
              role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin'
            }
          | {
              /** @enum {string} */
              role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin'
              userId: string
            }
      }
    }
    responses: {
      /** @description Made */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json':
            | {
                invitation: components['schemas']['Invitation']
                /** @enum {string} */
                status: 'waiting'
              }
            | {
                /** @enum {string} */
                role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin' | 'owner'
                /** @enum {string} */
                status: 'joined'
              }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteListsByListIdInvitationsByInvitationId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        invitationId: string
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            /** @enum {boolean} */
            withdrawn: true
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdItems: {
    parameters: {
      query?: {
        assignee?: string
        done?: 'true' | 'false'
        label?: string
        parent?: string
        section?: string
        /** @description Words that must all occur in title or notes. */
        text?: string
        /** @description What was deleted instead of what is there. */
        trash?: 'true' | 'false'
      }
      header?: never
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Item'][]
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdItems: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NewItem']
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            item: components['schemas']['Item']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description Made */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            item: components['schemas']['Item']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdItemsByItemId: {
    parameters: {
      query?: never
      header?: never
      path: {
        itemId: string
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            item: components['schemas']['Item']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteListsByListIdItemsByItemId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        itemId: string
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            item: components['schemas']['Item']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  patchListsByListIdItemsByItemId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        itemId: string
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ItemPatch']
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            item: components['schemas']['Item']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdItemsByItemIdRestore: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        itemId: string
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            item: components['schemas']['Item']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdLabels: {
    parameters: {
      query?: never
      header?: never
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            labels: components['schemas']['Label'][]
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdLabels: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NewLabel']
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            label: components['schemas']['Label']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description Made */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            label: components['schemas']['Label']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdLabelsByLabelId: {
    parameters: {
      query?: never
      header?: never
      path: {
        labelId: string
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            label: components['schemas']['Label']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteListsByListIdLabelsByLabelId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        labelId: string
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            label: components['schemas']['Label']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  patchListsByListIdLabelsByLabelId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        labelId: string
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['LabelPatch']
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            label: components['schemas']['Label']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdLabelsByLabelIdRestore: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        labelId: string
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            label: components['schemas']['Label']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdLeave: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            /** @enum {boolean} */
            left: true
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdLinks: {
    parameters: {
      query?: never
      header?: never
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            links: components['schemas']['ShareLink'][]
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdLinks: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          expiresAt?: string | null
          maxUses?: number | null
          password?: string | null
          /** @enum {string} */
          role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin'
        }
      }
    }
    responses: {
      /** @description Made */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NewShareLink']
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteListsByListIdLinksByLinkId: {
    parameters: {
      query?: {
        disconnect?: 'true' | 'false'
      }
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        linkId: string
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            /** @description How many people lost the access they had by this link. */
            ended: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdMembers: {
    parameters: {
      query?: never
      header?: never
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            members: components['schemas']['Member'][]
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  putListsByListIdMembersByUserId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
        userId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin'
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            listId: string
            /** @enum {string} */
            role: 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin' | 'owner'
            userId: string
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteListsByListIdMembersByUserId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
        userId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            /** @description Whom the removed person had let in; they stay. */
            invited: components['schemas']['InvitedPerson'][]
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  patchListsByListIdMembersMe: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          anonymous: boolean
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            anonymous: boolean
            authorId: string
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdRestore: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['List']
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdSections: {
    parameters: {
      query?: never
      header?: never
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            sections: components['schemas']['Section'][]
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdSections: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NewSection']
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            section: components['schemas']['Section']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description Made */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            section: components['schemas']['Section']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdSectionsBySectionId: {
    parameters: {
      query?: never
      header?: never
      path: {
        listId: string
        sectionId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            section: components['schemas']['Section']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteListsByListIdSectionsBySectionId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
        sectionId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            section: components['schemas']['Section']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  patchListsByListIdSectionsBySectionId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
        sectionId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['SectionPatch']
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            section: components['schemas']['Section']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdSectionsBySectionIdRestore: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
        sectionId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            section: components['schemas']['Section']
            /** @description Position in the list’s log. */
            seq: number
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getListsByListIdSettings: {
    parameters: {
      query?: never
      header?: never
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SharingSettings']
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  patchListsByListIdSettings: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          editorsMayShare: boolean
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SharingSettings']
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdSync: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['SyncRequest']
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SyncAnswer']
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postListsByListIdTransfer: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        listId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          userId: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            owner: components['schemas']['Person']
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getMe: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            email: string | null
            id: string
            /** @enum {string} */
            kind: 'account' | 'external' | 'guest'
            name: string
          }
        }
      }
      /** @description `unauthenticated`: Nobody is signed in. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getMeTokens: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            tokens: components['schemas']['ApiToken'][]
          }
        }
      }
      /** @description `unauthenticated`: Nobody is signed in. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  postMeTokens: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          expiresAt?: string | null
          name: string
          scopes: ('lists:read' | 'lists:write' | 'sharing' | 'me')[]
        }
      }
    }
    responses: {
      /** @description Made */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NewApiToken']
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteMeTokensByTokenId: {
    parameters: {
      query?: never
      header?: {
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'client-op-id'?: string
        /** @description Made when the person acts, sent again with each repeat: one effect, and the first answer again. */
        'idempotency-key'?: string
      }
      path: {
        tokenId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            /** @enum {boolean} */
            revoked: true
          }
        }
      }
      /** @description `validation-error`: The request does not have the documented form. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
}
