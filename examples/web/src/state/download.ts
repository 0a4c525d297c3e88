/** Gives a person a file. Its name may be made of what they wrote: what file systems do not take is replaced. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a name
  link.download = name.replaceAll(/[\u0000-\u001f\\/:*?"<>|]/g, '_')
  link.click()
  // The browser reads it after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
