import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')

export const add = {
  newItem: 'New item',
  placeholder: 'Add an item',
  add: 'Add',
  help: 'You can add when it is due, @who, #label, /section, !1 to !3 and how often.',
  understood: 'Understood from what you typed',
  asText: (chip: string) => `${chip}: take it as plain text`,
  takeOff: (chip: string) => `${chip}: take it off`,
  inSection: (title: string) => `in \u2068${title}\u2069`,
  newSection: (title: string) => `new section \u2068${title}\u2069`,
  newLabel: (title: string) => `new label \u2068${title}\u2069`,
  suggestions: 'Suggestions',
  tooLong: (over: number) =>
    plural(over, {
      one: 'A title has room for 10,000 characters. This is # too many.',
      other: 'A title has room for 10,000 characters. These are # too many.',
    }),
  locked: 'You can no longer add to this list. What you typed is kept here, to be copied.',
  added: (title: string) => `Added \u2068${title}\u2069`,
  addedMany: (count: number) => plural(count, { one: 'Added # item', other: 'Added # items' }),
  isThere: (title: string) => `“\u2068${title}\u2069” is already on the list.`,
  wasTicked: (title: string, day: string) => `“\u2068${title}\u2069” was ticked ${day}.`,
  show: 'Show',
  putBack: 'Put back',
  didPutBack: (title: string) => `\u2068${title}\u2069 is back on the list`,
  pasted: (count: number) => plural(count, { one: '# line pasted', other: '# lines pasted' }),
  addMany: (count: number) => plural(count, { one: 'Add # item', other: 'Add # items' }),
  asOne: 'Add as one item',
  notAtAll: 'Do not add',
  /** How undo names it. */
  undoAdd: 'Add',
  undoPutBack: 'Put back',
}
