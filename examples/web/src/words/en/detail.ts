export const detail = {}
