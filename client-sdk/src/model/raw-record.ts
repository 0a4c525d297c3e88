import { type FieldRule, isExtensionName, isPlainObject } from './field-rules.ts'
import { isRegister, type Stamp, stampOf } from './register.ts'

/** The entries of one record exactly as they stand in the document, sorted into where they belong. Any of it may be garbage. */
export interface RawRecord {
  birth: unknown
  readonly fields: Map<string, unknown>
  /** Set name → member → register. */
  readonly sets: Map<string, Map<string, unknown>>
}

export type Birth = Readonly<Record<string, unknown>> & { readonly by: string; readonly at: number }

export function emptyRecord(): RawRecord {
  return { birth: undefined, fields: new Map(), sets: new Map() }
}

export function isEmptyRecord(raw: RawRecord): boolean {
  return raw.birth === undefined && raw.fields.size === 0 && raw.sets.size === 0
}

/** The creation record when it is one, else null: the record is then kept but not shown. */
export function birthOf(raw: RawRecord): Birth | null {
  const birth = raw.birth
  if (!isPlainObject(birth)) return null
  return typeof birth['by'] === 'string' && Number.isSafeInteger(birth['at']) ? (birth as Birth) : null
}

/** The field's latest readable value: the register's, else the one it was born with, else undefined. */
export function readWritten<T>(
  raw: RawRecord,
  birth: Birth,
  field: string,
  rule: FieldRule<T>,
): T | undefined {
  const register = raw.fields.get(field)
  if (isRegister(register)) {
    const value = rule.read(register[0])
    if (value !== undefined) return value
  }
  return Object.hasOwn(birth, field) ? rule.read(birth[field]) : undefined
}

/** As `readWritten`, with the field's initial value where nothing readable was written. */
export function readField<T>(raw: RawRecord, birth: Birth, field: string, rule: FieldRule<T>): T {
  return readWritten(raw, birth, field, rule) ?? rule.initial
}

/** Who set a flag that is now set; the creator when the record was born with it. */
export function readFlagStamp(
  raw: RawRecord,
  birth: Birth,
  field: string,
  rule: FieldRule<boolean>,
): Stamp | null {
  if (!readField(raw, birth, field, rule)) return null
  const register = raw.fields.get(field)
  return isRegister(register) && register[0] === true ? readStamp(register) : bornBy(birth)
}

export function bornBy(birth: Birth): Stamp {
  return Object.freeze({ by: birth.by, at: birth.at })
}

export function readStamp(register: unknown): Stamp | null {
  return isRegister(register) ? Object.freeze(stampOf(register)) : null
}

/** Who is in the set, sorted, so that two devices name them in the same order. */
export function readMembers(raw: RawRecord, set: string): string[] {
  const members: string[] = []
  for (const [member, register] of raw.sets.get(set) ?? []) {
    if (isRegister(register) && register[0] === true) members.push(member)
  }
  return members.sort()
}

const NO_EXTENSIONS: Readonly<Record<string, unknown>> = Object.freeze({})

export function readExtensions(
  birth: object,
  fields: ReadonlyMap<string, unknown>,
): Readonly<Record<string, unknown>> {
  const found = Object.entries(birth).filter(([field]) => isExtensionName(field))
  for (const [field, register] of fields) {
    if (isExtensionName(field) && isRegister(register)) found.push([field, register[0]])
  }
  return found.length === 0 ? NO_EXTENSIONS : Object.freeze(Object.fromEntries(found))
}

/** The latest of all stamps by their clocks, ties by name, so that every device shows the same one. */
export function latestStamp(raw: RawRecord, birth: Birth, ignored: readonly string[]): Stamp {
  let by = birth.by
  let at = birth.at
  const consider = (register: unknown): void => {
    if (!isRegister(register)) return
    if (register[2] < at || (register[2] === at && register[1] <= by)) return
    by = register[1]
    at = register[2]
  }
  for (const [field, register] of raw.fields) if (!ignored.includes(field)) consider(register)
  for (const members of raw.sets.values()) for (const register of members.values()) consider(register)
  return Object.freeze({ by, at })
}
