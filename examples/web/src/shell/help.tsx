import { Dialog } from '../ui/dialog.tsx'
import { useWords } from '../words/use-words.ts'

export function Help({ onClose }: { onClose: () => void }) {
  const words = useWords().shell
  return (
    <Dialog title={words.keys.help} closeWords={words.close} onClose={onClose}>
      {null}
    </Dialog>
  )
}
