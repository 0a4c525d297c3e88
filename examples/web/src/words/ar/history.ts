import type { history as En, Things } from '../en/history.ts'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('ar')
const theirs = (text: string): string => `\u2068${text}\u2069`
const quoted = (text: string): string => `«${theirs(text)}»`

/** Verbal nouns throughout: who did it may be a man, a woman, oneself or two. Things stand in the genitive after them. */
const unnamed = {
  items: {
    one: 'عنصر',
    forms: { two: 'عنصرين', few: '# عناصر', many: '# عنصرًا', other: '# عنصر' },
  },
  sections: {
    one: 'قسم',
    forms: { two: 'قسمين', few: '# أقسام', many: '# قسمًا', other: '# قسم' },
  },
  labels: {
    one: 'وسم',
    forms: { two: 'وسمين', few: '# وسوم', many: '# وسمًا', other: '# وسم' },
  },
  comments: {
    one: 'تعليق',
    forms: { two: 'تعليقين', few: '# تعليقات', many: '# تعليقًا', other: '# تعليق' },
  },
  list: {
    one: 'القائمة',
    forms: { two: 'قائمتين', few: '# قوائم', many: '# قائمة', other: '# قائمة' },
  },
}
const named = {
  items: quoted,
  sections: (title: string) => `القسم ${quoted(title)}`,
  labels: (title: string) => `الوسم ${quoted(title)}`,
  comments: (title: string) => `تعليق على ${quoted(title)}`,
  list: (title: string) => `القائمة ${quoted(title)}`,
}

function what({ kind, count, title }: Things): string {
  if (count > 1) return plural(count, unnamed[kind].forms)
  return title === null ? unnamed[kind].one : named[kind](title)
}

export const history: typeof En = {
  title: (list) => `سجل ${quoted(list)}`,
  server: 'الخادم',
  reading: 'جارٍ القراءة…',
  nothing: 'لم يُحفظ شيء هنا بعد.',
  nothingLately: 'لا شيء في الجزء الأحدث. هناك المزيد.',
  older: 'عرض الأقدم',
  beginning: 'من هنا كانت البداية.',
  offline: 'السجل محفوظ على الخادم ويحتاج إلى اتصال.',
  tryAgain: 'إعادة المحاولة',
  missing: (count) =>
    plural(count, {
      one: 'تعذّرت قراءة تغيير واحد، وهو غير معروض هنا.',
      two: 'تعذّرت قراءة تغييرين، وهما غير معروضين هنا.',
      few: 'تعذّرت قراءة # تغييرات، وهي غير معروضة هنا.',
      many: 'تعذّرت قراءة # تغييرًا، وهي غير معروضة هنا.',
      other: 'تعذّرت قراءة # تغيير، وهي غير معروضة هنا.',
    }),

  did: ': ',
  added: (things) => `إضافة ${what(things)}`,
  commented: ({ count, title }) =>
    title === null
      ? `كتابة ${plural(count, { one: 'تعليق', ...unnamed.comments.forms })}`
      : `التعليق على ${quoted(title)}`,
  deleted: (things) => `حذف ${what(things)}`,
  restored: (things) => `استعادة ${what(things)}`,
  purged: (things) => `حذف ${what(things)} نهائيًا`,
  ticked: (things) => `إنجاز ${what(things)}`,
  unticked: (things) => `إلغاء إنجاز ${what(things)}`,
  moved: (things) => `نقل ${what(things)}`,
  movedTo: (things, section) => `نقل ${what(things)} إلى ${quoted(section)}`,
  movedToAnother: (things) => `نقل ${what(things)} إلى قسم آخر`,
  movedOut: (things) => `إخراج ${what(things)} من قسمه`,
  movedUnder: (things, parent) => `نقل ${what(things)} تحت ${quoted(parent)}`,
  renamed: ({ kind }, from, to) => {
    const thing = { items: '', sections: 'القسم ', labels: 'الوسم ', list: 'القائمة ' }
    return `إعادة تسمية ${kind === 'comments' ? '' : thing[kind]}${from} إلى ${to}`
  },
  made: (title) => `إنشاء القائمة ${title}`,
  set: (field, things, to) => `ضبط ${field} في ${what(things)} على ${to}`,
  changed: (field, things, from, to) => `تغيير ${field} في ${what(things)} من ${from} إلى ${to}`,
  cleared: (field, things) => `إزالة ${field} من ${what(things)}`,
  touched: (field, things) => `تغيير ${field} في ${what(things)}`,
  reworded: (things) => `تغيير ${what(things)}`,
  resolved: (things) => `إغلاق ${what(things)}`,
  reopened: (things) => `إعادة فتح ${what(things)}`,
  labelled: (label, things) => `وضع الوسم ${quoted(label)} على ${what(things)}`,
  unlabelled: (label, things) => `إزالة الوسم ${quoted(label)} من ${what(things)}`,
  assigned: (who, things) => `إسناد ${what(things)} ${who === null ? 'إليك' : `إلى ${theirs(who)}`}`,
  unassigned: (who, things) => `إلغاء إسناد ${what(things)} ${who === null ? 'إليك' : `إلى ${theirs(who)}`}`,
  labels: 'الوسوم',
  collided: (field, things, kept, other) =>
    `تغيير ${field} في ${what(things)} في الوقت نفسه: بقي ${kept} دون ${other}`,
  renamedAtOnce: (kept, other) => `إعادة تسمية عنصر في الوقت نفسه: بقي ${kept} دون ${other}`,
  movedAtOnce: (things) => `نقل ${what(things)} في الوقت نفسه`,

  putBack: 'إرجاع',
  putBackOf: (value) => `إرجاع ${value}`,
  isBack: (value) => `تم إرجاع ${value}`,
  these: what,
  ofThings: (field, things) => `${field} في ${what(things)}`,
}
