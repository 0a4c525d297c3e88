export const together = {}
