import type { Op } from '../model/ops.ts'
import type { ItemPlace } from '../model/plan.ts'
import type { ItemInput } from '../model/plan-add.ts'
import type { SectionPlace } from '../model/plan-sections.ts'
import type { ItemPatch, SetChange } from '../model/plan-update.ts'
import type { Sort, View } from '../model/query.ts'
import type { Label, Comment as ModelComment, Item as ModelItem, Section } from '../model/types.ts'
import type { Role } from '../protocol/messages.ts'
import type { RefusedEdit } from '../replica/inbox.ts'
import type { RoleChange } from '../replica/membership.ts'
import type { Invitations, Links, Members, Sharing } from '../sharing/types.ts'
import type { Id, Readable, Status, Unsubscribe, Write } from '../types.ts'

export type {
  ItemInput,
  ItemPatch,
  ItemPlace,
  Label,
  Op,
  RefusedEdit,
  Role,
  RoleChange,
  Section,
  SectionPlace,
  SetChange,
  Sort,
  View,
}

/** What a person sees of one item. `pending` is true until everything done to it here is in the server's database. */
export interface Item extends ModelItem {
  readonly pending: boolean
}

/** A comment on an item; `pending` as in `Item`. */
export interface Comment extends ModelComment {
  readonly pending: boolean
}

/** What an overview shows of a list. `role` is null until the server has said it. */
export interface ListInfo {
  readonly id: Id
  readonly title: string
  readonly icon: string | null
  readonly role: Role | null
  /** Items not in the trash, not done and done; subtasks count. Null while nothing of the list has been seen on this device. */
  readonly open: number | null
  readonly done: number | null
  /** Made on this device, and not yet known to the server. */
  readonly isNew: boolean
  /** Access has ended; it stays in the overview until the person has decided about what could not be saved. */
  readonly ended: boolean
  /** This person's own arrangement, which nobody else sees. */
  readonly mine: Mine
}

/**
 * How one person keeps a list: never in the list itself, so that nobody's folder or order changes anybody else's.
 * Kept on this device and in all its tabs; a person's other devices do not hear of it.
 */
export interface Mine {
  readonly pinned: boolean
  /** A name of at most 200 characters; null: in none. */
  readonly folder: string | null
  readonly sort: Sort
  readonly muted: boolean
}

/** Something that happened to an item, once each, with who is to thank: this person here, or somebody or something else. */
export interface ItemEvent {
  readonly type: 'added' | 'updated' | 'removed'
  readonly id: Id
  readonly by: 'here' | 'elsewhere'
}

/**
 * The items of one list.
 *
 * A mutation that the role does not allow, or that names something nobody has, changes nothing: its promises reject, its
 * value is empty, and `onError` hears of it; a tap may always come too late. A value that no item may have throws `invalid`.
 */
export interface Items {
  /** Changes only when membership or order changes. Ask for the same view again and get the same readable. */
  ids(view?: View): Readable<readonly Id[]>
  /** Changes only when this item changes. Items in the trash are found too; `undefined` is an id nobody has. */
  item(id: Id): Readable<Item | undefined>
  /** Anything computed from the items of a view; `equal` decides whether it changed. Keep the readable, do not make one per render. */
  select<T>(view: View, compute: (items: readonly Item[]) => T, equal?: (a: T, b: T) => boolean): Readable<T>
  readonly trash: Readable<readonly Item[]>
  /** Each change to an item, for logs and animations; rendering follows the readables. */
  onEvent(listener: (event: ItemEvent) => void): Unsubscribe

  add(input: ItemInput | string): Write<Id>
  /** One undo step and one update for all of them. */
  addMany(inputs: readonly (ItemInput | string)[]): Write<readonly Id[]>
  /** Items of a view (open ones without) with nearly this title, so that the app can ask before it adds a second "milk". */
  similar(title: string, view?: View): readonly Item[]
  update(id: Id, patch: ItemPatch): Write
  /** Without `done`: the other state. Completing an item with `repeat` makes the next one. */
  toggle(ids: Id | readonly Id[], done?: boolean): Write
  move(ids: Id | readonly Id[], to: ItemPlace): Write
  assign(id: Id, change: SetChange): Write
  label(id: Id, change: SetChange): Write
  notes(id: Id): TextHandle
  /** Into the trash, with subtasks. */
  remove(ids: Id | readonly Id[]): Write
  restore(ids: Id | readonly Id[]): Write
  /** Out of the trash, for good. */
  purge(ids: readonly Id[]): Write
}

/** Collaborative text: what two people type at once is merged letter by letter. Positions are UTF-16 units. */
export interface TextHandle extends Readable<string> {
  insert(at: number, text: string): Write
  delete(at: number, count: number): Write
  /** The least edit that turns the text into this one, so that others' typing beside it survives. */
  replace(text: string): Write
  /**
   * Names a position by the letter before it, so that `find` finds it again whatever is typed here or elsewhere: for a caret, one's own or
   * another's. What is typed exactly there comes behind it; leaning on the letter `after`, before it. The nearest end for a position outside.
   */
  anchor(at: number, leaning?: 'before' | 'after'): string
  /** Where an anchor stands now; null when its text is not here, or when it is no anchor at all. */
  find(anchor: string): number | null
}

export interface Sections extends Readable<readonly Section[]> {
  add(title: string, to?: SectionPlace): Write<Id>
  rename(id: Id, title: string): Write
  move(id: Id, to: SectionPlace): Write
  /** The items stay, without a section. */
  remove(id: Id): Write
}

export interface Labels extends Readable<readonly Label[]> {
  add(title: string, color?: string | null): Write<Id>
  update(id: Id, patch: { title?: string; color?: string | null }): Write
  remove(id: Id): Write
}

export interface Comments {
  on(itemId: Id): Readable<readonly Comment[]>
  add(itemId: Id, body: string): Write<Id>
  edit(id: Id, body: string): Write
  resolve(id: Id, resolved?: boolean): Write
  remove(id: Id): Write
}

export interface UndoState {
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly undoLabel: string | null
  readonly redoLabel: string | null
  /** Names the edit that undo would take back, also where the one before it was called the same; 0: there is none. */
  readonly step: number
}

/** What this person's role allows. For enabling buttons; the server decides. */
export interface Can {
  readonly read: boolean
  /** Write comments, and change or remove one's own; everybody's only with `edit`. */
  readonly comment: boolean
  readonly tick: boolean
  readonly edit: boolean
  readonly resolveComments: boolean
  readonly share: boolean
  readonly manageMembers: boolean
  readonly changeSettings: boolean
  readonly deleteList: boolean
  readonly transfer: boolean
  readonly leave: boolean
}

/**
 * Whether this person is let in. When it ends, what they had not saved is in `refused`, to be exported and never sent by itself;
 * nothing else of the list is shown or kept on the device any more.
 */
export type Access =
  | {
      readonly state: 'member'
      /** The last time somebody changed this person's role while the list was open; null: nobody has. */
      readonly lastChange: RoleChange | null
    }
  | {
      readonly state: 'ended'
      readonly why: 'access-ended' | 'list-deleted'
      /** One sentence for a person, as the server said it: by whom, where it may be said. */
      readonly message: string
      readonly at: number
      /** How many edits were not saved. */
      readonly pending: number
    }

/**
 * Two people changed the same thing without seeing each other. The merge has happened already; this is a notice with both
 * values and one call to put the other one in place.
 */
export interface Conflict {
  readonly id: Id
  /**
   * `edited-while-removed`: one edited what the other put in the trash; `useOther` takes it out again.
   * `moved-twice`: values are what was moved of `{order, section, parent}`.
   */
  readonly kind: 'same-field' | 'moved-twice' | 'edited-while-removed'
  readonly about: 'item' | 'section' | 'label' | 'comment' | 'list'
  /** The item, section, label or comment; null for the list's own title or icon. */
  readonly itemId: Id | null
  /** Its title now, for the text of the notice. */
  readonly title: string
  readonly field: string
  readonly kept: { readonly value: unknown; readonly by: Id }
  readonly other: { readonly value: unknown; readonly by: Id }
  useOther(): Write
  dismiss(): void
}

/** Where somebody writes in the notes of an item, as anchors of its `TextHandle`. `from` is the other end of what is selected. */
export interface Caret {
  readonly item: Id
  readonly at: string
  readonly from?: string
}

/** What a person shows the others of what they are doing. */
export interface Doing {
  readonly viewing: Id | null
  readonly editing: Id | null
  readonly caret: Caret | null
  /** They have the list open, and are not looking at it. */
  readonly idle: boolean
}

/** One person who has this list open now; several tabs and devices of theirs are one peer, which is idle when all of them are. */
export interface Peer extends Doing {
  readonly userId: Id
  readonly name: string
  /** How many tabs and devices. */
  readonly tabs: number
}

/** Who has a list open now; never stored. Empty while there is no socket, and where the list is polled. */
export interface Presence {
  readonly others: Readable<readonly Peer[]>
  /** What this person is looking at; merged with what was said before. Gone with the connection, and said anew on the next. */
  set(state: Partial<Doing>): void
  /**
   * Whether the others see that this person is here; they are seen until it says otherwise. It holds on every connection until the list is
   * closed, and for this tab: another tab or device of theirs shows them still. Who is not seen sees the others all the same.
   */
  show(visible: boolean): void
}

/** What one person did to a list while somebody was away: numbers of items, each counted once. */
export interface AwayPerson {
  readonly by: Id
  readonly added: number
  readonly ticked: number
  readonly changed: number
  readonly removed: number
}

/** What others did since this person last looked at the list on this device. */
export interface Away {
  /** Who did most comes first. */
  readonly people: readonly AwayPerson[]
  /** The items they added, ticked or changed, and that are still there. */
  readonly items: ReadonlySet<Id>
}

/** Edits the server refused, or that waited when access ended; out of the list, and kept until the person decides. */
export interface Refused extends Readable<readonly RefusedEdit[]> {
  /** Makes the edits once more, as new ones of who this person is now. All of them without `ids`; those the role does not allow stay. */
  retry(ids?: readonly Id[]): Write
  /** Gives them up. All of them without `ids`. Giving up the last of a list that has ended forgets that list. */
  drop(ids?: readonly Id[]): void
}

/** Which part of what happened; the newest without `before`. */
export interface HistoryOptions {
  /** Only what concerns this item, its notes, and comments written on it. */
  readonly itemId?: Id
  /** The `next` of the page before. */
  readonly before?: number
  /** At most 500; 100 without. */
  readonly limit?: number
}

/** One update as the server stored it. `by` is null where the server did it; `at` is the server's time. */
export interface HistoryEntry {
  readonly seq: number
  readonly at: number
  readonly by: Id | null
  readonly ops: readonly Op[]
}

/** What happened, newest first. A page may be empty and not the last: there is more while `next` is not null. */
export interface HistoryPage {
  readonly entries: readonly HistoryEntry[]
  /** Position of the newest update there is, in this page or not. */
  readonly head: number
  readonly next: number | null
  /** How many updates in this stretch the server has lost and cannot tell. */
  readonly missing: number
}

/** One shared list: its content, its state, and everything that can be done to it. */
export interface List {
  readonly id: Id
  /** Resolves when what this device has of the list is on the screen, or cannot be read; never rejects. */
  readonly loaded: Promise<void>
  readonly info: Readable<ListInfo>
  readonly status: Readable<Status>
  readonly can: Readable<Can>
  readonly access: Readable<Access>
  /** Under which id this person's edits stand in this list; not their user id where they asked not to be named. Null: nobody is signed in. */
  readonly me: Readable<Id | null>
  readonly items: Items
  readonly sections: Sections
  readonly labels: Labels
  readonly comments: Comments
  readonly presence: Presence
  /**
   * What the people of this list are called, by the id they go by in it: members, who is here, and whoever was either before. From this
   * device at once, also without a network; kept up while somebody subscribes.
   */
  readonly names: Readable<Readonly<Record<Id, string>>>
  readonly members: Members
  readonly invitations: Invitations
  readonly links: Links
  readonly sharing: Sharing
  readonly refused: Refused
  rename(title: string): Write
  setIcon(icon: string | null): Write
  /**
   * Everything `change` does is one undo step and one update. When it throws, all of it is taken back and the error passed on.
   * With `joinsLast` it belongs to the undo step before it, if that has the same label: for work that is too much for one moment.
   */
  transact<T>(label: string, change: () => T, options?: { readonly joinsLast?: boolean }): Write<T>
  /** Takes back this person's last edit of this session, as far as nobody has changed the same thing since. */
  undo(): Write<boolean>
  redo(): Write<boolean>
  readonly undoState: Readable<UndoState>
  readonly conflicts: Readable<readonly Conflict[]>
  onConflict(listener: (conflict: Conflict) => void): Unsubscribe
  /**
   * What others did while this person was away, also what was made long ago and arrived late; null: nothing, or they see the list
   * for the first time. It grows while the list catches up, and stays until `seen`.
   */
  readonly away: Readable<Away | null>
  /** The person has looked at the list as it is here now. What comes from now on is told on the next opening. */
  seen(): void
  /**
   * Who did what, read from the server's log when it is asked for and not kept up. Rejects with `network` without a connection, and while
   * the list is not on the server; what waits on this device is not in it.
   */
  history(options?: HistoryOptions): Promise<HistoryPage>
  /** Everything that is not on the server, as a JSON file. */
  exportPending(): Blob
  /** Lets go of the list. It goes on being sent until nothing waits, then it is only on the device. */
  close(): Promise<void>
}
