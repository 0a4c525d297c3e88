import { createContext, createElement, type ReactElement, type ReactNode, useContext } from 'react'
import type { Client } from '../types.ts'

const ClientContext = createContext<Client | null>(null)

/** Makes a client available to everything below it. Does not close it: whoever created it does. */
export function ClientProvider(props: {
  readonly client: Client
  readonly children?: ReactNode
}): ReactElement {
  return createElement(ClientContext.Provider, { value: props.client }, props.children)
}

/** The client of the nearest `ClientProvider`; throws when there is none, because nothing below could work. */
export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('useClient needs a <ClientProvider client={…}> above it.')
  return client
}
