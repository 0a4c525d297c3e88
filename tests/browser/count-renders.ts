/** What of a React fiber is read here; the app is not built for being counted, so this listens where React's own tools do. */
interface Fiber {
  readonly memoizedProps: { readonly id?: unknown; readonly totalCount?: unknown } | null
  readonly flags: number
  readonly child: Fiber | null
  readonly sibling: Fiber | null
  readonly alternate: Fiber | null
}

declare global {
  interface Window {
    /** Ids of the rows that React has rendered since it was cleared. */
    rendered: Set<string>
  }
}

/** To be run before the page's own script: notes each row whose component React calls. */
export function countRenders(): void {
  const rendered = new Set<string>()
  window.rendered = rendered
  const note = (fiber: Fiber): void => {
    const { id, totalCount } = fiber.memoizedProps ?? {}
    if (typeof id === 'string' && totalCount !== undefined) rendered.add(id)
  }
  const visit = (fiber: Fiber): void => {
    const before = fiber.alternate
    // React marks with 1 what it called; what is new was called in any case.
    if (before === null || (fiber.flags & 1) === 1) note(fiber)
    if (before !== null && before.child === fiber.child) return
    for (let child = fiber.child; child !== null; child = child.sibling) visit(child)
  }
  const tools = {
    supportsFiber: true,
    renderers: new Map(),
    inject: () => 1,
    checkDCE: () => {},
    onCommitFiberUnmount: () => {},
    onPostCommitFiberRoot: () => {},
    onCommitFiberRoot: (_: number, root: { readonly current: Fiber }) => visit(root.current),
  }
  Object.defineProperty(window, '__REACT_DEVTOOLS_GLOBAL_HOOK__', { value: tools })
}
