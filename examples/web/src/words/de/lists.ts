import type { lists as En } from '../en/lists.ts'

export const lists: typeof En = {
  lists: 'Listen',
  today: 'Heute',
  assigned: 'Mir zugewiesen',
  trash: 'Papierkorb',
  search: 'Suche',
}
