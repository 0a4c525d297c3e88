/**
 * A text field in the test's hand. As in a browser, that a caret was moved is said a while later, and that a composition ended is said
 * before the caret is put behind it.
 */
export class FakeTextField extends EventTarget {
  readonly page = new FakePage(this)
  readOnly = false
  dir = ''
  selectionStart = 0
  selectionEnd = 0
  selectionDirection = 'none'
  #value = ''
  #composed: { readonly at: number; readonly length: number } | null = null

  get value(): string {
    return this.#value
  }

  set value(text: string) {
    this.#value = text
    this.#select(text.length, text.length)
  }

  get isComposing(): boolean {
    return this.#composed !== null
  }

  setRangeText(inserted: string, start: number, end: number, mode: string): void {
    if (mode !== 'preserve') throw new Error('Only what the app uses is here.')
    const grown = inserted.length - (end - start)
    const kept = (at: number, inside: number) => {
      if (at > end) return at + grown
      return at > start ? inside : at
    }
    const [from, to] = [kept(this.selectionStart, start), kept(this.selectionEnd, start + inserted.length)]
    this.#value = this.#value.slice(0, start) + inserted + this.#value.slice(end)
    this.#select(from, to)
  }

  setSelectionRange(start: number, end: number, direction = 'none'): void {
    this.#select(Math.min(start, this.#value.length), Math.min(end, this.#value.length), direction)
  }

  press(key: string, modifiers: { readonly ctrlKey?: boolean } = {}): void {
    this.dispatchEvent(
      Object.assign(new Event('keydown'), { key, isComposing: this.isComposing, ...modifiers }),
    )
  }

  touch(start: number, end: number): void {
    this.dispatchEvent(new Event('pointerdown'))
    this.#select(start, end)
  }

  /** What a keyboard does: what is selected gives way. */
  type(text: string): void {
    this.press(text)
    this.#put(this.selectionStart, this.selectionEnd, text)
    this.dispatchEvent(new Event('input'))
  }

  backspace(): void {
    this.press('Backspace')
    const before = [...this.#value.slice(0, this.selectionStart)].at(-1) ?? ''
    const isRange = this.selectionStart < this.selectionEnd
    this.#put(this.selectionStart - (isRange ? 0 : before.length), this.selectionEnd, '')
    this.dispatchEvent(new Event('input'))
  }

  /** What an input method does with each key, until `endComposition`. */
  compose(text: string): void {
    this.press('Process')
    if (this.#composed === null) {
      this.dispatchEvent(new Event('compositionstart'))
      this.#composed = { at: this.selectionStart, length: this.selectionEnd - this.selectionStart }
    }
    const { at, length } = this.#composed
    this.#put(at, at + length, text)
    this.#composed = { at, length: text.length }
    this.dispatchEvent(new Event('input'))
  }

  endComposition(): void {
    if (this.#composed === null) return
    const { at, length } = this.#composed
    this.#composed = null
    this.dispatchEvent(new Event('compositionend'))
    this.#select(at + length, at + length)
  }

  #put(from: number, to: number, text: string): void {
    this.#value = this.#value.slice(0, from) + text + this.#value.slice(to)
    this.#select(from + text.length, from + text.length)
  }

  #select(from: number, to: number, direction = 'none'): void {
    this.selectionStart = from
    this.selectionEnd = to
    this.selectionDirection = direction
    this.page.selectionMoved()
  }
}

/** The document and the timers around the field. */
class FakePage extends EventTarget {
  readonly activeElement: FakeTextField
  #timers: { readonly id: number; readonly run: () => void }[] = []
  #lastId = 0
  #isSelectionSaid = true

  constructor(field: FakeTextField) {
    super()
    this.activeElement = field
  }

  selectionMoved(): void {
    this.#isSelectionSaid = false
  }

  setTimeout(run: () => void): number {
    this.#lastId += 1
    this.#timers.push({ id: this.#lastId, run })
    return this.#lastId
  }

  clearTimeout(id: number): void {
    this.#timers = this.#timers.filter((timer) => timer.id !== id)
  }

  saySelection(): void {
    if (this.#isSelectionSaid) return
    this.#isSelectionSaid = true
    this.dispatchEvent(new Event('selectionchange'))
  }

  /** The browser has time for what it put off. */
  catchUp(): void {
    while (!this.#isSelectionSaid || this.#timers.length > 0) {
      this.saySelection()
      const timers = this.#timers
      this.#timers = []
      for (const { run } of timers) run()
    }
  }
}
