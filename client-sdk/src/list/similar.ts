/** A title without what people write differently by accident: case, spaces, punctuation. Equal means "probably the same thing". */
export function plainTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .trim()
}
