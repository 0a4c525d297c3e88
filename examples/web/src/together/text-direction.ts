/** Up to here the browser finds out for each line in which direction it runs; of longer texts that costs more than a frame for every letter. */
const LINE_BY_LINE = 20_000
const STRONG = /\p{L}/u
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** In which direction a text field of many lines runs. */
export function directionOf(text: string): 'auto' | 'ltr' | 'rtl' {
  if (text.length <= LINE_BY_LINE) return 'auto'
  const [letter = ''] = STRONG.exec(text) ?? []
  return isRightToLeft(letter) ? 'rtl' : 'ltr'
}

export function isRightToLeft(letter: string): boolean {
  return RIGHT_TO_LEFT.test(letter)
}
