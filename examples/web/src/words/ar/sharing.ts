import type { Role } from '@tandem/client-sdk'
import type { sharing as En } from '../en/sharing.ts'
import { pluralOf } from '../plural.ts'

const plural = pluralOf('ar')
const people = (count: number): string =>
  plural(count, { one: 'شخصًا واحدًا', two: 'شخصين', few: '# أشخاص', many: '# شخصًا', other: '# شخص' })
const changes = (count: number): string =>
  plural(count, { one: 'تغيير واحد', two: 'تغييران', few: '# تغييرات', many: '# تغييرًا', other: '# تغيير' })
const times = (count: number): string =>
  plural(count, {
    zero: 'لم يُستخدم',
    one: 'استُخدم مرة',
    two: 'استُخدم مرتين',
    few: 'استُخدم # مرات',
    other: 'استُخدم # مرة',
  })
const number = new Intl.NumberFormat('ar')

const roles: Readonly<Record<Role, string>> = {
  viewer: 'يمكنه الاطلاع',
  commenter: 'يمكنه التعليق',
  checker: 'يمكنه الإنجاز',
  editor: 'يمكنه التعديل',
  admin: 'يمكنه إدارة الأشخاص',
  owner: 'المالك',
}

const may: Readonly<Record<Role, string>> = {
  viewer: 'يمكنك الاطلاع عليها',
  commenter: 'يمكنك الاطلاع عليها والتعليق',
  checker: 'يمكنك وضع علامة الإنجاز',
  editor: 'يمكنك تعديلها',
  admin: 'يمكنك تعديلها وإدارة أشخاصها',
  owner: 'أنت مالكها',
}

export const sharing: typeof En = {
  share: 'مشاركة',
  people: 'الأشخاص',
  shareTitle: (list) => `مشاركة «\u2068${list}\u2069»`,
  peopleTitle: (list) => `أشخاص «\u2068${list}\u2069»`,
  cancel: 'إلغاء',
  roles,
  roleMeans: {
    viewer: 'يرى كل شيء ولا يغيّر شيئًا.',
    commenter: 'يرى كل شيء ويكتب التعليقات.',
    checker: 'يضع علامة الإنجاز فقط. مناسب لمن يساعد.',
    editor: 'يضيف ويغيّر وينجز ويحذف.',
    admin: 'مثل المحرّر، ويُدخل الأشخاص ويُخرجهم.',
    owner: 'كل شيء. يوجد مالك واحد.',
  },
  youMay: (role) => `${may[role]}.`,
  mayChanged: (by, role) =>
    `${by === null ? 'غيّر أحدهم' : `غيّر \u2068${by}\u2069`} ما يمكنك فعله في هذه القائمة: ${may[role]}.`,
  allRight: 'حسنًا',

  offline:
    'أنت دون اتصال. تغيير الأشخاص والروابط يحتاج إلى اتصال. أما ما تفعله في القائمة نفسها فيُحفظ ويُرسل لاحقًا تلقائيًا.',
  notYetThere: 'هذه القائمة على هذا الجهاز فقط حتى الآن. يمكن مشاركتها بعد حفظها.',
  unknownPeople: 'يظهر من لديه هذه القائمة عند توفر الاتصال.',
  you: '(أنت)',
  nameless: 'الاسم مخفي',
  invitedBy: (name) => `دعاه \u2068${name}\u2069`,
  cameByLink: 'جاء عبر رابط',
  mayDo: (name) => `ما يمكن لـ ${name} فعله`,
  moreFor: (name) => `المزيد عن ${name}`,
  remove: (name) => `إزالة ${name}`,
  removeAsk: (name) => `إزالة \u2068${name}\u2069؟`,
  removeMeans: 'يفقد هذه القائمة فورًا على جميع أجهزته.',
  makeOwner: (name) => `نقل الملكية إلى ${name}`,
  makeOwnerAsk: (name) => `نقل الملكية إلى \u2068${name}\u2069؟`,
  makeOwnerMeans: 'يوجد مالك واحد. ستبقى مديرًا للأشخاص، ولا يمكنك التراجع بنفسك.',
  invitedToo: (name, count, names) => `دعا \u2068${name}\u2069 ${people(count)} (${names}). هل تزيلهم أيضًا؟`,
  removeInvitedBy: (name) => `إزالة من دعاهم \u2068${name}\u2069`,
  removeToo: 'إزالتهم أيضًا',
  keepThem: 'إبقاؤهم',

  invite: 'دعوة شخص',
  whom: 'البريد الإلكتروني أو معرّف المستخدم',
  theyMay: 'ما يمكنه فعله',
  inviteNow: 'دعوة',
  inviteThem: (whom) => `دعوة \u2068${whom}\u2069`,
  hasItNow: (whom) => `لدى \u2068${whom}\u2069 القائمة الآن.`,
  getsItLater: (whom) => `يحصل \u2068${whom}\u2069 على القائمة عند تسجيل الدخول.`,
  waitingInvitations: 'دعوات تنتظر',
  waitsForThem: 'تنتظر تسجيل الدخول',
  withdraw: 'سحب',
  withdrawFor: (whom) => `سحب دعوة ${whom}`,
  until: (day) => `حتى ${day}`,

  links: 'المشاركة برابط',
  linksMean: 'كل من لديه الرابط يمكنه فتح القائمة دون حساب.',
  linkRole: 'من لديه الرابط',
  linkOptions: 'المدة والعدد وكلمة المرور',
  works: 'يعمل',
  worksFor: { day: 'يومًا واحدًا', week: 'أسبوعًا', month: '30 يومًا', ever: 'دائمًا', date: 'حتى يوم …' },
  lastDay: 'آخر يوم له',
  atMost: 'يُدخل على الأكثر',
  anyNumber: 'أي عدد من الأشخاص',
  password: 'كلمة المرور',
  noPassword: 'بلا',
  makeLink: 'إنشاء رابط',
  copyNow: 'انسخه الآن: لا يُعرض مرة أخرى حفاظًا على الأمان.',
  address: 'عنوان الرابط',
  copy: 'نسخ',
  copied: 'نُسخ',
  send: 'إرسال …',
  showQr: 'رمز QR',
  hideQr: 'إخفاء رمز QR',
  qrOf: (list) => `رمز QR لرابط إلى «\u2068${list}\u2069»`,
  workingLinks: 'الروابط العاملة',
  usedTimes: times,
  usedOf: (count, most) => `استُخدم ${number.format(count)} من ${number.format(most)}`,
  withPassword: 'بكلمة مرور',
  moreForLink: (facts) => `المزيد عن الرابط: ${facts}`,
  switchOff: 'إيقاف',
  switchOffAll: 'إيقاف وإزالة من جاء عبره',
  switchOffAsk: 'إزالة كل من جاء عبره؟',
  switchOffMeans: 'يتوقف الرابط عن العمل، ومن جاء عبره فقط يفقد القائمة فورًا.',

  forAll: 'للجميع هنا',
  editorsMayShare: 'من يمكنه التعديل يمكنه دعوة الآخرين',
  yourself: 'أنت في هذه القائمة',
  hideMe: 'إخفاء اسمي عن الآخرين في هذه القائمة',
  hideMeMeans: 'من الآن تظهر بلا اسم. ما كتبته سابقًا يحتفظ باسمك، ومشغّل الخادم يعرفه.',
  leave: 'مغادرة القائمة',
  ownerStays: 'لا يمكن للمالك المغادرة. انقل الملكية إلى غيرك أولًا أو احذف القائمة.',
  deleteList: 'حذف القائمة',

  faults: {
    network: 'لا يمكن الوصول إلى الخادم. هذا يحتاج إلى اتصال: حاول مجددًا عند توفره.',
    tooMany: (wait) => `محاولات كثيرة. حاول مجددًا ${wait}.`,
    inAWhile: 'بعد قليل',
    notAllowed: 'دورك في هذه القائمة لا يسمح بذلك.',
    wrongPassword: 'كلمة المرور لا تفتح هذا الرابط.',
    askForAnother: 'اطلب رابطًا آخر ممن أرسله.',
  },

  endedTitle: 'انتهى الوصول',
  ended: { 'access-ended': 'لم تعد هذه القائمة لديك.', 'list-deleted': 'حُذفت هذه القائمة.' },
  nothingLeft: 'لم يبقَ منها شيء على هذا الجهاز.',
  notSaved: (count) => `لم يُحفظ ${changes(count)} لك. لا توجد لدى غيرك، ولن يُرسل شيء بعد الآن:`,
  exportThem: () => 'تصدير',
  forgetThem: () => 'نسيان',
  forgetAsk: (count) => `نسيان ${changes(count)}؟`,
  forgetMeans: 'لا توجد لدى غيرك. صدّرها أولًا إن كنت قد تحتاج إليها.',
  lookAgain: 'تحقق هل استُعيدت',
  takeOff: 'إزالتها من قوائمي',
  toLists: 'القوائم',

  joinTitle: 'الانضمام إلى قائمة',
  joinNoLink: 'افتح الرابط الذي أُعطيته مرة أخرى. لا يُحتفظ به عند إعادة تحميل الصفحة حفاظًا على الأمان.',
  looking: 'جارٍ فحص الرابط…',
  tryAgain: 'حاول مجددًا',
  sharesWithYou: (name) => `${name === null ? 'يشاركك أحدهم' : `يشاركك \u2068${name}\u2069`} هذه القائمة.`,
  joinAs: (name) => `تنضم باسم \u2068${name}\u2069.`,
  yourName: 'اسمك',
  linkPassword: 'كلمة مرور الرابط',
  join: 'انضمام',
  oneMoment: 'لحظة…',
  signInFirst: 'تسجيل الدخول أولًا',
  toStart: 'إلى صفحة البداية',
  toMyLists: 'إلى قوائمي',
}
