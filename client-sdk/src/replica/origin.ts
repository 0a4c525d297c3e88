/** Where a transaction on a list's document came from. Only `here` is a person at this screen. */
export const ORIGIN = {
  here: 'here',
  server: 'server',
  device: 'device',
  tab: 'tab',
  repair: 'repair',
} as const

export type Origin = (typeof ORIGIN)[keyof typeof ORIGIN]
