import { useClient } from '@tandem/client-sdk/react'
import { addressNow, go, routeOf } from '../../shell/route.ts'
import { Ask } from '../../ui/ask.tsx'
import { toast } from '../../ui/toast-store.ts'
import { useWords } from '../../words/use-words.ts'
import type { ListDialogProps } from '../list-dialogs.tsx'
import { whyNot } from '../why-not.ts'

/** Gives up one's own access. */
export function LeaveDialog({ info, onClose }: ListDialogProps) {
  const client = useClient()
  const words = useWords().lists
  return (
    <Ask
      title={words.leaveTitle(info.title)}
      yes={words.leaveDo}
      no={words.cancel}
      onClose={onClose}
      onYes={() => void end(info.id, () => client.lists.leave(info.id), words.left(info.title))}
    >
      <p>{words.leaveText}</p>
    </Ask>
  )
}

/** Takes the list from everybody, for 30 days or for good. */
export function DeleteDialog({ info, onClose }: ListDialogProps) {
  const client = useClient()
  const words = useWords().lists
  const restore = {
    words: words.restore,
    run: () => void attempt(() => client.lists.restore(info.id)),
  }
  return (
    <Ask
      title={words.removeTitle(info.title)}
      yes={words.removeDo}
      no={words.cancel}
      onClose={onClose}
      onYes={() =>
        void end(info.id, () => client.lists.delete(info.id), words.removedList(info.title), restore)
      }
    >
      <p>{words.removeText}</p>
    </Ask>
  )
}

/** Lists that are being left or deleted. */
const ending = new Set<string>()

async function end(
  listId: string,
  how: () => Promise<void>,
  said: string,
  action?: { words: string; run: () => void },
): Promise<void> {
  // On a slow line nothing shows for a while, and the next press would be told that there is no such list any more.
  if (ending.has(listId)) return
  ending.add(listId)
  const isDone = await attempt(how)
  ending.delete(listId)
  if (!isDone) return
  const route = routeOf(addressNow())
  if (route.page === 'list' && route.id === listId) go({ page: 'lists' })
  toast(said, action)
}

async function attempt(how: () => Promise<void>): Promise<boolean> {
  try {
    await how()
    return true
  } catch (error) {
    toast(whyNot(error))
    return false
  }
}
