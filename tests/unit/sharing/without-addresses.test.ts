import { describe, expect, it } from 'vitest'
import { withoutAddresses } from '../../../server/src/sharing/without-addresses.ts'

describe('words of somebody’s choice in a mail', () => {
  it.each([
    ['Groceries', 'Groceries'],
    ['  Ben’s  1.5 l milk, z.B. 10:30 ', 'Ben’s 1.5 l milk, z.B. 10:30'],
    ['see https://evil.example/x', 'see …'],
    ['HTTPS://1.2.3.4', '…'],
    ['www.evil.example', '…'],
    ['(evil.example)', '…'],
    ['me@evil', '…'],
    ['mailto:x', '…'],
    ['evil．example evil。example evil․example', '… … …'],
    ['ev\u200bil\u00ad.exa\u2060mple', '…'],
    ['a\r\nBcc: x', 'a Bcc: x'],
    ['\u202eabc', 'abc'],
    ['почта.рф', '…'],
    [`${'x'.repeat(90)}`, `${'x'.repeat(80)}…`],
  ])('[SHARE-21] %j stands there as %j', (text, shown) => {
    expect(withoutAddresses(text)).toBe(shown)
  })
})
