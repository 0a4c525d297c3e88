/** Settings of this device, whoever sits at it. */
const OF_THE_DEVICE =
  /^tandem:(?:appearance|language|single-keys|hidden|visits|visit-counted|has-shared|install-declined|asked-to-keep)$/

/** Takes away what somebody was typing, has folded and was reminded of: whoever signs in next at this browser must not find it. */
export function forgetTraces(): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) {
      if (key.startsWith('tandem:') && !OF_THE_DEVICE.test(key)) storage.removeItem(key)
    }
  }
}
