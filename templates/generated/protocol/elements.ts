/** Which elements of a multi-valued attribute are the same (RFC 7643 2.4), and what belongs to one of them. */
import type { Attribute } from "./attributes.js";
import type { Entry } from "./resource.js";
import { elementNames, folded } from "./value.js";

/** What types a part of an element: its sub-attribute or, of a simple multi-valued attribute, the attribute itself. */
export function partOf(attribute: Attribute, name: string): Attribute {
  return attribute.subAttributes.find(({ definition }) => definition.name === name) ?? attribute;
}

/** The sub-attributes by which an element is told from others: its value and type or, without a value, all that it has. */
export function identifying(attribute: Attribute, entry: Entry, named: "named" | "all"): readonly string[] {
  const names = elementNames(attribute);
  if ((entry["value"] ?? null) === null) return names.filter((name) => named === "all" || entry[name] !== null);
  return names.filter((name) => name === "value" || (name === "type" && (named === "all" || entry["type"] !== null)));
}

/** Equal for elements that these sub-attributes do not tell apart. */
export function identity(attribute: Attribute, entry: Entry, names: readonly string[]): string {
  return JSON.stringify(names.map((name) => folded(partOf(attribute, name), entry[name] ?? null)));
}

/** A test for elements that one of these names, by value and by type if it gives one. Linear, however many there are. */
export function among(attribute: Attribute, listed: readonly Entry[]): (entry: Entry) => boolean {
  const keys = new Map<string, { readonly names: readonly string[]; readonly identities: Set<string> }>();
  for (const entry of listed) {
    const names = identifying(attribute, entry, "named");
    const key = names.join(" ");
    const group = keys.get(key) ?? { names, identities: new Set() };
    keys.set(key, group);
    group.identities.add(identity(attribute, entry, names));
  }
  return (entry) => [...keys.values()].some(({ names, identities }) => identities.has(identity(attribute, entry, names)));
}
