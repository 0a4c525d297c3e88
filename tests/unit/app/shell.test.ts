import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bestOf } from '../../../examples/web/src/shell/find-commands.ts'
import { pathOf, placeOf, type Route, routeOf } from '../../../examples/web/src/shell/route.ts'
import { SHORTCUTS } from '../../../examples/web/src/shell/shortcut-table.ts'
import { LANGUAGES, languageFor } from '../../../examples/web/src/words/languages.ts'

const route: fc.Arbitrary<Route> = fc.oneof(
  fc
    .constantFrom('lists', 'today', 'assigned', 'trash', 'settings', 'join')
    .map((page): Route => ({ page }) as Route),
  fc.uuid().map((id): Route => ({ page: 'list', id })),
  fc.tuple(fc.uuid(), fc.uuid()).map(([id, item]): Route => ({ page: 'list', id, item })),
  fc.string({ unit: 'grapheme' }).map((text): Route => ({ page: 'search', text })),
)

it('[APP-11] every page has an address of its own that leads back to it, whatever is searched for', () => {
  fc.assert(
    fc.property(route, (one) => {
      expect(routeOf(pathOf(one))).toEqual(one)
    }),
  )
})

it('[APP-15] an address of nothing is no page, and an empty one is the overview', () => {
  for (const path of ['/l/', '/l/x', '/nowhere', '/l/../today/x', '/settings/more', '//evil.example/today'])
    expect(routeOf(path), path).toMatchObject({ page: 'unknown' })
  expect(routeOf('/')).toEqual({ page: 'lists' })
  expect(routeOf('/today/')).toEqual({ page: 'today' })
})

it('[APP-11] an item opened in a list leaves the list in its place', () => {
  const id = '00000000-0000-4000-8000-000000000000'
  expect(placeOf({ page: 'list', id, item: 'x' })).toBe(placeOf({ page: 'list', id }))
  expect(placeOf({ page: 'today' })).not.toBe(placeOf({ page: 'trash' }))
})

it('[APP-12] the palette finds by every word, without accents and capitals, what begins with it first', () => {
  const all = ['Weekend trip', 'Groceries', 'Trip to Zürich', 'Dark'].map((words) => ({ words }))
  const found = (typed: string) => bestOf(all, typed, 10).map(({ words }) => words)
  expect(found('')).toEqual(all.map(({ words }) => words))
  expect(found('TRIP')).toEqual(['Trip to Zürich', 'Weekend trip'])
  expect(found('zurich tr')).toEqual(['Trip to Zürich'])
  expect(found('milk')).toEqual([])
  expect(bestOf([{ words: 'Dunkel', also: 'dark theme' }], 'dark', 1)).toHaveLength(1)
})

it('[APP-12] no two keys of the help are the same', () => {
  const keys = SHORTCUTS.flatMap(({ keys, or }) => [
    keys.join(' '),
    ...(or === undefined ? [] : [or.join(' ')]),
  ])
  expect(new Set(keys).size).toBe(keys.length)
})

it('[APP-13] the chosen language counts before those of the browser, and English where none is spoken', () => {
  expect(languageFor(null, ['fr-FR', 'de-CH', 'en']).tag).toBe('de')
  expect(languageFor('ar', ['de']).dir).toBe('rtl')
  expect(languageFor('xx', ['fr']).tag).toBe('en')
  expect(LANGUAGES.map(({ tag }) => tag)).toEqual(['en', 'de', 'ar'])
})
