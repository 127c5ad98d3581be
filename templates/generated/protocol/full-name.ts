/** Whole names (RFC 7643 4.1.1): put together from their parts, or in one column. There the border between two names is the first or the last space: a given name of two words does not survive. */
import type { Value, Values } from "./resource.js";

export type NameOrder = "given-first" | "family-first";

export type FullName = {
  readonly formatted: string;
  readonly familyName?: string | undefined;
  readonly givenName?: string | undefined;
};

/** The column as SCIM shows it: the first word is one name, the rest the other. */
export function fullName(column: string | null | undefined, order: NameOrder): FullName | undefined {
  if (!column) return undefined;
  const border = column.indexOf(" ");
  const first = (border < 0 ? column : column.slice(0, border)) || undefined;
  const rest = border < 0 ? undefined : column.slice(border + 1).trim() || undefined;
  return order === "given-first" ? { formatted: column, givenName: first, familyName: rest } : { formatted: column, familyName: first, givenName: rest };
}

/** The parts of a name in the order in which they are read; undefined where there are none. */
export function formattedName(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.flatMap((part) => part?.trim() || []).join(" ") || undefined;
}

/** What a request says of the name, as the one column holds it: `formatted` wins, else the parts are put together. */
export function nameInOne(values: Values, order: NameOrder, otherwise?: (values: Values) => Value | undefined): Values {
  const { "name.formatted": formatted, "name.givenName": givenName, "name.familyName": familyName, ...others } = values;
  if (formatted === undefined && givenName === undefined && familyName === undefined) return values;
  const parts = order === "given-first" ? [givenName, familyName] : [familyName, givenName];
  const whole = formatted || parts.filter((part) => typeof part === "string" && part.trim() !== "").join(" ") || otherwise?.(values) || null;
  return { ...others, "name.formatted": whole };
}
