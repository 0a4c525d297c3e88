/** Where a command talks to people; tests read what it says. */
export interface Terminal {
  /** Results, for people and pipes. */
  out(text: string): void
  /** Faults and progress, kept apart so that a pipe gets results only. */
  err(text: string): void
}
