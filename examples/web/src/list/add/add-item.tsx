export { QuickAdd as AddItem } from './quick-add.tsx'
