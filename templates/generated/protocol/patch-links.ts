/** Group members and the like: operations on a list of ids, folded into what they come to without reading the list. */
import { refuse } from "./error.js";
import type { Filter } from "./filter.js";
import type { Json } from "./json.js";
import type { Reading } from "./leniencies.js";
import { unremovable } from "./mutability.js";
import { removedValues, wrapped, type Op } from "./normalise.js";
import type { Place } from "./patch-target.js";
import type { Ids, LinkChange, Links } from "./resource.js";
import { readIds } from "./value.js";

export interface LinkStep {
  readonly kind: "link";
  readonly name: string;
  readonly how: "add" | "remove" | "exactly";
  readonly ids: Ids;
}

/** Members are whole: their parts are immutable (RFC 7643 4.2), and one that is not there is not made by a filter. */
export function linkStep(op: Op, { attribute, filter, sub }: Place, value: Json | undefined, reading: Reading): LinkStep {
  const { key, path, definition } = attribute;
  if (sub !== undefined || (filter !== undefined && op !== "remove")) {
    throw refuse("mutability", `The elements of ${path} cannot be changed; please add and remove whole ones.`);
  }
  if (op !== "remove") {
    const ids = readIds(attribute, wrapped(attribute, value ?? null, reading), reading);
    if (op === "replace" && ids.length === 0 && definition.required) throw unremovable(attribute);
    return { kind: "link", name: key, how: op === "add" ? "add" : "exactly", ids };
  }
  const values = removedValues(attribute, value, reading);
  const listed = values === undefined ? undefined : readIds(attribute, values, reading);
  if (filter === undefined) {
    if (listed !== undefined) return { kind: "link", name: key, how: "remove", ids: listed };
    if (definition.required) throw unremovable(attribute);
    return { kind: "link", name: key, how: "exactly", ids: [] };
  }
  const filtered = namedValues(filter);
  if (filtered === undefined) throw refuse("invalidFilter", `Elements of ${path} can be removed by their value alone, as in ${path}[value eq "id"].`);
  return { kind: "link", name: key, how: "remove", ids: listed === undefined ? filtered : filtered.filter((id) => listed.includes(id)) };
}

/** The values that `value eq "a" or value eq "b"` names; undefined for any other filter. */
export function namedValues(filter: Filter): Ids | undefined {
  switch (filter.kind) {
    case "compare":
      return filter.op === "eq" && typeof filter.value === "string" && filter.path.toLowerCase() === "value" ? [filter.value] : undefined;
    case "or": {
      const named: string[] = [];
      for (const term of filter.terms) {
        const values = namedValues(term);
        if (values === undefined) return undefined;
        named.push(...values);
      }
      return named;
    }
    default:
      return undefined;
  }
}

type Folded = { readonly add: Set<string>; readonly remove: Set<string> } | { readonly exactly: Set<string> };

/** As if the operations were done one after the other, on any list there may be. */
export function foldLinks(steps: readonly LinkStep[]): Links {
  const folded = new Map<string, Folded>();
  for (const { name, how, ids } of steps) {
    if (how === "exactly") {
      folded.set(name, { exactly: new Set(ids) });
      continue;
    }
    const link: Folded = folded.get(name) ?? { add: new Set(), remove: new Set() };
    folded.set(name, link);
    for (const id of ids) {
      if ("exactly" in link) {
        if (how === "add") link.exactly.add(id);
        else link.exactly.delete(id);
      } else {
        (how === "add" ? link.remove : link.add).delete(id);
        (how === "add" ? link.add : link.remove).add(id);
      }
    }
  }
  return Object.fromEntries(
    [...folded].flatMap(([name, link]): [string, LinkChange][] => {
      if ("exactly" in link) return [[name, { exactly: [...link.exactly] }]];
      return link.add.size + link.remove.size === 0 ? [] : [[name, { add: [...link.add], remove: [...link.remove] }]];
    }),
  );
}
