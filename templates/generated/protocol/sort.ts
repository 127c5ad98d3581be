/** `sortBy` and `sortOrder` (RFC 7644 3.4.2.3). */
import { isExtension, partOf, type ResourceType } from "./attributes.js";
import { refuse } from "./error.js";
import type { Parameters } from "./query.js";
import type { Sort } from "./resource.js";
import { unknownName } from "./unknown-name.js";

/** Throws 400 `invalidValue`. `unknown`: over several types an attribute that one of them lacks sorts none of its resources. */
export function readSort(query: Parameters, type: ResourceType, unknown: "refuse" | "absent"): Sort | undefined {
  const name = query("sortBy")?.trim() ?? "";
  const order = query("sortOrder")?.trim().toLowerCase() ?? "";
  if (order !== "" && order !== "ascending" && order !== "descending") throw refuse("invalidValue", "sortOrder must be ascending or descending.");
  if (name === "") return undefined;
  const key = sortKey(name, type, unknown);
  return key === undefined ? undefined : { key, path: name, descending: order === "descending" };
}

function sortKey(name: string, type: ResourceType, unknown: "refuse" | "absent"): string | undefined {
  const found = type.find(name);
  if (found === undefined && unknown === "absent") return undefined;
  if (found === undefined) throw refuse("invalidValue", unknownName(name, type));
  if (isExtension(found)) throw unsortable(name);
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

export function unsortable(path: string): Error {
  return refuse("invalidValue", `Results cannot be sorted by ${path.slice(0, 100)}.`);
}
