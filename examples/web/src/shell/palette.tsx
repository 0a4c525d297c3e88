import { Dialog } from '../ui/dialog.tsx'
import { useWords } from '../words/use-words.ts'

export function Palette({ onClose }: { onClose: () => void }) {
  const words = useWords().shell
  return (
    <Dialog title={words.palette} closeWords={words.close} onClose={onClose}>
      {null}
    </Dialog>
  )
}
