/** `bulkId:…` in the operations of one request: a resource that the request itself makes (RFC 7644 3.7.2). */
import { isObject, type Json, type JsonObject } from "./json.js";

const mark = "bulkId:";

/** The bulkIds that a body or a path refers to. */
export function referred(json: Json | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (each: Json | undefined): void => {
    if (typeof each === "string") for (const id of named(each)) found.add(id);
    else if (Array.isArray(each)) for (const one of each as readonly Json[]) look(one);
    else if (isObject(each)) for (const name in each) look(each[name]);
  };
  look(json);
  return found;
}

/** A whole text that is a reference, or one inside a path: `members[value eq "bulkId:ann"]`, `/Users/bulkId:ann`. */
function named(text: string): readonly string[] {
  if (!text.includes(mark)) return [];
  if (text.startsWith(mark)) return [text.slice(mark.length)];
  return [...text.matchAll(/(?<=["/])bulkId:([^"/\]]+)/g)].map(([, id = ""]) => id);
}

/** The same with ids in their places. */
export function resolved<T extends Json>(json: T, ids: ReadonlyMap<string, string>): T {
  const put = (each: Json): Json => {
    if (typeof each === "string") return each.includes(mark) ? replaced(each, ids) : each;
    if (Array.isArray(each)) return (each as readonly Json[]).map(put);
    return isObject(each) ? Object.fromEntries(Object.entries(each).map(([name, one]) => [name, one === undefined ? one : put(one)])) : each;
  };
  return put(json) as T;
}

function replaced(text: string, ids: ReadonlyMap<string, string>): string {
  const whole = text.startsWith(mark) ? ids.get(text.slice(mark.length)) : undefined;
  return whole ?? text.replace(/(?<=["/])bulkId:([^"/\]]+)/g, (all, id: string) => ids.get(id) ?? all);
}

/** One value that is added once the resource it refers to is there. */
export interface Postponed {
  readonly path: string;
  readonly value: Json;
}

/** Two resources that refer to each other: one is made without, and what it says of the other is added when that is there. */
export function postponed(data: JsonObject, ids: ReadonlySet<string>): { readonly data: JsonObject; readonly later: readonly Postponed[] } {
  const later: Postponed[] = [];
  const isLate = (json: Json | undefined): boolean => [...referred(json)].some((id) => ids.has(id));
  const attributes = (object: JsonObject, prefix: string): JsonObject =>
    Object.fromEntries(
      Object.entries(object).flatMap(([name, json]): readonly (readonly [string, Json | undefined])[] => {
        if (!isLate(json) || json === undefined) return [[name, json]];
        const path = prefix + name;
        if (Array.isArray(json)) {
          const all = json as readonly Json[];
          const [late, early]: [Json[], Json[]] = [[], []];
          for (const each of all) (isLate(each) ? late : early).push(each);
          later.push({ path, value: late });
          return [[name, early]];
        }
        if (isObject(json) && name.toLowerCase().startsWith("urn:")) return [[name, attributes(json, `${name}:`)]];
        later.push({ path, value: json });
        return [];
      }),
    );
  return { data: attributes(data, ""), later };
}
