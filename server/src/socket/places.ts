/** How many sockets are open from each place on the network, up to a limit. */
export class Places {
  private readonly openAt = new Map<string, number>()
  private readonly mostAtOne: number

  constructor(mostAtOne: number) {
    this.mostAtOne = mostAtOne
  }

  isFull(place: string): boolean {
    return (this.openAt.get(place) ?? 0) >= this.mostAtOne
  }

  entered(place: string): void {
    this.openAt.set(place, (this.openAt.get(place) ?? 0) + 1)
  }

  left(place: string): void {
    const others = (this.openAt.get(place) ?? 0) - 1
    if (others > 0) this.openAt.set(place, others)
    else this.openAt.delete(place)
  }
}
