import { useId } from 'react'
import { useWords } from '../words/use-words.ts'
import './people-here.css'
import { setShownToOthers, useShownToOthers } from './shown-to-others.ts'

/** "Show others that I am here", for this device; also for the settings. */
export function ShowMeSwitch() {
  const words = useWords().together
  const isShown = useShownToOthers()
  const whyId = useId()
  return (
    <div className="people-show">
      <label className="row">
        <input
          type="checkbox"
          checked={isShown}
          aria-describedby={whyId}
          onChange={(event) => setShownToOthers(event.target.checked)}
        />
        {words.showMe}
      </label>
      <p id={whyId} className="muted people-why">
        {words.showMeWhy}
      </p>
    </div>
  )
}
