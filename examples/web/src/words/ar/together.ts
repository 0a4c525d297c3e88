import type { together as En } from '../en/together.ts'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('ar')
const numbers = new Intl.NumberFormat('ar')
const and = new Intl.ListFormat('ar')
const theirs = (text: string): string => `\u2068${text}\u2069`
const quoted = (text: string): string => `«${theirs(text)}»`
const names = (all: readonly string[]): string => and.format(all.map(theirs))

export const together: typeof En = {
  you: 'أنت',
  somebody: 'شخص ما',

  hereTitle: 'هنا الآن',
  here: (all) => `هنا الآن: ${names(all)}`,
  hereOnly: 'لا أحد غيرك هنا',
  more: (count) => `+${numbers.format(count)}`,
  came: (all) => `انضمّ الآن: ${names(all)}`,
  yourself: (name) => `${theirs(name)} (أنت)`,
  isIdle: 'بعيد عن الشاشة الآن',
  isHere: 'يتصفّح القائمة',
  isEditing: (title) => `يعدّل ${quoted(title)}`,
  isViewing: (title) => `ينظر إلى ${quoted(title)}`,
  seenByOthers: 'ظهورك للآخرين',
  showMe: 'إظهار وجودي للآخرين',
  showMeWhy: 'على هذا الجهاز فقط. سترى الآخرين في كل الأحوال.',
  hidden: 'لا يرى الآخرون أنك هنا',

  typing: (name) => `${theirs(name)} يكتب…`,
  editing: (name) => `${theirs(name)} يعدّل هذا`,
  viewing: (name) => `${theirs(name)} ينظر إلى هذا`,
  withOthers: (first, more) => `${first} +${numbers.format(more)}`,

  notes: 'ملاحظات',
  notesOf: (title) => `ملاحظات ${quoted(title)}`,
  notesEmpty: 'أضف ملاحظات',
  notesNone: 'لا توجد ملاحظات',
  notesLinks: 'روابط في الملاحظات',
  notesFull: 'تتسع الملاحظات لمئة ألف حرف على الأكثر. كان هذا أكثر من ذلك فلم يُضَف.',
  notesLocked: 'لم يعد بإمكانك تعديل هذه الملاحظات.',

  collisions: 'تغييرات متزامنة',
  theySet: (who, value, mine) => `غيّره ${theirs(who)} إلى ${value}. قيمتك: ${mine}.`,
  theyChanged: (who, field, value, mine) => `غيّر ${theirs(who)} ${field} إلى ${value}. قيمتك: ${mine}.`,
  youSet: (value, who, other) => `غيّرته أنت إلى ${value}. وكتب ${theirs(who)} ${other}.`,
  youChanged: (field, value, who, other) => `غيّرت أنت ${field} إلى ${value}. ${theirs(who)}: ${other}.`,
  theyMoved: (who) => `نقل ${theirs(who)} هذا أيضًا، وهو الآن حيث وضعه.`,
  theyMovedTo: (who, to, mine) => `نقل ${theirs(who)} هذا إلى ${to}. ونقلته أنت إلى ${mine}.`,
  youMoved: (who) => `نقل ${theirs(who)} هذا أيضًا. وهو الآن حيث وضعته أنت.`,
  youMovedTo: (to, who, other) => `نقلت أنت هذا إلى ${to}. ونقله ${theirs(who)} إلى ${other}.`,
  theyRemoved: (title, who) => `حذف ${theirs(who)} ${quoted(title)} أثناء تعديلك له. هل تريد استعادته؟`,
  youRemoved: (title, who) => `حذفت ${quoted(title)} أثناء تعديل ${theirs(who)} له. هل تريد استعادته؟`,
  on: (title, sentence) => `${quoted(title)}: ${sentence}`,
  takeMine: 'استخدام قيمتي',
  takeTheirs: (who) => `استخدام قيمة ${theirs(who)}`,
  keep: 'إبقاء',
  restore: 'استعادة',
  leaveRemoved: 'تركه محذوفًا',
  moreCollisions: (count) =>
    plural(count, {
      one: 'واحد آخر',
      two: 'اثنان آخران',
      few: '# أخرى',
      many: '# آخر',
      other: '# آخر',
    }),
  fields: {
    title: 'الاسم',
    done: 'علامة الإنجاز',
    due: 'تاريخ الاستحقاق',
    repeat: 'التكرار',
    remindAt: 'التذكيرات',
    priority: 'الأولوية',
    quantity: 'الكمية',
    link: 'الرابط',
    section: 'القسم',
    notes: 'الملاحظات',
    color: 'اللون',
    icon: 'الرمز',
    body: 'تعليقًا',
    resolved: 'تعليقًا',
    other: 'أحد التفاصيل',
  },
  quoted,
  none: 'لا شيء',
  ticked: 'منجز',
  open: 'غير منجز',
  yes: 'نعم',
  no: 'لا',
  aSection: 'قسم آخر',
  noSection: 'خارج الأقسام',
  priorities: ['بلا أولوية', 'منخفضة', 'متوسطة', 'عالية'],

  away: 'أثناء غيابك',
  awayPerson: (who, { added, ticked, changed, removed }) => {
    const did = [
      added > 0 && `أضاف ${numbers.format(added)}`,
      ticked > 0 && `أنجز ${numbers.format(ticked)}`,
      changed > 0 && `عدّل ${numbers.format(changed)}`,
      removed > 0 && `حذف ${numbers.format(removed)}`,
    ]
    return `${theirs(who)} ${did.filter((one) => one !== false).join('، ')}`
  },
  awaySome: (count) =>
    plural(count, {
      one: 'تغيّر عنصر واحد',
      two: 'تغيّر عنصران',
      few: 'تغيّرت # عناصر',
      many: 'تغيّر # عنصرًا',
      other: 'تغيّر # عنصر',
    }),
  itemSaid: {
    added: (title) => `أُضيف ${quoted(title)}`,
    updated: (title) => `تغيّر ${quoted(title)}`,
    removed: (title) => `حُذف ${quoted(title)}`,
  },
  awayClose: 'إغلاق هذا الملخص',
}
