/** What a schema parsed from JSON: a field is there with a value, or it is not there. JSON has no `undefined`. */
export type FromJson<T> = T extends readonly (infer E)[]
  ? FromJson<E>[]
  : T extends object
    ? { [K in keyof T]: FromJson<Exclude<T[K], undefined>> }
    : T

/** Tells the compiler what zod's optional fields leave open: that an absent field is absent and not `undefined`. */
export function fromJson<T>(parsed: T): FromJson<T> {
  return parsed as FromJson<T>
}
