import { expect, it } from 'vitest'
import { createNames, namesOf, readNames } from '../../../client-sdk/src/list/names.ts'
import { cell } from '../../../client-sdk/src/replica/cell.ts'

it('[ALL-12] whoever is not known has no name, whatever their id: an item may be assigned to anything', async () => {
  const remembered: unknown[] = []
  const { names, load } = createNames({
    listId: 'l',
    store: {
      fact: async () => ({ u_ann: 'Ann' }),
      putFact: async (_list, _name, value) => void remembered.push(value),
    },
    members: cell([]),
    others: cell([]),
    learned: () => undefined,
    isOver: () => false,
  })
  for (const known of [names.getSnapshot(), namesOf([]), readNames(undefined), readNames({ u_bob: 'Bob' })]) {
    for (const id of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
      expect(known[id]).toBeUndefined()
  }
  await load()
  expect(names.getSnapshot()).toEqual({ u_ann: 'Ann' })
  expect(names.getSnapshot()['constructor']).toBeUndefined()
  // A device takes it, and gives it back as it was.
  expect(readNames(structuredClone(names.getSnapshot()))).toEqual({ u_ann: 'Ann' })
})
