import type { List } from '@tandem/client-sdk'
import type { SeededRandom } from '../../support/seed.ts'
import { act, type Made } from '../actions.ts'

/** What somebody does on their device: what their role lets them, as far as their device knows. */
export function doSomething(list: List, random: SeededRandom, made: Made): void {
  const can = list.can.getSnapshot()
  if (can.tick && !can.edit && random.int(4) > 0) tick(list, random)
  else if (can.comment && (!can.edit || random.int(8) === 0)) comment(list, random, made)
  else act(list, random, made)
}

function tick(list: List, random: SeededRandom): void {
  const ids = list.items.ids().getSnapshot()
  if (ids.length > 0) list.items.toggle(random.pick(ids))
}

function comment(list: List, random: SeededRandom, made: Made): void {
  const ids = list.items.ids().getSnapshot()
  if (ids.length === 0) return
  const itemId = random.pick(ids)
  const known = list.comments.on(itemId).getSnapshot()
  if (known.length === 0 || random.int(3) > 0) {
    const { value, confirmed } = list.comments.add(itemId, `Note ${random.int(1000)}`)
    made.add(value, confirmed)
    return
  }
  const { id } = random.pick(known)
  if (random.int(3) === 0) list.comments.remove(id)
  else list.comments.edit(id, `Note ${random.int(1000)}`)
}
