const isApple = /Mac|iP(hone|ad|od)/.test(navigator.platform)

/** How keys are printed. Everything else is printed as it is. */
const SIGNS: Readonly<Record<string, string>> = {
  $mod: isApple ? '⌘' : 'Ctrl',
  Alt: isApple ? '⌥' : 'Alt',
  Shift: isApple ? '⇧' : 'Shift',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Delete: 'Del',
}

/** Keys as they are pressed, one after the other: `['g', 't']`, `['$mod+K']`. For eyes; what they do stands beside them. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className="keys" dir="ltr" aria-hidden>
      {keys.map((press) => (
        <kbd key={press}>{spelled(press)}</kbd>
      ))}
    </span>
  )
}

/** `$mod+Shift+Z` as this device's keyboard has it: `Ctrl+Shift+Z`, `⌘⇧Z`. */
export function spelled(press: string): string {
  const signs = press.split('+').map((key) => SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key))
  return signs.join(isApple ? '' : '+')
}
