export const lists = {
  lists: 'Lists',
  today: 'Today',
  assigned: 'Assigned to me',
  trash: 'Trash',
  search: 'Search',
}
