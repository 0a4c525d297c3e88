import { describe, expect, it } from 'vitest'
import {
  checkEntry,
  checkField,
  checkRecord,
  ITEM_FIELDS,
  LIMITS,
  type Place,
} from '../../../client-sdk/src/model/index.ts'

const item = { by: 'anna', at: 1, title: 'milk', order: 'a0' }

describe('schema', () => {
  it('[MODEL-8][B-09] an item has these fields, and a valid one of each is accepted', () => {
    const valid: Record<keyof typeof ITEM_FIELDS, unknown> = {
      title: 'milk',
      done: true,
      order: 'a0V',
      section: 'sect-0001',
      parent: null,
      due: { date: '2024-02-29', time: '08:30', tz: 'Europe/Berlin' },
      repeat: 'FREQ=WEEKLY;BYDAY=MO',
      remindAt: ['2024-02-29T08:00'],
      priority: 3,
      quantity: '2 kg',
      link: 'https://example.org/milk',
      deleted: true,
    }
    for (const [field, value] of Object.entries(valid))
      expect(checkField('items', field, value), field).toBeNull()
    expect(Object.keys(valid)).toEqual(Object.keys(ITEM_FIELDS))
    const { deleted: _, ...birth } = valid
    expect(checkRecord('items', { ...item, ...birth, 'x-mine': [1] })).toBeNull()
  })

  it('[MODEL-8] what does not fit is refused with a sentence', () => {
    const bad: [string, unknown][] = [
      ['title', ''],
      ['title', 'x'.repeat(LIMITS.itemTitleChars + 1)],
      ['title', '\ud800'],
      ['done', 1],
      ['order', 'a'],
      ['order', 'a00'],
      ['order', `a1${'V'.repeat(300)}`],
      ['section', 'short'],
      ['due', { date: '2023-02-29' }],
      ['due', { date: '2024-01-01', more: 1 }],
      ['repeat', 'FREQ=HOURLY'],
      ['remindAt', ['tomorrow']],
      ['remindAt', Array.from({ length: 11 }, () => '2024-01-01T00:00')],
      ['priority', 4],
      ['quantity', ''],
      ['link', 'http://example.org'],
      ['link', 'javascript:alert(1)'],
      ['x-big', 'x'.repeat(1_000)],
      ['x-not-json', Number.NaN],
      ['mood', 'happy'],
      ['__proto__', {}],
      ['constructor', {}],
    ]
    for (const [field, value] of bad) expect(checkField('items', field, value), field).toMatch(/.{15,}\.$/)
  })

  it('[MODEL-8] creation records need their fields and may not smuggle in others', () => {
    expect(checkRecord('items', item)).toBeNull()
    expect(checkRecord('comments', { by: 'u', at: 1, item: 'item-aaaa', body: 'x' })).toBeNull()
    const bad: unknown[] = [
      null,
      [],
      { ...item, deleted: true },
      { ...item, mood: 1 },
      { by: 'u', at: 1, title: 'x' },
    ]
    bad.push({ ...item, at: 1.5 }, { ...item, by: 7 }, { ...item, section: 1 }, new Map())
    for (const record of bad) expect(checkRecord('items', record)).toMatch(/\.$/)
  })

  it('[MODEL-8] an entry is judged by the place it stands at', () => {
    const field: Place = { at: 'field', kind: 'items', id: 'item-aaaa', field: 'done' }
    expect(checkEntry(field, [true, 'u', 1])).toBeNull()
    expect(checkEntry(field, [true, 'u', 1, 'more'])).not.toBeNull()
    expect(checkEntry(field, true)).not.toBeNull()
    const member = (set: string, name: string): Place => ({
      at: 'member',
      kind: 'items',
      id: 'item-aaaa',
      set,
      member: name,
    })
    expect(checkEntry(member('assignee', 'auth0|a/b'), [true, 'u', 1])).toBeNull()
    expect(checkEntry(member('assignee', 'x'.repeat(300)), [true, 'u', 1])).not.toBeNull()
    expect(checkEntry(member('label', 'no id'), [true, 'u', 1])).not.toBeNull()
    expect(checkEntry(member('label', 'labl-aaaa'), [false, 'u', 1])).not.toBeNull()
    expect(checkEntry(member('watcher', 'ben'), [true, 'u', 1])).not.toBeNull()
    expect(checkEntry({ at: 'list', field: 'icon' }, [null, 'u', 1])).toBeNull()
    expect(checkEntry({ at: 'note', id: 'item-aaaa' }, 'x')).not.toBeNull()
  })
})
