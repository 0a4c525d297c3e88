import type { Caret, List, TextHandle } from '@tandem/client-sdk'
import { changeBetween, changesAfter, positionAfter, type TextChange } from './text-change.ts'
import { directionOf } from './text-direction.ts'

export interface NotesFieldHost {
  readonly list: List
  readonly itemId: string
  readonly field: HTMLTextAreaElement
  /** Told of everything that is typed: whether it was more than notes hold, and is out of the field again. */
  readonly typed: (isTooLong: boolean) => void
}

/** What is selected, by its letters, and where the field had it then. */
interface Selection {
  readonly start: string
  readonly end: string
  readonly from: number
  readonly to: number
}

/**
 * Keeps a text field and an item's notes the same, both ways: what is typed goes to the list as the one stretch that changed, what others
 * type comes into the field around the caret.
 *
 * While an input method composes a word, the field belongs to it: others' words wait outside, and once they do, so do ours inside.
 */
export class NotesField {
  readonly #host: NotesFieldHost
  readonly #notes: TextHandle
  readonly #ending = new AbortController()
  readonly #stop: () => void
  /** What the field and the list agreed on last. */
  #agreed: string
  /** What others did since, one after the other: a single change from then to now would say nothing of what stayed in between. */
  #waiting: TextChange[] = []
  /** The list's text after all of that, and where the caret of before is in it. */
  #seen: string
  #seenCaret: number | null = null
  #isComposing = false
  #isWriting = false
  #ended = 0
  #selection: Selection | null = null

  constructor(host: NotesFieldHost) {
    this.#host = host
    this.#notes = host.list.items.notes(host.itemId)
    this.#agreed = asShown(this.#notes.getSnapshot())
    this.#seen = this.#agreed
    host.field.value = this.#agreed
    this.#stop = this.#notes.subscribe(() => this.#heard())
    this.#listen()
    this.#fit()
  }

  dispose(): void {
    this.#composed()
    this.#ending.abort()
    this.#stop()
    if (this.#selection !== null) this.#host.list.presence.set({ caret: null })
  }

  #listen(): void {
    const { field, list } = this.#host
    const { signal } = this.#ending
    field.addEventListener('input', () => this.#typed(), { signal })
    field.addEventListener('compositionstart', () => this.#composes(true), { signal })
    field.addEventListener('compositionend', () => this.#composes(false), { signal })
    field.addEventListener('pointerdown', () => this.#settle(), { signal })
    field.addEventListener('blur', () => this.#left(), { signal })
    document.addEventListener('selectionchange', () => this.#selected(), { signal })
    // The browser's own undo knows nothing of what others typed in between.
    field.addEventListener(
      'beforeinput',
      (event) => {
        if (!event.inputType.startsWith('history')) return
        event.preventDefault()
        if (event.inputType === 'historyUndo') list.undo()
        else list.redo()
      },
      { signal },
    )
    field.addEventListener(
      'keydown',
      (event) => {
        if (!event.isComposing) this.#settle()
        const move = undoMove(event)
        if (move === null || event.isComposing || field.readOnly) return
        event.preventDefault()
        if (move === 'undo') list.undo()
        else list.redo()
      },
      { signal },
    )
  }

  /**
   * The browser ends a composition by putting the caret behind it, after it has said so: until then the field is its. It has done so at the
   * next touch of a key, which may come before any timer.
   */
  #composes(isComposing: boolean): void {
    clearTimeout(this.#ended)
    this.#ended = 0
    if (isComposing && !this.#isComposing) {
      this.#remember()
      this.#isComposing = true
    } else if (!isComposing) this.#ended = window.setTimeout(() => this.#composed())
  }

  #settle(): void {
    if (this.#ended !== 0) this.#composed()
  }

  #composed(): void {
    clearTimeout(this.#ended)
    this.#ended = 0
    this.#isComposing = false
    this.#typed()
  }

  /** The field says something else than was agreed: to the list with it, merged with what came meanwhile. */
  #typed(): void {
    const { field } = this.#host
    if (this.#isComposing && this.#waiting.length > 0) return
    const mine = changeBetween(this.#agreed, field.value, field.selectionEnd)
    if (mine === null) {
      this.#show()
      return
    }
    // The caret is where it was typed, and no longer where it was before.
    this.#selection = null
    const isBehind = field.selectionEnd === mine.at + mine.inserted.length
    const at = this.#waiting.reduce((place, other) => positionAfter(other, place), mine.at)
    const caret = this.#waiting.length > 0 && isBehind ? at + mine.inserted.length : null
    const isWritten = this.#write(changesAfter(mine, this.#waiting))
    this.#fit()
    this.#show()
    // With others' words on both sides of it the browser has lost its place.
    if (isWritten && caret !== null && this.#isHere()) field.setSelectionRange(caret, caret)
    this.#remember()
  }

  /** False: it is more than notes hold. */
  #write(changes: readonly TextChange[]): boolean {
    const { list, typed } = this.#host
    const notes = this.#notes
    const steps: (() => void)[] = []
    // Lines end in one way in a field, whatever another program wrote.
    const read = notes.getSnapshot()
    if (read !== asShown(read)) steps.push(() => notes.replace(asShown(read)))
    for (const { at, removed, inserted } of changes) {
      if (removed > 0) steps.push(() => notes.delete(at, removed))
      if (inserted !== '') steps.push(() => notes.insert(at, inserted))
    }
    // What the list says halfway is for nobody.
    this.#isWriting = true
    try {
      if (steps.length === 1) steps[0]?.()
      else list.transact('Edit notes', () => steps.forEach((step) => void step()))
      typed(false)
      return true
    } catch {
      typed(true)
      return false
    } finally {
      this.#isWriting = false
    }
  }

  #heard(): void {
    if (this.#isWriting) return
    if (!this.#isComposing) {
      this.#show()
      return
    }
    const text = this.#shown()
    const before = this.#seen
    // What changed before the caret and what changed behind it are never one stretch, also when they come at once.
    const caret = this.#selection === null ? null : this.#notes.find(this.#selection.end)
    const known = this.#waiting.length === 0 ? (this.#selection?.to ?? null) : this.#seenCaret
    const [was, is] = known === null || caret === null ? [0, 0] : [known, caret]
    const first = changeBetween(before.slice(0, was), text.slice(0, is))
    if (first !== null) this.#waiting.push(first)
    const second = changeBetween(before.slice(was), text.slice(is))
    if (second !== null) this.#waiting.push({ ...second, at: second.at + is })
    this.#seen = text
    this.#seenCaret = known === null ? null : caret
  }

  /** The list says something else than the field: into the field with it, and the selection stays on the letters it was on. */
  #show(): void {
    const { field } = this.#host
    const text = this.#shown()
    this.#agreed = text
    this.#seen = text
    this.#waiting = []
    const change = changeBetween(field.value, text)
    if (change === null) return
    // The browser says a while later that a caret was moved. Until it has, where it was before is where nobody wants it.
    const { selectionStart, selectionEnd } = field
    if (selectionStart !== this.#selection?.from || selectionEnd !== this.#selection.to)
      this.#selection = null
    field.setRangeText(change.inserted, change.at, change.at + change.removed, 'preserve')
    // A caret within what reads differently would become a selection of it, and the next letter would take its place.
    if (selectionStart === selectionEnd) field.setSelectionRange(field.selectionStart, field.selectionStart)
    this.#select()
    this.#fit()
  }

  #select(): void {
    const { field } = this.#host
    if (this.#selection === null) return
    const from = this.#notes.find(this.#selection.start)
    const end = this.#notes.find(this.#selection.end)
    if (from === null || end === null) return
    const to = Math.max(from, end)
    if (field.selectionStart !== from || field.selectionEnd !== to)
      field.setSelectionRange(from, to, field.selectionDirection)
    this.#selection = { ...this.#selection, from, to }
  }

  #selected(): void {
    if (this.#isHere() && !this.#isComposing) this.#remember()
  }

  /** By letters and not by numbers, for ourselves and for the others who draw our caret. */
  #remember(): void {
    const { field, list, itemId } = this.#host
    if (!this.#isHere() || field.value !== this.#notes.getSnapshot()) return
    const { selectionStart, selectionEnd, selectionDirection } = field
    const isRange = selectionStart < selectionEnd
    const start = this.#notes.anchor(selectionStart, isRange ? 'after' : 'before')
    const end = isRange ? this.#notes.anchor(selectionEnd) : start
    this.#selection = { start, end, from: selectionStart, to: selectionEnd }
    if (field.readOnly) return
    const [at, from] = selectionDirection === 'backward' ? [start, end] : [end, start]
    const caret: Caret = isRange ? { item: itemId, at, from } : { item: itemId, at }
    list.presence.set({ caret })
  }

  #isHere(): boolean {
    return document.activeElement === this.#host.field
  }

  #left(): void {
    this.#composed()
    this.#selection = null
    this.#host.list.presence.set({ caret: null })
  }

  #shown(): string {
    return asShown(this.#notes.getSnapshot())
  }

  #fit(): void {
    this.#host.field.dir = directionOf(this.#host.field.value)
    // Where styles alone cannot.
    if (CSS.supports('field-sizing', 'content')) return
    const { field } = this.#host
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  }
}

/** As a field gives it back: with one kind of line end. */
export function asShown(notes: string): string {
  return notes.includes('\r') ? notes.replaceAll(/\r\n?/g, '\n') : notes
}

function undoMove(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && event.ctrlKey ? 'redo' : null
}
