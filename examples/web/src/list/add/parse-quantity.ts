import { type Claim, TAKEN } from './parse-types.ts'

const NUMBER = String.raw`(?:\d+\s?[½¼¾⅓⅔]|[½¼¾⅓⅔]|\p{Nd}+(?:[.,٫/]\p{Nd}+)?)`
/** Short units keep their case: "5 G" is no weight. */
const UNITS = [
  'mg|g|kg|lb|lbs|oz|ml|cl|dl|l|L|cm|m|pcs|pc|EL|TL|Stk|St|Pck',
  '[Pp]ieces?|[Pp]acks?|[Pp]ackets?|[Bb]ottles?|[Cc]ans?|[Tt]ins?|[Bb]oxe?s?|[Bb]ags?|[Jj]ars?|[Cc]ups?|[Ll]it(?:er|re)s?|[Tt]bsp|[Tt]sp|[Bb]unche?s?|[Dd]ozen',
  'Stück|Packung(?:en)?|Päckchen|Flaschen?|Dosen?|Bund|Becher|Gl(?:as|äser)|Tüten?|Kisten?|Beutel|Liter|Gramm|Kilo|Pfund|Scheiben?',
  'كغم?|كجم|كيلو|غرام|جرام|غ|لتر|مل|علبة|علب|حبة|حبات|كيس|أكياس|زجاجة|زجاجات',
].join('|')
const PREFIX = new RegExp(
  `^[\\s${TAKEN}]*(${NUMBER}(?:\\s?[x×](?=[\\s${TAKEN}])|\\s?(?:${UNITS})\\.?(?=[\\s${TAKEN}])))`,
  'u',
)

/** How much or how many, at the beginning: "2x Milk", "500 g flour". A bare number is part of the name: "7 Up", "3 wise men". */
export function findQuantity(text: string): Claim[] {
  const match = PREFIX.exec(text)
  const typed = match?.[1]
  if (match === null || typed === undefined) return []
  const end = match[0].length
  const quantity = typed.replace(/\s?[x×]$/u, ' ×').trim()
  return [{ start: end - typed.length, end, token: { kind: 'quantity', quantity } }]
}
