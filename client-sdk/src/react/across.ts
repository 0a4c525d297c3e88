import type { Across, AcrossView } from '../types.ts'
import { useClient } from './provider.ts'
import { useValue } from './value.ts'

/** Items of all lists on this device; renders again when a row of the view changes and not when others do. */
export function useAcross(view: AcrossView): Across {
  return useValue(useClient().items(view))
}
