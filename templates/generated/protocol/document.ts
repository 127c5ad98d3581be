/**
 * Attributes that are a part of a Json column: a value under a key, or a list of elements. What the column holds besides is the
 * host's. What is not of the attribute's type reads as absent, and no write touches it: an object or a list is never overwritten.
 */
import { parseDateTime } from "./date-time.js";
import { isObject } from "./json.js";
import type { Json, JsonObject } from "./json.js";
import type { Entry, Items, Value, Values } from "./resource.js";
import type { Merge } from "./rows.js";
import { firstPrimary, hasMeaning } from "./value.js";

/** One attribute's part of a document, or one sub-attribute's part of an element. */
export interface Part<V extends string | number | boolean> {
  readonly kind: "part";
  readonly path: readonly string[];
  readonly type: "text" | "flag" | "number" | "date";
  /** How text compares: a document can be searched letter for letter alone, but for the beginning, the end or the midst of a text. */
  readonly letters: "folded" | "exact" | "lowered";
  /** Undefined: absent. */
  read(document: unknown): V | undefined;
  /** As it is stored. */
  json(value: Exclude<Value, null>): V | undefined;
}

export const textAt = (...path: readonly string[]): Part<string> => part(path, "text", "folded", text, text);
export const exactAt = (...path: readonly string[]): Part<string> => part(path, "text", "exact", text, text);
/** Stored in lower case by everybody. */
export const lowerAt = (...path: readonly string[]): Part<string> => part(path, "text", "lowered", text, (value) => text(value)?.toLowerCase());
export const flagAt = (...path: readonly string[]): Part<boolean> => part(path, "flag", "exact", flag, flag);
export const numberAt = (...path: readonly string[]): Part<number> => part(path, "number", "exact", number, number);
export const dateAt = (...path: readonly string[]): Part<string> => part(path, "date", "folded", (json) => instant(text(json)), (value) => (value instanceof Date ? value.toISOString() : undefined));

function part<V extends string | number | boolean>(path: readonly string[], type: Part<V>["type"], letters: Part<V>["letters"], read: (json: unknown) => V | undefined, json: (value: unknown) => V | undefined): Part<V> {
  return { kind: "part", path, type, letters, read: (document) => read(at(document as Json, path)), json };
}

const text = (json: unknown): string | undefined => (typeof json === "string" && json !== "" ? json : undefined);
const flag = (json: unknown): boolean | undefined => (typeof json === "boolean" ? json : undefined);
const number = (json: unknown): number | undefined => (typeof json === "number" ? json : undefined);
const instant = (json: string | undefined): string | undefined => (json === undefined ? undefined : parseDateTime(json)?.toISOString());

/** Sub-attribute to its part of an element. */
export type ElementParts = Readonly<Record<string, Part<string> | Part<number> | Part<boolean>>>;
export type ElementOf<P extends ElementParts> = { readonly [Name in keyof P]: ReturnType<P[Name]["read"]> };

export interface ElementList<P extends ElementParts> {
  readonly kind: "elements";
  /** Empty: the whole document is the list. */
  readonly path: readonly string[];
  readonly parts: P;
  /** Undefined: there is no list. Elements that are no objects, or hold nothing that is mapped, are not shown. */
  read(document: unknown): readonly ElementOf<P>[] | undefined;
}

export function elementsAt<P extends ElementParts>(path: readonly string[], parts: P): ElementList<P> {
  return {
    kind: "elements",
    path,
    parts,
    read(document) {
      const list = at(document as Json, path);
      if (!isList(list)) return undefined;
      return firstPrimary(list.flatMap((each) => (isObject(each) && Object.values(parts).some((one) => one.read(each) !== undefined) ? [elementOf(parts, each)] : [])));
    },
  };
}

function elementOf<P extends ElementParts>(parts: P, element: JsonObject): ElementOf<P> {
  return Object.fromEntries(Object.entries(parts).map(([name, each]) => [name, each.read(element)])) as ElementOf<P>;
}

/** All attributes of one column. `D`: the column's type, which may be one of the host's own. */
export type DocumentParts = Readonly<Record<string, ElementParts[string] | ElementList<ElementParts>>>;

/** The parts that a write names, put into what is there. */
export function document<Own, Data, D>(parts: DocumentParts, read: (row: Own) => unknown, write: (document: D) => Data): Merge<Own, Data> {
  const fields = Object.entries(parts);
  return {
    keys: fields.flatMap(([key, field]) => (field.kind === "part" ? [key] : [])),
    merge(row, values, items) {
      const before = row === undefined ? undefined : (read(row) as Json);
      const after = fields.reduce<Json | undefined>((now, [key, field]) => written(now, key, field, values, items), before);
      // What comes out is what went in, and what the host let SCIM put there.
      return after === before || after === undefined || after === null ? undefined : write(after as D);
    },
  };
}

function written(document: Json | undefined, key: string, field: DocumentParts[string], values: Values, items: Items): Json | undefined {
  if (field.kind === "elements") {
    const entries = items[key];
    return entries === undefined ? document : changed(document, field.path, (list) => reconciled(list, field.parts, entries));
  }
  const value = values[key];
  return value === undefined ? document : withValue(document, field, value);
}

function withValue(document: Json | undefined, field: ElementParts[string], value: Value): Json | undefined {
  const next = value === null ? undefined : field.json(value);
  if (next === field.read(document)) return document;
  return changed(document, field.path, (now) => (isObject(now) || isList(now) ? now : next));
}

/** The same document where nothing is another; undefined in place of a key takes it away. */
function changed(document: Json | undefined, path: readonly string[], change: (now: Json | undefined) => Json | undefined): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return change(document);
  const holder = document ?? {};
  if (!isObject(holder)) return document;
  const before = own(holder, key);
  const after = changed(before, rest, change);
  if (after === before) return document;
  if (after !== undefined) return { ...holder, [key]: after };
  return Object.fromEntries(Object.entries(holder).filter(([name]) => name !== key));
}

function at(document: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => (isObject(value) ? own(value, key) : undefined), document);
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined;
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

/**
 * The list with these elements, and all that is not ours: what is no object, what says nothing that SCIM knows, and the host's own
 * keys in an element that stays. An element stays by its value or, where it has none, by its type.
 */
function reconciled(list: Json | undefined, parts: ElementParts, entries: readonly Entry[]): Json | undefined {
  if (list !== undefined && list !== null && !isList(list)) return list;
  const open = [...entries];
  const places = (list ?? []).map((element) => {
    const now = isObject(element) ? entryOf(parts, element) : undefined;
    return { element, now: now !== undefined && hasMeaning(now) ? now : undefined, next: undefined as Entry | undefined };
  });
  // What reads as it should stays as it is: a second primary, which no answer shows, too.
  if (isRead(places.flatMap(({ now }) => (now === undefined ? [] : [now])), entries, parts)) return list;
  const tests: readonly ((now: Entry, entry: Entry) => boolean)[] = [
    (now, entry) => isSame(now, entry, parts),
    (now, entry) => isPresent(entry["value"]) && plain(now["value"]) === plain(entry["value"]) && plain(now["type"]) === plain(entry["type"]),
    (now, entry) => isPresent(entry["value"]) && plain(now["value"]) === plain(entry["value"]),
    (now, entry) => !isPresent(entry["value"]) && !isPresent(now["value"]) && plain(now["type"]) === plain(entry["type"]),
  ];
  for (const same of tests) {
    for (const place of places) {
      const { now } = place;
      if (now === undefined || place.next !== undefined) continue;
      const found = open.findIndex((entry) => same(now, entry));
      if (found >= 0) [place.next] = open.splice(found, 1);
    }
  }
  const kept = places.flatMap(({ element, now, next }) => (now === undefined ? [element] : next === undefined || !isObject(element) ? [] : [elementWith(element, parts, now, next)]));
  const fresh = open.map((entry) => elementWith({}, parts, {}, entry));
  const same = fresh.length === 0 && kept.length === places.length && kept.every((each, index) => each === places[index]?.element);
  return same ? list : [...kept, ...fresh];
}

/** Whether these elements, as answers show them, are the ones that are wanted. */
function isRead(stored: readonly Entry[], entries: readonly Entry[], parts: ElementParts): boolean {
  const open = [...firstPrimary(stored)];
  return stored.length === entries.length && entries.every((entry) => {
    const found = open.findIndex((now) => isSame(now, entry, parts));
    return found >= 0 && open.splice(found, 1).length > 0;
  });
}

function isSame(now: Entry, entry: Entry, parts: ElementParts): boolean {
  return Object.keys(parts).every((name) => plain(now[name]) === plain(entry[name]));
}

function entryOf(parts: ElementParts, element: JsonObject): Entry {
  return Object.fromEntries(Object.entries(parts).map(([name, each]) => [name, each.read(element) ?? null]));
}

function elementWith(element: JsonObject, parts: ElementParts, now: Entry, next: Entry): JsonObject {
  const differing = Object.entries(parts).filter(([name]) => plain(now[name]) !== plain(next[name]));
  return differing.reduce<JsonObject>((one, [name, each]) => {
    const after = withValue(one, each, next[name] ?? null);
    return isObject(after) ? after : one;
  }, element);
}

function isPresent(value: Value | undefined): boolean {
  return plain(value) !== null;
}

/** Absent, "" and a primary that is not set are one state (RFC 7643 2.4, 2.5). */
function plain(value: Value | undefined): string | number | true | null {
  if (value instanceof Date) return value.toISOString();
  return value === undefined || value === "" || value === false ? null : value;
}
