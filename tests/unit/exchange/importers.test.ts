import { expect, it } from 'vitest'
import { formatOf, readImport } from '../../../client-sdk/src/exchange/read-import.ts'

it('[XCH-4] Todoist: sections, indents, labels in titles, notes, priorities from 1 down, and its words for repetition', () => {
  const file = [
    'TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE',
    'task,Inbox thing @home,,4,1,Ann (1),,,en,Europe/Berlin',
    ',,,,,,,,,',
    'section,Week,,,,,,,,',
    'task,Water the plants,on the balcony too,1,1,Ann (1),,every day,en,Europe/Berlin',
    'task,Fill the can,,3,2,Ann (1),,,en,',
    'note,It is in the shed,,,,,,2026-01-02,,',
    'task,Bins,,2,1,Ann (1),,2026-12-24 18:00,en,Europe/Berlin',
    'task,Report,,4,1,Ann (1),,every 2 weeks,en,',
    'meta,view_style=list,,,,,,,,',
  ].join('\n')
  const { items, sections, labels, skipped } = readImport(file)
  expect(skipped).toEqual([])
  expect(sections).toEqual(['Week'])
  expect(labels).toEqual([{ title: 'home', color: null }])
  expect(items).toMatchObject([
    { title: 'Inbox thing', labels: [0], section: null, priority: 0 },
    { title: 'Water the plants', notes: 'on the balcony too', section: 0, priority: 3, repeat: 'FREQ=DAILY' },
    { title: 'Fill the can', parent: 1, priority: 1, notes: 'It is in the shed' },
    {
      title: 'Bins',
      priority: 2,
      due: { date: '2026-12-24', time: '18:00', tz: 'Europe/Berlin' },
      parent: null,
    },
    { title: 'Report', repeat: 'FREQ=WEEKLY;INTERVAL=2', due: null },
  ])
})

it('[XCH-4] Microsoft, Outlook and Google headings; semicolons; a bare column; German words', () => {
  const outlook = readImport(
    '"Subject","Due Date","Priority","Status","Categories","Notes"\r\n"Pay, now","24.12.2026","High","Completed","home;work","a\r\nb"\r\n',
  )
  expect(outlook.items).toMatchObject([
    { title: 'Pay, now', due: { date: '2026-12-24' }, priority: 3, done: true, notes: 'a\r\nb' },
  ])
  const german = readImport('Titel;Fällig;Erledigt\nMilch;24.12.2026;ja\nBrot;;nein\n')
  expect(german.items.map(({ title, done, due }) => [title, done, due?.date])).toEqual([
    ['Milch', true, '2026-12-24'],
    ['Brot', false, undefined],
  ])
  const google = readImport('title,notes,status,due\nTax,,needsAction,2026-05-01T00:00:00.000Z')
  expect(google.items).toMatchObject([{ title: 'Tax', done: false, due: { date: '2026-05-01' } }])
  expect(readImport('Milk\nBread\n').items.map(({ title }) => title)).toEqual(['Milk', 'Bread'])
  expect(readImport('Milk,2 l\nBread,1\n').items.map(({ title }) => title)).toEqual(['Milk', 'Bread'])
})

it('[XCH-4] a calendar of another program: its VTODOs with subtasks, and its events named and left out', () => {
  const file = [
    'BEGIN:VCALENDAR',
    'X-WR-CALNAME:House\\, garden',
    'BEGIN:VTODO',
    'UID:child',
    'SUMMARY:Buy pai',
    ' nt',
    'RELATED-TO;RELTYPE=PARENT:top',
    'END:VTODO',
    'BEGIN:VTODO',
    'UID:top',
    'SUMMARY:Fence',
    'DESCRIPTION:First line\\nsecond\\; line',
    'DUE;TZID="/freeassociation.sourceforge.net/Europe/Berlin":20261224T180000',
    'RRULE:FREQ=WEEKLY;WKST=MO;BYDAY=SA',
    'PRIORITY:1',
    'CATEGORIES:garden,DIY',
    'STATUS:IN-PROCESS',
    'BEGIN:VALARM',
    'TRIGGER;VALUE=DATE-TIME:20261224T150000Z',
    'END:VALARM',
    'END:VTODO',
    'BEGIN:VEVENT',
    'SUMMARY:Dinner',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n')
  const parsed = readImport(file)
  expect(parsed.title).toBe('House, garden')
  expect(parsed.items).toMatchObject([
    {
      title: 'Fence',
      notes: 'First line\nsecond; line',
      due: { date: '2026-12-24', time: '18:00', tz: 'Europe/Berlin' },
      repeat: 'FREQ=WEEKLY;BYDAY=SA',
      remindAt: ['2026-12-24T15:00Z'],
      priority: 3,
      labels: [0, 1],
      done: false,
    },
    { title: 'Buy paint', parent: 0 },
  ])
  expect(parsed.skipped).toMatchObject([{ row: 22, why: 'unknown-kind' }])
})

it('[XCH-4] Markdown as people write it: headings, bullets of all kinds, boxes, numbers, tabs', () => {
  const text =
    '# Trip\n\n* [x] Book\n\t- hotel\n    1. train #travel\n\n### Later\n+ Pack (due 2026-12-24)\n  by the door\nSome prose.\n'
  const { title, items, sections, labels, skipped } = readImport(text)
  expect(title).toBe('Trip')
  expect(sections).toEqual(['Later'])
  expect(labels.map((label) => label.title)).toEqual(['travel'])
  expect(items).toMatchObject([
    { title: 'Book', done: true },
    { title: 'hotel', parent: 0 },
    { title: 'train', parent: 0, labels: [0] },
    { title: 'Pack', section: 0, due: { date: '2026-12-24' }, notes: 'by the door' },
  ])
  expect(skipped).toMatchObject([{ row: 10, why: 'unknown-kind', text: 'Some prose.' }])
  expect(readImport('- Fix #12').items[0]?.title).toBe('Fix #12')
})

it('[XCH-4] a format is known by its content', () => {
  expect(formatOf('\uFEFF{"items":[]}')).toBe('json')
  expect(formatOf('[{"title":"a"}]')).toBe('json')
  expect(formatOf('[ ] milk\n[x] bread')).toBe('md')
  expect(formatOf('begin:vcalendar')).toBe('ics')
  expect(formatOf('Content,Date\n- a,b')).toBe('csv')
  expect(formatOf('Milk, bread and butter')).toBe('md')
  expect(readImport('[ ] milk\n[x] bread').items.map(({ done }) => done)).toEqual([false, true])
  expect(readImport('[{"name":"a"},"b"]').items.map(({ title }) => title)).toEqual(['a', 'b'])
})
