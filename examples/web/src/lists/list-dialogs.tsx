/** The questions that the menus of lists ask. Mounted once, above all pages. */
export function ListDialogs() {
  return null
}
