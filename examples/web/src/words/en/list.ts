import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')
/** User text keeps its own direction and does not disturb the sentence around it. */
const quoted = (text: string): string => `“\u2068${text}\u2069”`

export const list = {
  // The head of the page
  renameList: (title: string) => `Rename the list ${title}`,
  nameOfList: 'Name of this list',
  untitled: 'Untitled list',
  addItem: 'Add an item',
  selectItems: 'Select items',
  undo: 'Undo',
  redo: 'Redo',
  undoOf: (what: string) => `Undo: ${what}`,
  redoOf: (what: string) => `Redo: ${what}`,
  more: 'More for this list',
  select: 'Select',
  history: 'History',
  /** What an edit is called in the history of undo; the keys are those of the SDK. */
  edits: {
    Add: 'add',
    Edit: 'edit',
    Tick: 'tick',
    Reopen: 'untick',
    Move: 'move',
    Assign: 'assign',
    Label: 'label',
    Delete: 'delete',
    Restore: 'restore',
    'Delete for good': 'delete for good',
    Import: 'import',
    Copy: 'copy',
    'Move here': 'move here',
    'Add section': 'add section',
    'Rename section': 'rename section',
    'Move section': 'move section',
    'Delete section': 'delete section',
    'Rename list': 'rename list',
    'Add label': 'add label',
    'Edit label': 'edit label',
    'Delete label': 'delete label',
    'Change icon': 'change icon',
    Comment: 'comment',
    'Edit comment': 'edit comment',
    'Delete comment': 'delete comment',
    'Resolve comment': 'resolve comment',
    'Edit notes': 'edit notes',
    'Use the other value': 'use the other value',
  } as Readonly<Record<string, string>>,

  // Looking at a part of it
  filter: 'Filter',
  filterBy: 'Show only …',
  filteredTo: (name: string) => `Only: ${name}`,
  filterOff: (name: string) => `Stop showing only ${name}`,
  assignedToYou: 'Assigned to you',
  assignedTo: (name: string) => `Assigned to ${name}`,
  sortedBy: {
    due: 'Sorted by due date',
    priority: 'Sorted by priority',
    title: 'Sorted by name',
    created: 'Sorted by age',
    assignee: 'Sorted by person',
  } as Readonly<Record<string, string>>,
  sortManual: 'Back to my own order',

  // Rows
  items: 'Items',
  rename: (title: string) => `Rename ${title}`,
  newName: (title: string) => `New name of ${title}`,
  selectItem: (title: string) => `Select ${title}`,
  detailsOf: (title: string) => `Details of ${title}`,
  moreFor: (title: string) => `More for ${title}`,
  notSaved: 'Not saved yet',
  isNew: 'New since you were here',
  subtaskOf: (title: string) => `Subtask of ${title}`,
  progress: (done: number, total: number) => `${done}/${total}`,
  progressSaid: (done: number, total: number) =>
    `${done} of ${plural(total, { one: '# subtask', other: '# subtasks' })} done`,
  newSubtask: (title: string) => `New subtask of ${title}`,
  addSubtaskHint: 'Add a subtask',

  // Their menu
  details: 'Details',
  renameShort: 'Rename',
  addSubtask: 'Add a subtask',
  steps: { up: 'Move up', down: 'Move down', top: 'Move to top', bottom: 'Move to bottom' },
  moveTo: 'Move to …',
  indent: 'Make it a subtask',
  outdent: 'Make it an item of its own',
  duplicate: 'Duplicate',
  delete: 'Delete',

  // What was done
  ticked: (count: number, title: string) =>
    count === 1
      ? `Ticked ${quoted(title)}`
      : plural(count, { one: 'Ticked # item', other: 'Ticked # items' }),
  deleted: (count: number, title: string) =>
    count === 1
      ? `Deleted ${quoted(title)}`
      : plural(count, { one: 'Deleted # item', other: 'Deleted # items' }),
  moved: (count: number, title: string) =>
    count === 1 ? `Moved ${quoted(title)}` : plural(count, { one: 'Moved # item', other: 'Moved # items' }),
  changed: (count: number) => plural(count, { one: 'Changed # item', other: 'Changed # items' }),
  movedToList: (count: number, title: string) =>
    `${plural(count, { one: 'Moved # item', other: 'Moved # items' })} to ${quoted(title)}`,
  movedTo: (title: string, at: number, of: number) => `${title}: now ${at} of ${of}`,

  // Removed under the cursor
  removed: 'deleted',
  removedUnderEdit: 'The item you were editing was deleted',
  removedBy: (who: string | null, title: string) =>
    who === null
      ? 'The item you were editing was deleted.'
      : `${who} deleted ${quoted(title)} while you were editing it.`,
  youHadTyped: 'You had typed:',
  restore: 'Restore',
  restoreWithText: 'Restore it with my text',
  addAgain: 'Add it again with my text',
  leaveDeleted: 'Leave it deleted',

  // Sections
  addSection: 'Add a section',
  addHere: 'Add items here',
  nameOfSection: 'Name of the new section',
  sectionMore: (title: string) => `More for the section ${title}`,
  newNameOfSection: (title: string) => `New name of the section ${title}`,
  deleteSection: 'Delete the section, keep its items',
  sectionDeleted: (title: string) => `Deleted the section ${quoted(title)}; its items are still here`,
  done: (count: number) => `Done (${count})`,
  newAbove: (count: number) => plural(count, { one: '# new above', other: '# new above' }),

  // Several at once
  selection: 'What to do with the selected items',
  selected: (count: number) => plural(count, { one: '# selected', other: '# selected' }),
  tickThem: 'Done',
  untickThem: 'Not done',
  assign: 'Assign',
  label: 'Label',
  due: 'Due',
  dueOn: {
    today: 'Today',
    tomorrow: 'Tomorrow',
    nextWeek: 'In a week',
    none: 'No date',
    other: 'Another day …',
  },
  dueDay: 'Day',
  set: 'Set',
  stopSelecting: 'Stop selecting',
  bulkAssign: 'Assign several',
  bulkLabel: 'Label several',
  bulkPriority: 'Set several priorities',
  bulkDue: 'Set several dates',

  // Where to
  moveTitle: (count: number) => plural(count, { one: 'Move # item to …', other: 'Move # items to …' }),
  inThisList: 'In this list',
  otherLists: 'To another list',
  noSection: 'No section',
  noOtherLists: 'There is no other list that you may edit.',

  // Trash
  trash: (count: number) => `Trash (${count})`,
  trashHint: 'Deleted items stay here for everybody, until somebody deletes them for good.',
  deletedBy: (who: string, when: string) => `${who}, ${when}`,
  restoreItem: (title: string) => `Restore ${title}`,
  purge: 'Delete for good',
  purgeItem: (title: string) => `Delete ${title} for good`,
  emptyTrash: 'Empty the trash',
  purgeTitle: 'Delete for good?',
  purgeQuestion: (count: number, title: string) =>
    count === 1
      ? `${quoted(title)} will be gone for everybody. This cannot be undone.`
      : `${plural(count, { one: '# item', other: '# items' })} will be gone for everybody. This cannot be undone.`,
  showMore: 'Show more',
  keep: 'Keep',
  close: 'Close',

  // Nothing to show
  loading: 'Loading this list …',
  loadingFromServer: 'Fetching this list …',
  notHereTitle: 'Not on this device yet',
  notHere: 'There is no connection to fetch this list. It opens here once there is one.',
  empty: 'Nothing here yet',
  emptyHint: 'Type the first item above and press Enter. Paste several lines to add them all.',
  emptyHintPhone: 'Type the first item below. Paste several lines to add them all.',
  emptyReadOnly: 'When somebody adds an item, it appears here.',
  allDone: 'All done',
  allDoneHint: 'What is ticked is kept below.',
  nothingMatches: 'Nothing matches this filter',
  filteredOut: (count: number, title: string) =>
    count === 1
      ? `Added ${quoted(title)}, which the filter hides`
      : plural(count, {
          one: 'Added # item, which the filter hides',
          other: 'Added # items, which the filter hides',
        }),
  showAll: 'Show all items',
}
