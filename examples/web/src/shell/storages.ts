/**
 * Browsers that block the data of sites throw at the very name `localStorage`. What is remembered there (language, folds, a draft) is
 * a comfort, and no reason to show nothing: it is then remembered until the page is closed.
 */
for (const name of ['localStorage', 'sessionStorage'] as const) {
  try {
    void window[name].length
  } catch {
    Object.defineProperty(window, name, { value: untilClosed() })
  }
}

function untilClosed(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, String(value)),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  }
}
