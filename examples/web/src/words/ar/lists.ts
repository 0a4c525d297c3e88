import type { lists as En } from '../en/lists.ts'

export const lists: typeof En = {
  lists: 'القوائم',
  today: 'اليوم',
  assigned: 'المسندة إليّ',
  trash: 'سلة المهملات',
  search: 'البحث',
}
