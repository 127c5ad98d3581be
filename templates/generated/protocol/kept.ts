/**
 * Columns of a person whom several tenants share are written only by the one that owns the account, and kept as they are for
 * the others. The answer shows the true value; this finds what the log has to say about it.
 */
import type { ResourceType } from "./attributes.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import type { Mapping } from "./mapping.js";
import { jsonOf } from "./singular.js";
import type { Entry, Items, Parts, Value, Values } from "./resource.js";

/** What a client says of single values and of whole collections. */
export interface Said {
  readonly values: Values;
  readonly items: Items;
}

/** The keys of which the answer, read with the given parts, shows something else than the client set. */
export type Kept = (set: Said, answer: JsonObject, parts: Parts) => readonly string[];

interface Shown {
  readonly needs: Parts;
  value(resource: JsonObject): Json | undefined;
}

/** Knows for every single value where an answer shows it. */
export function keptValues(type: ResourceType, mapping: Mapping): Kept {
  const shown = new Map<string, Shown>();
  const show = (of: string, key: string, value: Shown["value"]): void => {
    // These may differ on purpose: the mapping makes another value of the client's.
    if (mapping.edits.includes(key) || key in mapping.defaults) return;
    shown.set(key, { needs: (mapping.reads[of] ?? 0) | (mapping.reads[key] ?? 0), value });
  };
  for (const attribute of type.attributes) {
    if (attribute.definition.multiValued) continue;
    for (const { key, definition } of [attribute, ...attribute.subAttributes]) {
      if (definition.returned === "never" || definition.returned === "request" || definition.mutability === "readOnly") continue;
      const extension = attribute.extension?.schema.id;
      const path = [...(extension ? [extension] : []), attribute.definition.name, ...(key === attribute.key ? [] : [definition.name])];
      show(attribute.key, key, (resource) => path.reduce<Json | undefined>(member, resource));
    }
  }
  for (const attribute of type.attributes) {
    for (const slot of mapping.slots[attribute.key] ?? []) {
      for (const [sub, key] of Object.entries(slot.keys)) {
        show(attribute.key, key, (resource) => {
          const elements = jsonOf(resource, attribute);
          return Array.isArray(elements) ? member(elements.find((each: Json) => member(each, "type") === slot.type), sub) : undefined;
        });
      }
    }
  }

  const held = type.attributes.filter(({ key }) => mapping.held?.includes(key));

  return ({ values, items }, answer, parts) => {
    const isRead = (needs: Parts): boolean => (needs & ~parts) === 0;
    const single = Object.keys(values).filter((key) => {
      const at = shown.get(key);
      return at !== undefined && isRead(at.needs) && differs(values[key], at.value(answer));
    });
    const lists = held.filter((attribute) => {
      const entries = items[attribute.key];
      return entries !== undefined && isRead(mapping.reads[attribute.key] ?? 0) && differ(entries, jsonOf(answer, attribute));
    });
    return [...single, ...lists.map(({ key }) => key)];
  };
}

/** Elements are told apart by what they say of value and type. */
function differ(entries: readonly Entry[], shown: Json | undefined): boolean {
  const names = (elements: readonly object[]): string => JSON.stringify([...new Set(elements.map((each) => folded(JSON.stringify([nameOf(each, "value"), nameOf(each, "type")]))))].sort());
  return names(entries) !== names(Array.isArray(shown) ? shown.map((each: Json) => (isObject(each) ? each : { value: each })) : []);
}

function nameOf(element: object, name: "value" | "type"): unknown {
  const value: unknown = name in element ? (element as { readonly [key in typeof name]?: unknown })[name] : undefined;
  return value === "" || value === undefined ? null : value;
}

function member(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined;
}

/** Numbers and dates may come back in the column's own precision, and text in its letter case and normal form. */
function differs(set: Value | undefined, shown: Json | undefined): boolean {
  if (typeof set === "boolean") return set !== shown;
  if (set === null || set === "") return shown !== undefined && shown !== null && shown !== "";
  return typeof set === "string" && (typeof shown !== "string" || folded(set) !== folded(shown));
}

function folded(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
