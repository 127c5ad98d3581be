/** How a column that is not text holds what SCIM says, both ways (mapping of column types; RFC 7643 2.3). */
import { parseDateTime } from "./date-time.js";
import { fromBase64, toBase64 } from "./base64.js";
import type { Bytes } from "./base64.js";
import type { Value } from "./resource.js";

/**
 * One type of column. `store` gives what the column holds for a SCIM value; `low` and `high` are numbers or instants
 * beyond the column's range, undefined is text that no value of the column prints as: nothing can equal them.
 */
export interface Stored<T, V = Value, R = T> {
  store(value: Exclude<Value, null>): T | "low" | "high" | undefined;
  read(stored: R): V;
  /** Where the column is finer than what an answer shows: the first value that shows as something later. */
  next?(stored: T): T;
}

const integer = /^-?\d{1,40}$/;
const number = /^-?\d{1,400}(\.\d{1,400})?$/;

function within<T extends number | bigint>(value: T, least: T, most: T): T | "low" | "high" {
  return value < least ? "low" : value > most ? "high" : value;
}

function digits(value: Exclude<Value, null>): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && integer.test(text) ? text : undefined;
}

function storeInt(value: Exclude<Value, null>): number | "low" | "high" | undefined {
  const text = digits(value);
  return text === undefined ? undefined : within(Number(text), -2147483648, 2147483647);
}

/** int4 behind a string attribute: decimal digits. */
export const intText: Stored<number, string> = { store: storeInt, read: String };

/** int4 behind an integer attribute. */
export const int: Stored<number, number> = { store: storeInt, read: (stored) => stored };

/** int8 behind a string attribute: exact, it never passes through a JavaScript number. */
export const bigintText: Stored<bigint, string> = {
  store(value) {
    const text = digits(value);
    return text === undefined ? undefined : within(BigInt(text), -9223372036854775808n, 9223372036854775807n);
  },
  read: String,
};

/** A decimal behind a string attribute, in plain digits. Prisma hands it over as an object that prints itself exactly. */
export const decimalText: Stored<string, string, { toFixed(): string }> = {
  store: (value) => (typeof value === "string" && number.test(value) ? value : undefined),
  read: (stored) => stored.toFixed(),
};

/**
 * A decimal behind a decimal attribute: JSON's numbers have about 15 digits, and a column that holds more is shown rounded. It goes to
 * the database as text: Prisma hands over a number in other digits (99999.99 as a little less).
 */
export const decimal: Stored<string, number, { toFixed(): string }> = {
  store: (value) => (typeof value === "number" ? String(value) : undefined),
  read: (stored) => Number(stored.toFixed()),
};

/** float8 behind a string attribute. */
export const floatText: Stored<number, string> = {
  store: (value) => (typeof value === "string" && number.test(value) && Number.isFinite(Number(value)) ? Number(value) : undefined),
  read: String,
};

/** float8 behind a decimal attribute. */
export const float: Stored<number, number> = {
  store: (value) => (typeof value === "number" ? value : undefined),
  read: (stored) => stored,
};

/** An instant. JSON shows milliseconds, a column may hold microseconds: what shows as equal is equal. */
export const dateTime: Stored<Date, string> = {
  store(value) {
    if (value instanceof Date) return value;
    return typeof value === "string" ? parseDateTime(value) : undefined;
  },
  read: (stored) => stored.toISOString(),
  next: (stored) => new Date(stored.getTime() + 1),
};

const uuidSyntax = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A uuid column. Other text, capitals included, is no id of this column: the database would answer with an error, or with another id's row. */
export const uuid: Stored<string, string> = {
  store: (value) => (typeof value === "string" && uuidSyntax.test(value) ? value : undefined),
  read: (stored) => stored,
};

/** Text of any kind, as an id. NUL cannot be in a text column. */
export const textKey: Stored<string, string> = {
  store: (value) => (typeof value === "string" && value !== "" && !value.includes("\0") ? value : undefined),
  read: (stored) => stored,
};

/** Bytes behind a binary attribute, in base64. */
export const bytes: Stored<Bytes, string, Uint8Array> = {
  store: (value) => (typeof value === "string" ? fromBase64(value) : undefined),
  read: toBase64,
};

/** A boolean column behind a boolean attribute. */
export const flag: Stored<boolean, boolean> = {
  store: (value) => (typeof value === "boolean" ? value : undefined),
  read: (stored) => stored,
};

/** A boolean column behind a string attribute. */
export const flagText: Stored<boolean, string> = {
  store: (value) => (value === "true" ? true : value === "false" ? false : undefined),
  read: String,
};

/** The stored form of a value that must fit, or undefined: an id that is unknown, a reference to nothing. */
export function fitting<T>(stored: Pick<Stored<T>, "store">, value: Exclude<Value, null>): T | undefined {
  const held = stored.store(value);
  return held === "low" || held === "high" ? undefined : held;
}
