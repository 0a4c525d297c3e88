import * as fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'
import type * as Y from 'yjs'
import { noteRoot } from '../../../client-sdk/src/model/keys.ts'
import { NotesField } from '../../../examples/web/src/together/notes-field.ts'
import { type Workbench, workbench } from '../sdk/workbench.ts'
import { FakeTextField } from './fake-text-field.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

type Act =
  | 'move'
  | 'select'
  | 'type'
  | 'erase'
  | 'compose'
  | 'undo'
  | 'redo'
  | 'others'
  | 'others erase'
  | 'catch up'
  | 'send'

interface Step {
  readonly act: Act
  readonly at: number
  readonly count: number
  /** Of others: whether they write at the end as well, in the same message. */
  readonly also: boolean
}

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom<Act>(
    ...(['move', 'select', 'type', 'type', 'type', 'erase', 'compose', 'compose'] as const),
    ...(['undo', 'redo', 'others', 'others', 'others', 'others erase', 'catch up', 'send'] as const),
  ),
  at: fc.nat(40),
  count: fc.integer({ min: 1, max: 3 }),
  also: fc.boolean(),
})

it('[APP-43][NOTE-1][NOTE-2] whatever is typed, composed and undone between what others write: each letter is where its writer saw the caret, and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const desk = await Desk.open()
      for (const one of steps) await desk.take(one)
      await desk.finish()
    }),
    { numRuns: 150 },
  )
})

it('[APP-43][NOTE-2] a caret that was just moved stays there when others write before the browser has said so', async () => {
  const desk = await Desk.open()
  const { field } = desk
  field.setSelectionRange(0, 0)
  field.page.catchUp()
  field.setSelectionRange(4, 6)
  desk.othersWrite((notes) => notes.insert(8, 'x'))
  expect([field.selectionStart, field.selectionEnd]).toEqual([4, 6])
  field.page.catchUp()
  desk.othersWrite((notes) => notes.insert(0, 'yz'))
  expect([field.selectionStart, field.selectionEnd]).toEqual([6, 8])
})

it('[APP-43][NOTE-1] letters typed into a text with another program’s line ends stand in the order they were typed in', async () => {
  const { field, bench } = await Desk.open('one\r\ntwo')
  expect(field.value).toBe('one\ntwo')
  field.setSelectionRange(4, 4)
  for (const letter of 'and ') field.type(letter)
  expect(field.value).toBe('one\nand two')
  bench.list.undo()
  expect(field.value).toBe('one\ntwo')
})

it('[APP-43][NOTE-1] what others wrote on both sides of a composed word at once, and into it, stays where they wrote it', async () => {
  const desk = await Desk.open('one two three')
  const { field } = desk
  field.setSelectionRange(8, 8)
  field.compose('xyz')
  await desk.send()
  desk.othersWrite((notes) => {
    notes.insert(0, 'ZERO ')
    notes.insert(notes.length, ' FOUR')
  })
  desk.othersWrite((notes) => notes.insert(notes.toString().indexOf('yz'), 'MID'))
  field.compose('Q')
  expect(field.value).toBe('one two Qthree')
  field.endComposition()
  field.page.catchUp()
  expect(['ZERO one two QMIDthree FOUR', 'ZERO one two MIDQthree FOUR']).toContain(field.value)
})

/** One person at a field, and others who write into the same notes. No letter is written twice, so that each can be told where it has gone. */
class Desk {
  readonly field = new FakeTextField()
  readonly bench: Workbench
  readonly #id: string
  readonly #written = new Set<string>()
  readonly #erased = new Set<string>()
  /** What we wrote or erased. */
  readonly #ours = new Set<string>()
  /** Taken back: others may have erased the one of before, and have no say over the new one. */
  readonly #restored = new Set<string>()
  #nextLetter = 0x4e00
  /** The letters on both sides of the caret, or of what is selected, as its writer saw them last. */
  #gap = { left: '', selected: '', right: '' }
  #composed = ''

  private constructor(bench: Workbench, id: string) {
    this.bench = bench
    this.#id = id
  }

  static async open(text?: string): Promise<Desk> {
    const bench = await workbench()
    const desk = new Desk(bench, bench.list.items.add('Milk').value)
    await desk.send()
    desk.othersWrite((notes) => notes.insert(0, text ?? desk.#letters(12)))
    const { page } = desk.field
    vi.stubGlobal('document', page)
    vi.stubGlobal('window', { setTimeout: (run: () => void) => page.setTimeout(run) })
    vi.stubGlobal('clearTimeout', (timer: number) => page.clearTimeout(timer))
    vi.stubGlobal('CSS', { supports: () => true })
    new NotesField({
      list: bench.list,
      itemId: desk.#id,
      field: desk.field as unknown as HTMLTextAreaElement,
      typed: (isTooLong) => expect(isTooLong).toBe(false),
    })
    page.catchUp()
    desk.#look()
    return desk
  }

  async take(step: Step): Promise<void> {
    const { field } = this
    const isOurs = !['others', 'others erase', 'send'].includes(step.act)
    if (field.isComposing && isOurs && step.act !== 'compose') this.#endComposition()
    // Whatever a hand does next begins with a key or a finger.
    if (!field.isComposing && isOurs) field.press('Shift')
    if (step.act === 'move' || step.act === 'select') this.#select(step)
    else if (step.act === 'type') this.#type(step)
    else if (step.act === 'erase') this.#erase()
    else if (step.act === 'compose') this.#compose(step)
    else if (step.act === 'undo' || step.act === 'redo') this.#takeBack(step.act)
    else if (step.act === 'catch up') field.page.catchUp()
    else if (step.act === 'send') await this.send()
    else this.#others(step)
  }

  /** Everything is said and sent: nothing is lost, nothing is there twice, and field, list and server are one. */
  async finish(): Promise<void> {
    if (this.field.isComposing) this.#endComposition()
    this.field.page.catchUp()
    await this.send()
    const text = this.#text()
    expect(this.field.value).toBe(text)
    expect(this.#remote().toString()).toBe(text)
    expect(new Set(text).size).toBe([...text].length)
    for (const letter of without(this.#written, this.#restored))
      expect(text.includes(letter), letter).toBe(!this.#erased.has(letter))
  }

  send(): Promise<void> {
    return this.bench.server.run(this.bench.settle)
  }

  othersWrite(change: (notes: Y.Text) => void): void {
    const shown = this.field.value
    this.bench.server.write((doc) => doc.transact(() => change(this.#remote())))
    // The word that is being composed is the input method's.
    if (this.field.isComposing) expect(this.field.value).toBe(shown)
  }

  #others({ act, at, count, also }: Step): void {
    // Several changes in one message are told apart by the caret, once it is known.
    if (also || act === 'others erase') this.field.page.saySelection()
    this.othersWrite((notes) => {
      const letters = [...notes.toString()]
      const [before, gone] = [letters.slice(0, at), letters.slice(at, at + count)]
      if (act === 'others') notes.insert(lengthOf(before), this.#letters(count))
      else {
        notes.delete(lengthOf(before), lengthOf(gone))
        for (const letter of gone) this.#erased.add(letter)
      }
      if (also) notes.insert(notes.length, this.#letters(1))
    })
  }

  #select({ act, at, count }: Step): void {
    const letters = [...this.field.value]
    const start = lengthOf(letters.slice(0, at))
    const end = act === 'move' ? start : start + lengthOf(letters.slice(at, at + count))
    this.field.touch(start, end)
    this.#look()
  }

  #type({ count }: Step): void {
    this.#expectGap()
    const typed = this.#letters(count)
    this.#eraseSelected()
    for (const letter of typed) this.#ours.add(letter)
    this.field.type(typed)
    this.#look()
    expect(this.#gap.left).toBe([...typed].at(-1))
  }

  #erase(): void {
    this.#expectGap()
    const before = new Set(this.field.value)
    this.field.backspace()
    for (const letter of without(before, new Set(this.field.value))) this.#gone(letter)
    this.#look()
  }

  #compose({ count }: Step): void {
    if (!this.field.isComposing) {
      this.#expectGap()
      this.#eraseSelected()
    }
    for (const letter of this.#composed) this.#erased.add(letter)
    this.#composed = this.#letters(count)
    for (const letter of this.#composed) this.#ours.add(letter)
    this.field.compose(this.#composed)
  }

  #endComposition(): void {
    this.field.endComposition()
    this.#composed = ''
    this.#look()
  }

  /** Takes back and gives back what we did, and nothing of others. */
  #takeBack(which: 'undo' | 'redo'): void {
    const { list } = this.bench
    const { undoLabel, redoLabel } = list.undoState.getSnapshot()
    if ((which === 'undo' ? undoLabel : redoLabel) !== 'Edit notes') return
    const before = new Set(this.#text())
    this.field.press(which === 'undo' ? 'z' : 'y', { ctrlKey: true })
    const after = new Set(this.#text())
    for (const letter of without(before, after)) {
      expect(this.#ours).toContain(letter)
      this.#erased.add(letter)
    }
    for (const letter of without(after, before)) {
      expect(this.#erased).toContain(letter)
      this.#erased.delete(letter)
      this.#restored.add(letter)
    }
    this.#look()
  }

  #eraseSelected(): void {
    const { value, selectionStart, selectionEnd } = this.field
    for (const letter of value.slice(selectionStart, selectionEnd)) this.#gone(letter)
  }

  #gone(letter: string): void {
    this.#ours.add(letter)
    this.#erased.add(letter)
  }

  #look(): void {
    const { value, selectionStart, selectionEnd } = this.field
    const left = [...value.slice(0, selectionStart)].at(-1) ?? ''
    const [right = ''] = value.slice(selectionEnd)
    this.#gap = { left, selected: value.slice(selectionStart, selectionEnd), right }
  }

  #expectGap(): void {
    const { value, selectionStart, selectionEnd } = this.field
    const { left, selected, right } = this.#gap
    const [before, after] = [value.slice(0, selectionStart), value.slice(selectionEnd)]
    expect(before.includes(left), 'the letter before the caret').toBe(value.includes(left))
    expect(after.includes(right), 'the letter behind the caret').toBe(value.includes(right))
    for (const letter of selected) expect(before + after, 'what is selected').not.toContain(letter)
  }

  #text(): string {
    return this.bench.list.items.notes(this.#id).getSnapshot()
  }

  #remote(): Y.Text {
    return this.bench.server.doc.getText(noteRoot(this.#id))
  }

  /** Of one and of two units. */
  #letters(count: number): string {
    const fresh = Array.from({ length: count }, () => {
      this.#nextLetter += 1
      return String.fromCodePoint(this.#nextLetter % 5 === 0 ? 0x20000 + this.#nextLetter : this.#nextLetter)
    })
    for (const letter of fresh) this.#written.add(letter)
    return fresh.join('')
  }
}

function without(all: ReadonlySet<string>, some: ReadonlySet<string>): string[] {
  return [...all].filter((letter) => !some.has(letter))
}

function lengthOf(letters: readonly string[]): number {
  return letters.join('').length
}
