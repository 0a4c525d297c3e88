/**
 * How much work an update may cause in Yjs, counted in steps of about 100 ns.
 *
 * Yjs walks over everything that was written concurrently at the same spot. Honest updates meet a handful of such structs;
 * a crafted one of 1 MB can make it walk thousands of millions, which would stop the process for minutes. The gate counts
 * beforehand, cheaply and never too little, and refuses what would be too much.
 */
export class WorkBudget {
  #stepsLeft: number

  /** A client that heals a damaged list sends much of its history at once. */
  constructor(isHealing: boolean) {
    this.#stepsLeft = isHealing ? 10 * MAX_STEPS : MAX_STEPS
  }

  spend(steps: number): void {
    this.#stepsLeft -= steps
  }

  get isSpent(): boolean {
    return this.#stepsLeft < 0
  }
}

/** A third of a second at worst. Honest updates meet what others wrote at the same spot while they were apart: dozens. */
const MAX_STEPS = 1_000_000
