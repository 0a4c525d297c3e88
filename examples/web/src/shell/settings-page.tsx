import { type ReactNode, useId } from 'react'
import { Account } from '../session/account.tsx'
import { ShowMeSwitch } from '../together/show-me-switch.tsx'
import { useWords } from '../words/use-words.ts'
import { AppearanceSetting, LanguageSetting } from './look-settings.tsx'
import { Page } from './page.tsx'
import { setSingleKeys, useSingleKeys } from './shortcuts.ts'
import { StorageUse } from './storage-use.tsx'
import { openHelp } from './windows.ts'
import './settings.css'

/** What a person can decide about this app on this device, and their account. */
export function SettingsPage() {
  const words = useWords()
  const { settings } = words.shell
  const hasSingleKeys = useSingleKeys()
  return (
    <Page title={settings.title} className="settings">
      <h1>{settings.title}</h1>
      <Group title={words.session.account}>
        <Account />
      </Group>
      <Group title={settings.look}>
        <LanguageSetting />
        <AppearanceSetting />
      </Group>
      <Group title={words.together.seenByOthers}>
        <ShowMeSwitch />
      </Group>
      <Group title={settings.keyboard}>
        <label>
          <input
            type="checkbox"
            checked={hasSingleKeys}
            onChange={(event) => setSingleKeys(event.target.checked)}
          />
          <span>{settings.singleKeys}</span>
        </label>
        <p className="muted small">{settings.singleKeysWhy}</p>
        <div>
          <button type="button" onClick={openHelp}>
            {settings.showKeys}
          </button>
        </div>
      </Group>
      <Group title={settings.storage}>
        <StorageUse />
      </Group>
      <Group title={settings.about}>
        <p className="muted">{settings.aboutText}</p>
        <p>
          <a className="alone" href="/docs">
            {settings.api}
          </a>
        </p>
      </Group>
    </Page>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="setting-group">
      <h2 id={id}>{title}</h2>
      <div className="stack">{children}</div>
    </section>
  )
}
