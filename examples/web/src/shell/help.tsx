import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import { useWords } from '../words/use-words.ts'
import { type KeyGroup, SHORTCUTS } from './shortcut-table.ts'
import { setSingleKeys, useSingleKeys } from './shortcuts.ts'
import './help.css'

const GROUPS: readonly KeyGroup[] = ['everywhere', 'go', 'add', 'rows', 'fields', 'order']

/** Every key of the app. */
export function Help({ onClose }: { onClose: () => void }) {
  const words = useWords().shell
  const hasSingleKeys = useSingleKeys()
  return (
    <Dialog title={words.help.title} closeWords={words.close} onClose={onClose}>
      {!hasSingleKeys && (
        <div className="notice">
          <p>{words.help.singleKeysOff}</p>
          <div>
            <button type="button" onClick={() => setSingleKeys(true)}>
              {words.help.turnOn}
            </button>
          </div>
        </div>
      )}
      <div className="help">
        {GROUPS.map((group) => (
          <section key={group} aria-labelledby={`keys-${group}`}>
            <h3 id={`keys-${group}`}>{words.keyGroups[group]}</h3>
            <dl>
              {SHORTCUTS.filter((shortcut) => shortcut.group === group).map((shortcut) => (
                <div key={shortcut.words}>
                  <dt>{words.keys[shortcut.words]}</dt>
                  <dd>
                    <span className="only-read">{spoken(shortcut.keys, shortcut.or, words.help.or)}</span>
                    <Keys keys={shortcut.keys} />
                    {shortcut.or !== undefined && (
                      <>
                        <span aria-hidden className="muted small">
                          {words.help.or}
                        </span>
                        <Keys keys={shortcut.or} />
                      </>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function spoken(keys: readonly string[], or: readonly string[] | undefined, between: string): string {
  const first = keys.join(' ').replace('$mod', 'Ctrl')
  return or === undefined ? first : `${first} ${between} ${or.join(' ').replace('$mod', 'Ctrl')}`
}
