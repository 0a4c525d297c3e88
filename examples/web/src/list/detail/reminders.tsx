/** Says that a reminder has fallen due while the app is open. Draws nothing itself. */
export function Reminders() {
  return null
}
