import { type CalendarDate, partsOf, type Recurrence, weekdayOf } from '@tandem/client-sdk/model'
import { useId, useState } from 'react'
import { useLanguage, useWords } from '../../words/use-words.ts'
import { weekdayNames } from './due-words.ts'
import { FREQUENCIES, nthOf, withFrequency } from './repeat-presets.ts'

interface Props {
  readonly rule: Recurrence
  /** The day it is due: what "the same date" and "the same weekday" mean. */
  readonly date: CalendarDate
  readonly said: string
  readonly onRule: (rule: Recurrence) => void
}

/** Every so many days, weeks, months or years, and on which of their days. */
export function RepeatEditor({ rule, date, said, onRule }: Props) {
  const words = useWords().detail
  const unitId = useId()
  const countId = useId()
  const [typing, setTyping] = useState<string | null>(null)
  return (
    <div className="repeat-editor">
      <div className="row wrap">
        <label htmlFor={countId}>{words.repeatEvery}</label>
        <input
          id={countId}
          type="number"
          className="count-field"
          min={1}
          max={999}
          value={typing ?? rule.interval}
          onBlur={() => setTyping(null)}
          onChange={({ target }) => {
            // Emptied for another number it stays empty: what springs back would be typed behind.
            setTyping(target.value)
            const interval = Math.round(target.valueAsNumber)
            if (interval >= 1 && interval <= 999) onRule({ ...rule, interval })
          }}
        />
        <label htmlFor={unitId} className="only-read">
          {words.repeatUnit}
        </label>
        <select
          id={unitId}
          className="unit-field"
          value={rule.frequency}
          onChange={({ target }) => {
            const frequency = FREQUENCIES.find((one) => one === target.value)
            if (frequency !== undefined) onRule(withFrequency(rule, frequency, date))
          }}
        >
          {FREQUENCIES.map((frequency) => (
            <option key={frequency} value={frequency}>
              {words.units[frequency]}
            </option>
          ))}
        </select>
      </div>
      {rule.frequency === 'WEEKLY' && !rule.isAfterCompletion && (
        <Weekdays rule={rule} date={date} onRule={onRule} />
      )}
      {rule.frequency === 'MONTHLY' && !rule.isAfterCompletion && (
        <MonthDays rule={rule} date={date} onRule={onRule} />
      )}
      <label className="row">
        <input
          type="checkbox"
          checked={rule.isAfterCompletion}
          onChange={({ target }) =>
            onRule(withFrequency({ ...rule, isAfterCompletion: target.checked }, rule.frequency, date))
          }
        />
        {words.repeatAfter}
      </label>
      <p className="muted" role="status">
        {said}
      </p>
    </div>
  )
}

type PartProps = Omit<Props, 'said'>

function Weekdays({ rule, date, onRule }: PartProps) {
  const words = useWords().detail
  const { tag } = useLanguage()
  const short = weekdayNames(tag, 'short')
  const long = weekdayNames(tag, 'long')
  const on = rule.weekdays.length === 0 ? [weekdayOf(date)] : rule.weekdays
  return (
    <fieldset className="weekdays">
      <legend className="only-read">{words.repeatOn}</legend>
      {short.map((name, day) => (
        <button
          key={name}
          type="button"
          className="day"
          aria-pressed={on.includes(day)}
          title={long[day]}
          onClick={() => {
            const next = on.includes(day)
              ? on.filter((one) => one !== day)
              : [...on, day].sort((a, b) => a - b)
            // The last one stays: a week without a day would mean another thing.
            if (next.length > 0) onRule({ ...rule, weekdays: next })
          }}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}

function MonthDays({ rule, date, onRule }: PartProps) {
  const words = useWords().detail
  const group = useId()
  const isByWeekday = rule.nthWeekdays.length > 0
  return (
    <fieldset className="stack">
      <legend className="only-read">{words.repeatOn}</legend>
      <label className="row">
        <input
          type="radio"
          name={group}
          checked={!isByWeekday}
          onChange={() => onRule({ ...rule, monthDays: [partsOf(date).day], nthWeekdays: [] })}
        />
        {words.repeatByDate}
      </label>
      <label className="row">
        <input
          type="radio"
          name={group}
          checked={isByWeekday}
          onChange={() => onRule({ ...rule, monthDays: [], nthWeekdays: [nthOf(date)] })}
        />
        {words.repeatByWeekday}
      </label>
    </fieldset>
  )
}
