import { type Plan, type PlanContext, plan, putField } from './plan.ts'
import type { ListReader } from './view-types.ts'

export function planRenameList(list: ListReader, context: PlanContext, title: string): Plan {
  if (list.list().title === title) return plan([])
  return plan([putField(context, { root: 'list', id: '', field: 'title' }, title)])
}

export function planSetListIcon(list: ListReader, context: PlanContext, icon: string | null): Plan {
  if (list.list().icon === icon) return plan([])
  return plan([putField(context, { root: 'list', id: '', field: 'icon' }, icon)])
}
