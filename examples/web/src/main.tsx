import './shell/storages.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/print.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { takeLink } from './join/link-in-address.ts'
import { App } from './shell/app.tsx'
import { startAppearance } from './shell/appearance.ts'
import { loadPage } from './shell/parts.ts'
import { keepPlaces } from './shell/places.ts'
import { addressNow, routeOf } from './shell/route.ts'
import { watchInstall } from './state/install.ts'
import { startServiceWorker } from './state/service-worker.ts'
import { startLanguage } from './words/use-words.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
// Before anything else can look at the address.
takeLink()
loadPage(routeOf(addressNow()))
keepPlaces()
watchInstall()
startAppearance()
// Not awaited at the top: a language's file needs this one to be read to its end, and each would wait for the other.
void startLanguage().then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
)

// Only a build has files worth keeping; in development they change under the worker.
if (import.meta.env.PROD) void startServiceWorker()
