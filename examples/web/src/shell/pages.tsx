import { lazy, Suspense } from 'react'
import { JoinAsSelf } from '../join/join-as.tsx'
import { ListPage } from '../list/list-page.tsx'
import { Overview } from '../lists/overview.tsx'
import { useMe } from '../session/me.ts'
import { chunks } from './chunks.ts'
import { useRoute } from './route.ts'
import { UnknownPage } from './unknown-page.tsx'

const TodayPage = lazy(chunks.today)
const AssignedPage = lazy(chunks.assigned)
const TrashPage = lazy(chunks.trash)
const SearchPage = lazy(chunks.search)
const SettingsPage = lazy(chunks.settings)

/** The page of the address. The overview and lists come with the first load: they are what people open. */
export function Pages() {
  const me = useMe()
  const route = useRoute()
  switch (route.page) {
    case 'lists':
      return <Overview />
    case 'list':
      return <ListPage key={route.id} id={route.id} />
    case 'join':
      return <JoinAsSelf user={me} />
    case 'unknown':
      return <UnknownPage />
    default:
      return (
        <Suspense>
          {route.page === 'today' && <TodayPage />}
          {route.page === 'assigned' && <AssignedPage />}
          {route.page === 'trash' && <TrashPage />}
          {route.page === 'search' && <SearchPage />}
          {route.page === 'settings' && <SettingsPage />}
        </Suspense>
      )
  }
}
