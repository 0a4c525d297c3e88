import type { List, ShareLink } from '@tandem/client-sdk'
import { useLinks } from '@tandem/client-sdk/react'
import { Ellipsis, Link2Off, Link as LinkIcon, UserRoundMinus } from 'lucide-react'
import { useState } from 'react'
import { Ask } from '../ui/ask.tsx'
import { type MenuAction, MenuButton } from '../ui/menu.tsx'
import { Problem } from '../ui/problem.tsx'
import { useLanguage, useWords } from '../words/use-words.ts'
import type { Words } from '../words/words.ts'
import { useAction } from './use-action.ts'

/** The links that let people in now. Their addresses are not among what is known of them. */
export function WorkingLinks({ list }: { list: List }) {
  const words = useWords().sharing
  const { tag } = useLanguage()
  const links = useLinks(list)
  const { run, problem } = useAction()
  const [asked, setAsked] = useState<ShareLink | null>(null)
  if (links.length === 0) return null

  /** Asked for twice, it is done once. */
  async function switchOff({ id }: ShareLink, disconnect: boolean): Promise<void> {
    const isOn = (): boolean => list.links.getSnapshot().some((link) => link.id === id)
    await run(
      async () => isOn() && (await list.links.revoke(id, { disconnect })),
      disconnect ? words.switchOffAll : words.switchOff,
    )
  }

  const actions = (link: ShareLink) => (): MenuAction[] => [
    {
      id: 'off',
      words: words.switchOff,
      icon: <Link2Off aria-hidden />,
      run: () => void switchOff(link, false),
    },
    {
      id: 'off-and-remove',
      words: words.switchOffAll,
      icon: <UserRoundMinus aria-hidden />,
      isDanger: true,
      isDisabled: link.uses === 0,
      run: () => setAsked(link),
    },
  ]

  return (
    <>
      <ul className="people" aria-label={words.workingLinks}>
        {links.map((link) => {
          const facts = factsOf(link, words, tag)
          return (
            <li key={link.id} className="person">
              <span className="avatar hollow" aria-hidden>
                <LinkIcon />
              </span>
              <span className="grow">
                {words.roles[link.role]}
                <span className="origin">{facts}</span>
              </span>
              <MenuButton
                label={words.moreForLink(`${words.roles[link.role]}, ${facts}`)}
                icon={<Ellipsis aria-hidden />}
                actions={actions(link)}
              />
            </li>
          )
        })}
      </ul>
      <Problem text={problem} />
      {asked !== null && (
        <Ask
          title={words.switchOffAsk}
          yes={words.switchOffAll}
          no={words.cancel}
          onYes={() => void switchOff(asked, true)}
          onClose={() => setAsked(null)}
        >
          <p>{words.switchOffMeans}</p>
        </Ask>
      )}
    </>
  )
}

function factsOf(
  { uses, maxUses, expiresAt, hasPassword }: ShareLink,
  words: Words['sharing'],
  language: string,
): string {
  return [
    maxUses === null ? words.usedTimes(uses) : words.usedOf(uses, maxUses),
    expiresAt === null ? '' : words.until(new Date(expiresAt).toLocaleDateString(language)),
    hasPassword ? words.withPassword : '',
  ]
    .filter((part) => part !== '')
    .join(' · ')
}
