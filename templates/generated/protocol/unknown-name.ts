/** What to say of a name that no schema knows, in a filter or a path. */
import type { Attribute, ResourceType } from "./attributes.js";
import { quoted } from "./filter-token.js";

/** A sentence for `detail`: what the name could have been. */
export function unknownName(name: string, type: ResourceType): string {
  const all = type.attributes.flatMap((each) => [each, ...each.subAttributes]);
  const same = all.filter((each) => shortName(each).toLowerCase() === name.toLowerCase());
  // Known and not found: two extensions have it (RFC 7644 3.10 wants the URN there anyway).
  if (same.length > 1) return `${quoted(name)} can be ${same.map(({ path }) => path).join(" or ")}; please write it with its URN.`;
  const known = name.includes(":") ? all.map((each) => fullName(each, type)) : all.map(shortName);
  return `${type.definition.name} has no attribute ${quoted(name)}.${meant(name, known)}`;
}

/** " Did you mean …?", or nothing when no known name comes near. */
export function meant(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
}

/** Longer text is no misspelling, and comparing it would be work that a client orders. */
const longest = 120;

function nearest(name: string, known: readonly string[]): readonly string[] {
  if (name.length > longest) return [];
  // A URN may not buy its attribute more misspelt letters.
  const far = Math.max(1, Math.floor((name.length - name.lastIndexOf(":") - 1) / 3));
  return [...new Set(known)]
    .map((each) => ({ each, apart: distance(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ apart }) => apart <= far)
    .sort((a, b) => a.apart - b.apart)
    .slice(0, 3)
    .map(({ each }) => each);
}

function shortName({ path, extension }: Attribute): string {
  return extension ? path.slice(extension.schema.id.length + 1) : path;
}

function fullName({ path, extension }: Attribute, type: ResourceType): string {
  return extension ? path : `${type.definition.schema.id}:${path}`;
}

/** Letters inserted, left out or replaced between two texts (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
