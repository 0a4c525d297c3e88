import type { add as En } from '../en/add.ts'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('ar')

export const add: typeof En = {
  newItem: 'عنصر جديد',
  placeholder: 'أضف عنصرًا',
  add: 'إضافة',
  help: 'يمكنك كتابة الموعد و‎@شخص و‎#وسم و‎/قسم والأولوية من ‎!1 إلى ‎!3 والتكرار.',
  understood: 'ما فُهم مما كتبته',
  asText: (chip) => `${chip}: اعتبارها نصًا عاديًا`,
  takeOff: (chip) => `${chip}: إزالة`,
  inSection: (title) => `في \u2068${title}\u2069`,
  newSection: (title) => `قسم جديد \u2068${title}\u2069`,
  newLabel: (title) => `وسم جديد \u2068${title}\u2069`,
  suggestions: 'اقتراحات',
  tooLong: (over) =>
    plural(over, {
      one: 'يتسع العنوان لـ 10,000 حرف، وهذا أكثر بحرف واحد.',
      two: 'يتسع العنوان لـ 10,000 حرف، وهذا أكثر بحرفين.',
      few: 'يتسع العنوان لـ 10,000 حرف، وهذا أكثر بـ # أحرف.',
      other: 'يتسع العنوان لـ 10,000 حرف، وهذا أكثر بـ # حرفًا.',
    }),
  locked: 'لم يعد بإمكانك الإضافة إلى هذه القائمة. ما كتبته باقٍ هنا لتنسخه.',
  added: (title) => `أُضيف \u2068${title}\u2069`,
  addedMany: (count) =>
    plural(count, {
      one: 'أُضيف عنصر واحد',
      two: 'أُضيف عنصران',
      few: 'أُضيفت # عناصر',
      other: 'أُضيف # عنصرًا',
    }),
  isThere: (title) => `«\u2068${title}\u2069» موجود في القائمة.`,
  wasTicked: (title, day) => `«\u2068${title}\u2069» أُنجز ${day}.`,
  show: 'عرض',
  putBack: 'إعادة',
  didPutBack: (title) => `عاد \u2068${title}\u2069 إلى القائمة`,
  pasted: (count) =>
    plural(count, { one: 'أُلصق سطر واحد', two: 'أُلصق سطران', few: 'أُلصقت # أسطر', other: 'أُلصق # سطرًا' }),
  addMany: (count) =>
    plural(count, {
      one: 'أضف عنصرًا واحدًا',
      two: 'أضف عنصرين',
      few: 'أضف # عناصر',
      other: 'أضف # عنصرًا',
    }),
  asOne: 'أضفها كعنصر واحد',
  notAtAll: 'لا تضف',
  undoAdd: 'إضافة',
  undoPutBack: 'إعادة',
}
