import type { shell as En } from '../en/shell.ts'

export const shell: typeof En = {
  notices: 'Hinweise',
  close: 'Schließen',
  closeNotice: 'Diesen Hinweis schließen',
}
