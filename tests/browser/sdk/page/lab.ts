/** The page of these tests: the smallest app on the public SDK that shows one list. What it is to show is in the address, after `#`. */
import * as sdk from '@tandem/client-sdk'
import { storage } from './broken-storage.ts'

export interface LabOptions {
  readonly url: string
  readonly listId: string
  /** Without one, `getToken` rejects, as it does where there is no network. */
  readonly token?: string
  /** The device's storage cannot be opened until it is healed. */
  readonly isStorageLocked?: boolean
}

/** What a person could have seen at one moment. */
export interface Seen {
  /** Milliseconds since the page was opened. */
  readonly at: number
  readonly state: sdk.Status['state']
  readonly titles: readonly string[]
}

export interface Lab {
  readonly client: sdk.Client
  readonly list: sdk.List
  /** One entry for everything the page has shown, oldest first. */
  readonly seen: readonly Seen[]
  /** Codes of what `onError` heard. */
  readonly reported: readonly string[]
}

declare global {
  interface Window {
    sdk: typeof sdk
    lab: Lab
    storage: typeof storage
  }
}

function startLab(options: LabOptions): Lab {
  const reported: string[] = []
  const seen: Seen[] = []
  const { token } = options
  if (options.isStorageLocked === true) storage.breakOpening()
  const client = sdk.createClient({
    url: options.url,
    ...(token === undefined ? { getToken: () => Promise.reject(new Error('no network')) } : { token }),
    onError: (error) => reported.push(error.code),
  })
  const list = client.lists.open(options.listId)
  const all = list.items.select({}, (items) => items)

  const show = (): void => {
    const items = all.getSnapshot()
    const { state } = list.status.getSnapshot()
    seen.push({ at: performance.now(), state, titles: items.map((item) => item.title) })
    byId('status').textContent = state
    byId('items').replaceChildren(...items.map((item) => row(list, item)))
  }
  all.subscribe(show)
  list.status.subscribe(show)
  show()
  return { client, list, seen, reported }
}

function row(list: sdk.List, item: sdk.Item): HTMLElement {
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.checked = item.done
  box.ariaLabel = item.title
  box.addEventListener('change', () => list.items.toggle(item.id))
  const element = document.createElement('li')
  element.append(box, item.title)
  return element
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`The page has no #${id}`)
  return element
}

window.sdk = sdk
window.storage = storage
if (location.hash !== '')
  window.lab = startLab(JSON.parse(decodeURIComponent(location.hash.slice(1))) as LabOptions)
