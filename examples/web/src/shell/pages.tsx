import { useMe } from '../session/me.ts'
import {
  AssignedPage,
  JoinAsSelf,
  ListPage,
  Overview,
  SearchPage,
  SettingsPage,
  TodayPage,
  TrashPage,
  UnknownPage,
} from './parts.ts'
import { useRoute } from './route.ts'

/** The page of the address. */
export function Pages() {
  const me = useMe()
  const route = useRoute()
  switch (route.page) {
    case 'lists':
      return <Overview />
    case 'list':
      return <ListPage key={route.id} id={route.id} />
    case 'today':
      return <TodayPage />
    case 'assigned':
      return <AssignedPage />
    case 'trash':
      return <TrashPage />
    case 'search':
      return <SearchPage />
    case 'settings':
      return <SettingsPage />
    case 'join':
      return <JoinAsSelf user={me} />
    case 'unknown':
      return <UnknownPage />
  }
}
