/** How near to the edge of the window a dragged row makes it scroll. */
const EDGE_PX = 72
const MOST_PX = 18

/** How far the page scrolls in the next frame: the nearer to the edge, the faster; below zero is up. */
export function scrollSpeed(y: number, height: number): number {
  const depth = y < EDGE_PX ? y - EDGE_PX : Math.max(0, y - (height - EDGE_PX))
  const share = Math.max(-1, Math.min(1, depth / EDGE_PX))
  return Math.round(share * MOST_PX)
}
