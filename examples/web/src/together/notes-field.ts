import type { Caret, List, TextHandle } from '@tandem/client-sdk'
import { changeAfter, changeBetween, type TextChange } from './text-change.ts'
import { directionOf } from './text-direction.ts'

export interface NotesFieldHost {
  readonly list: List
  readonly itemId: string
  readonly field: HTMLTextAreaElement
  /** Told of everything that is typed: whether it was more than notes hold, and is out of the field again. */
  readonly typed: (isTooLong: boolean) => void
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
  #isComposing = false
  #ended = 0
  #selection: { readonly start: string; readonly end: string } | null = null

  constructor(host: NotesFieldHost) {
    this.#host = host
    this.#notes = host.list.items.notes(host.itemId)
    this.#agreed = asShown(this.#notes.getSnapshot())
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
        const move = undoMove(event)
        if (move === null || event.isComposing || field.readOnly) return
        event.preventDefault()
        if (move === 'undo') list.undo()
        else list.redo()
      },
      { signal },
    )
  }

  /** The browser ends a composition by putting the caret behind it, after it has said so: until then the field is its. */
  #composes(isComposing: boolean): void {
    clearTimeout(this.#ended)
    if (isComposing) this.#isComposing = true
    else this.#ended = window.setTimeout(() => this.#composed())
  }

  #composed(): void {
    clearTimeout(this.#ended)
    this.#isComposing = false
    this.#typed()
  }

  /** The field says something else than was agreed: to the list with it, merged with what came meanwhile. */
  #typed(): void {
    const { field } = this.#host
    const theirs = changeBetween(this.#agreed, this.#shown())
    if (this.#isComposing && theirs !== null) return
    const mine = changeBetween(this.#agreed, field.value, field.selectionEnd)
    if (mine === null) {
      this.#show()
      return
    }
    // The caret is where it was typed, and no longer where it was before.
    this.#selection = null
    this.#write(theirs === null ? mine : changeAfter(mine, theirs))
    this.#fit()
    this.#show()
    this.#remember()
  }

  #write({ at, removed, inserted }: TextChange): void {
    const { list, typed } = this.#host
    const notes = this.#notes
    try {
      // Lines end in one way in a field, whatever another program wrote.
      const read = notes.getSnapshot()
      if (read !== asShown(read)) notes.replace(asShown(read))
      if (removed === 0) notes.insert(at, inserted)
      else if (inserted === '') notes.delete(at, removed)
      else {
        list.transact('Edit notes', () => {
          notes.delete(at, removed)
          notes.insert(at, inserted)
        })
      }
      typed(false)
    } catch {
      typed(true)
    }
  }

  #heard(): void {
    if (!this.#isComposing) this.#show()
  }

  /** The list says something else than the field: into the field with it, and the selection stays on the letters it was on. */
  #show(): void {
    const { field } = this.#host
    const text = this.#shown()
    this.#agreed = text
    const change = changeBetween(field.value, text)
    if (change === null) return
    field.setRangeText(change.inserted, change.at, change.at + change.removed, 'preserve')
    this.#select()
    this.#fit()
  }

  #select(): void {
    const { field } = this.#host
    if (this.#selection === null) return
    const start = this.#notes.find(this.#selection.start)
    const end = this.#notes.find(this.#selection.end)
    if (start === null || end === null) return
    if (field.selectionStart === start && field.selectionEnd === end) return
    field.setSelectionRange(start, Math.max(start, end), field.selectionDirection)
  }

  #selected(): void {
    const isHere = document.activeElement === this.#host.field
    if (isHere && !this.#isComposing) this.#remember()
  }

  /** By letters and not by numbers, for ourselves and for the others who draw our caret. */
  #remember(): void {
    const { field, list, itemId } = this.#host
    if (document.activeElement !== field || field.value !== this.#notes.getSnapshot()) return
    const { selectionStart, selectionEnd, selectionDirection } = field
    const isRange = selectionStart < selectionEnd
    const start = this.#notes.anchor(selectionStart, isRange ? 'after' : 'before')
    const end = isRange ? this.#notes.anchor(selectionEnd) : start
    this.#selection = { start, end }
    if (field.readOnly) return
    const [at, from] = selectionDirection === 'backward' ? [start, end] : [end, start]
    const caret: Caret = isRange ? { item: itemId, at, from } : { item: itemId, at }
    list.presence.set({ caret })
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
