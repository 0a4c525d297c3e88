import type { add as En } from '../en/add.ts'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('de')

export const add: typeof En = {
  newItem: 'Neuer Eintrag',
  placeholder: 'Eintrag hinzufügen',
  add: 'Hinzufügen',
  help: 'Du kannst dazuschreiben, bis wann, @wer, #Etikett, /Abschnitt, !1 bis !3 und wie oft.',
  understood: 'Aus deiner Eingabe verstanden',
  asText: (chip) => `${chip}: als einfachen Text nehmen`,
  takeOff: (chip) => `${chip}: wegnehmen`,
  inSection: (title) => `in \u2068${title}\u2069`,
  newSection: (title) => `neuer Abschnitt \u2068${title}\u2069`,
  newLabel: (title) => `neues Etikett \u2068${title}\u2069`,
  suggestions: 'Vorschläge',
  tooLong: (over) => plural(over, { other: 'Ein Titel hat Platz für 10.000 Zeichen. Das sind # zu viel.' }),
  locked: 'Du kannst in dieser Liste nichts mehr hinzufügen. Was du getippt hast, bleibt hier zum Kopieren.',
  added: (title) => `\u2068${title}\u2069 hinzugefügt`,
  addedMany: (count) => plural(count, { one: '# Eintrag hinzugefügt', other: '# Einträge hinzugefügt' }),
  isThere: (title) => `„\u2068${title}\u2069“ steht schon auf der Liste.`,
  wasTicked: (title, day) => `„\u2068${title}\u2069“ wurde ${day} abgehakt.`,
  show: 'Zeigen',
  putBack: 'Zurückholen',
  didPutBack: (title) => `\u2068${title}\u2069 steht wieder auf der Liste`,
  pasted: (count) => plural(count, { one: '# Zeile eingefügt', other: '# Zeilen eingefügt' }),
  addMany: (count) => plural(count, { one: '# Eintrag hinzufügen', other: '# Einträge hinzufügen' }),
  asOne: 'Als einen Eintrag hinzufügen',
  notAtAll: 'Nicht hinzufügen',
  undoAdd: 'Hinzufügen',
  undoPutBack: 'Zurückholen',
}
