import type { Item, List } from '@tandem/client-sdk'
import { formatRecurrence } from '@tandem/client-sdk/model'
import { Repeat } from 'lucide-react'
import { useState } from 'react'
import { useLanguage, useWords } from '../../words/use-words.ts'
import { firstDay } from '../add/add-parsed.ts'
import { Field } from './field.tsx'
import { RepeatEditor } from './repeat-editor.tsx'
import { presets, readRule, ruleOf } from './repeat-presets.ts'
import { repeatWords } from './repeat-words.ts'
import { useToday } from './use-now.ts'

interface Props {
  readonly list: List
  readonly item: Item
  readonly canEdit: boolean
}

const CUSTOM = 'custom'

/** How often it comes back: the usual in a menu, everything else behind "Something else". */
export function RepeatField({ list, item, canEdit }: Props) {
  const words = useWords()
  const { tag } = useLanguage()
  const today = useToday()
  const [isCustom, setCustom] = useState(false)
  const date = item.due?.date ?? today
  const usual = presets(date)
  const rule = readRule(item.repeat)
  const say = (text: string): string => sentence(repeatWords(text, today, { words, tag }), tag)

  function set(repeat: string | null): void {
    const next = readRule(repeat)
    // Without a day there is nothing to count from.
    const due = item.due === null && next !== null ? { date: firstDay(next, today) } : item.due
    list.items.update(item.id, { repeat, due })
  }

  if (!canEdit) {
    return (
      <Field icon={<Repeat aria-hidden />} label={words.detail.repeat}>
        {(id) => (
          <output id={id}>{item.repeat === null ? words.detail.repeatNever : say(item.repeat)}</output>
        )}
      </Field>
    )
  }
  return (
    <>
      <Field icon={<Repeat aria-hidden />} label={words.detail.repeat}>
        {(id) => (
          <select
            id={id}
            className="live"
            value={isCustom ? CUSTOM : (item.repeat ?? '')}
            onChange={({ target }) => {
              setCustom(target.value === CUSTOM)
              if (target.value !== CUSTOM) set(target.value === '' ? null : target.value)
              else if (rule === null) set(formatRecurrence(ruleOf({ frequency: 'WEEKLY', interval: 2 })))
            }}
          >
            <option value="">{words.detail.repeatNever}</option>
            {usual.map((text) => (
              <option key={text} value={text}>
                {say(text)}
              </option>
            ))}
            {item.repeat !== null && !usual.includes(item.repeat) && (
              <option value={item.repeat}>{say(item.repeat)}</option>
            )}
            <option value={CUSTOM}>{words.detail.repeatCustom}</option>
          </select>
        )}
      </Field>
      {isCustom && rule !== null && (
        <RepeatEditor
          rule={rule}
          date={date}
          onRule={(next) => set(formatRecurrence(next))}
          said={say(formatRecurrence(rule))}
        />
      )}
    </>
  )
}

function sentence(text: string, tag: string): string {
  return text.slice(0, 1).toLocaleUpperCase(tag) + text.slice(1)
}
