export const shell = {
  notices: 'Notices',
  close: 'Close',
  closeNotice: 'Close this notice',
}
