/** A JSON value. An `undefined` member is one that is not there: printing leaves it out. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A complex value made of parts, or undefined when every part is absent (RFC 7643 2.5: absent, null and empty are one state). */
export function complex<T extends JsonObject>(value: T): T | undefined {
  for (const name in value) if (value[name] !== undefined) return value;
  return undefined;
}

/** The elements of a multi-valued attribute, or undefined when there are none or they were not read (RFC 7643 2.5). */
export function many<T>(values: readonly T[] | undefined): readonly T[] | undefined {
  return values === undefined || values.length === 0 ? undefined : values;
}
