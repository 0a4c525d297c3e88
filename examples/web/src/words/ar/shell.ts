import type { shell as En } from '../en/shell.ts'

export const shell: typeof En = {
  notices: 'إشعارات',
  close: 'إغلاق',
  closeNotice: 'إغلاق هذا الإشعار',
}
