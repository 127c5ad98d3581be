/** `sortBy` and `sortOrder` (RFC 7644 3.4.2.3). */
import { isExtension, partOf, type ResourceType } from "./attributes.js";
import { refuse } from "./error.js";
import { isObject } from "./json.js";
import type { Json, JsonObject } from "./json.js";
import type { Parameters } from "./query.js";
import type { Sort } from "./resource.js";
import { unknownName } from "./unknown-name.js";

/** Throws 400 `invalidValue`. `unknown`: over several types an attribute that one of them lacks sorts none of its resources. */
export function readSort(query: Parameters, type: ResourceType, unknown: "refuse" | "absent"): Sort | undefined {
  const name = query("sortBy")?.trim() ?? "";
  const descending = isDescending(query);
  if (name === "") return undefined;
  const key = sortKey(name, type, unknown);
  return key === undefined ? undefined : { key, path: name, descending };
}

export function isDescending(query: Parameters): boolean {
  const order = query("sortOrder")?.trim().toLowerCase() ?? "";
  if (order !== "" && order !== "ascending" && order !== "descending") throw refuse("invalidValue", "sortOrder must be ascending or descending.");
  return order === "descending";
}

function sortKey(name: string, type: ResourceType, unknown: "refuse" | "absent"): string | undefined {
  const found = type.find(name);
  if (found === undefined && unknown === "absent") return undefined;
  if (found === undefined) throw refuse("invalidValue", unknownName(name, type));
  if (isExtension(found)) throw unsortable(name);
  // The same on each resource of the type.
  if (found.key === "meta.resourceType") return undefined;
  const { definition, parent, subAttributes } = found;
  // The order of what no answer shows would tell it.
  if ([definition, parent?.definition].some((each) => each?.returned === "never" || each?.mutability === "writeOnly")) throw unsortable(name);
  // Of several values the primary one counts, and it is its `value` that sorts.
  if (parent?.definition.multiValued) {
    if (definition.name === "value") return parent.key;
    throw unsortable(name);
  }
  if (definition.multiValued || definition.type !== "complex") return found.key;
  const value = subAttributes.find((each) => each.definition.name === "value");
  if (value !== undefined) return value.key;
  const part = partOf(found);
  throw refuse("invalidValue", `${found.path} is made of parts; please sort by one of them${part === undefined ? "" : `, as in ${part.path}`}.`);
}

/** Of what a resource is sorted by, where it is in memory; undefined where it has none. */
export type SortValue = string | number | boolean | undefined;

/** The value that counts: of several the primary one, else the first; of a complex one its `value`. Undefined: the type has no such attribute. */
export function sortedBy(name: string, type: ResourceType): ((resource: JsonObject) => SortValue) | undefined {
  const found = type.find(name.trim());
  if (found === undefined || isExtension(found)) return undefined;
  const path = found.parent === undefined ? [found] : [found.parent, found];
  return (resource) => {
    let json: Json | undefined = found.extension === undefined ? resource : resource[found.extension.schema.id];
    for (const { definition } of path) json = onlyOne(isObject(json) ? json[definition.name] : undefined);
    if (isObject(json)) json = json["value"];
    if (typeof json === "string") return found.definition.caseExact ? json : json.toLowerCase();
    return typeof json === "number" || typeof json === "boolean" ? json : undefined;
  };
}

function onlyOne(json: Json | undefined): Json | undefined {
  if (!Array.isArray(json)) return json;
  const all = json as readonly Json[];
  return all.find((each) => isObject(each) && each["primary"] === true) ?? all[0];
}

/** Missing values last (3.4.2.3); turned round, first. */
export function inOrder(left: SortValue, right: SortValue): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function unsortable(path: string): Error {
  return refuse("invalidValue", `Results cannot be sorted by ${path.slice(0, 100)}.`);
}
