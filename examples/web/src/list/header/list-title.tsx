import type { List } from '@tandem/client-sdk'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { useWords } from '../../words/use-words.ts'
import { NameField } from '../sections/name-field.tsx'

/** The list's name, renamed in its place. */
export function ListTitle({ list }: { list: List }) {
  const words = useWords().list
  const { title } = useValue(list.info)
  const can = useCan(list)
  const [isRenaming, setRenaming] = useState(false)
  if (isRenaming && can.edit)
    return (
      <NameField
        label={words.nameOfList}
        before={title}
        onClose={(name) => {
          if (name !== null && name !== title) list.rename(name)
          setRenaming(false)
        }}
      />
    )
  const shown = title === '' ? '…' : title
  return (
    <h1>
      {can.edit ? (
        <button
          type="button"
          className="heading"
          title={words.renameList(title)}
          onClick={() => setRenaming(true)}
        >
          <bdi>{shown}</bdi>
        </button>
      ) : (
        <bdi>{shown}</bdi>
      )}
    </h1>
  )
}
