/** How columns that are not plain text show in an answer. Undefined: absent, or not read. */
import type { Choices } from "./setters.js";
import type { Stored } from "./stored.js";
import type { Value } from "./resource.js";

export function shown<R, V extends Value>(stored: Pick<Stored<never, V, R>, "read">, value: R | null | undefined): V | undefined {
  return value === null || value === undefined || isNever(value) ? undefined : stored.read(value);
}

/** `infinity` in a column, or a year of five digits: no dateTime says it (RFC 7643 2.3.5), and one row must not end a whole list. */
function isNever(value: unknown): boolean {
  return value instanceof Date && Number.isNaN(value.getTime());
}

/** A boolean column that says the opposite. */
export function inverted(value: boolean | null | undefined): boolean | undefined {
  return value === null || value === undefined ? undefined : !value;
}

/** Whether an instant is not set; undefined where it was not read. */
export function unset(value: Date | null | undefined): boolean | undefined {
  return value === undefined ? undefined : value === null;
}

/** Whether the stored value is one of those that read as true. Null reads as false, like any other value that is not listed. */
export function reads<T>(on: readonly T[], value: T | null | undefined): boolean | undefined {
  return value === undefined ? undefined : value !== null && on.includes(value);
}

/** The row behind a relation, where it is the tenant's: any other is as absent as none. */
export function ofTenant<R>(row: R | null | undefined, isInside: (row: R) => boolean): R | undefined {
  return row !== null && row !== undefined && isInside(row) ? row : undefined;
}

/** The text that a stored value stands for; a value that is not listed is absent. */
export function chosen<T>(choices: Choices<T>, value: T | null | undefined): string | undefined {
  return choices.find(([stored]) => stored === value)?.[1];
}

export interface SlotElement<V> {
  readonly value: V;
  readonly type: string;
  readonly primary: boolean;
}

/** The element that columns of its own hold, if they hold a value. */
export function slot<V extends string | number | boolean, M extends object = object>(value: V | null | undefined, type: string, primary: boolean, more?: M): readonly (SlotElement<V> & M)[] {
  return value === undefined || value === null || value === "" ? [] : [{ value, ...(more ?? ({} as M)), type, primary }];
}

/** An element without a value, as an address is: there when any part of it is, its name for people aside. */
export function part<P extends object>(parts: P, type: string, primary: boolean): readonly (P & { readonly type: string; readonly primary: boolean })[] {
  const isThere = Object.entries(parts).some(([name, value]) => name !== "display" && value !== undefined);
  return isThere ? [{ ...parts, type, primary }] : [];
}
