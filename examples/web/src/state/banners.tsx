/** What concerns the whole app and stays until it is over. Below `ClientProvider`, above every page. */
export function Banners(_: { readonly signedOut?: { readonly onSignIn: () => void } | null }) {
  return null
}
