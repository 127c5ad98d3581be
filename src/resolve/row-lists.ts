/** `emails: [rows, rows]`: several lists of rows that are one attribute, each read and written by its own rule. */
import type { LooseAttribute } from "../config.js";
import type { Attribute, Definition, RowListsSource, RowsSource } from "../provider.js";
import { named } from "./apart.js";
import type { ConfigPath } from "./context.js";
import type { Home, Resolved } from "./home.js";
import { upperFirst } from "./names.js";

/** `listOf` resolves one of them as if it were alone. */
export function rowLists(home: Home, key: string, definition: Definition, entries: readonly LooseAttribute[], listOf: (entry: LooseAttribute, path: ConfigPath) => Attribute | undefined, path: ConfigPath): Resolved | undefined {
  const found = entries.map((entry, index) => listOf(entry, [...path, index]));
  const lists: { readonly rows: RowsSource; readonly isWritten: boolean }[] = [];
  for (const [index, each] of found.entries()) {
    if (each === undefined) return undefined;
    if (each.source.kind === "ends" || (each.source.kind === "rows" && each.source.table !== undefined)) {
      return home.findings.later([...path, index], each.source.kind === "ends" ? "A many-to-many relation among several lists" : "A table without a relation among several lists");
    }
    if (each.source.kind !== "rows") return home.findings.error("type-mismatch", [...path, index], `Each of several lists of ${definition.name} is rows behind a list relation, and this is not.`, { remedy: `"list.column", or { at: "list", each: { value: "…" } }` });
    const { rows } = apart(key, each.source, lists.map((other) => other.rows));
    lists.push({ rows, isWritten: each.definition.mutability !== "readOnly" });
  }
  if (lists.length === 0) return home.findings.error("type-mismatch", path, `${definition.name} has no list.`, { remedy: `${definition.name}: "…"` });
  if (!areAlike(home, lists, path) || !areComparedAlike(home, lists, path)) return undefined;
  const traits = Object.assign({}, ...found.map((each) => traitsOf(definition, each?.definition))) as Partial<Definition>;
  return { source: { kind: "rowLists", lists }, traits: { ...traits, mutability: lists.some(({ isWritten }) => isWritten) ? definition.mutability : "readOnly" } };
}

/** With names of its own in the generated file. */
function apart(key: string, rows: RowsSource, others: readonly RowsSource[]): { readonly rows: RowsSource } {
  const name = `${rows.list.name}For${key.split(/[^A-Za-z0-9]+/).map(upperFirst).join("")}`;
  const again = others.filter(({ list }) => list.name === rows.list.name).length;
  const own = again === 0 ? name : `${name}${String(again + 1)}`;
  return { rows: { ...named(rows, own), item: upperFirst(own), apart: true } };
}

/** What the mapping changes of the attribute's characteristics. */
function traitsOf(before: Definition, after: Definition | undefined): Partial<Definition> {
  if (after === undefined) return {};
  return { required: after.required, returned: after.returned, caseExact: after.caseExact, description: after.description, ...(after.canonicalValues === before.canonicalValues || after.canonicalValues === undefined ? {} : { canonicalValues: after.canonicalValues }) };
}

/** An element keeps all that a client says of it, whichever list it goes to. */
function areAlike(home: Home, lists: RowListsSource["lists"], path: ConfigPath): boolean {
  const subs = lists.map(({ rows, isWritten }) => (isWritten ? rows.each.map(({ definition }) => definition.name) : undefined));
  const all = new Set(subs.flatMap((names) => names ?? []));
  for (const [index, names] of subs.entries()) {
    const lacks = names && [...all].find((name) => !names.includes(name));
    if (lacks === undefined) continue;
    home.findings.error("type-mismatch", [...path, index], `Other lists of this attribute have a ${lacks}, and this one does not: an element that goes there would lose it.`, { remedy: `each: { …, ${lacks}: "…" }, with a constant where all rows of the list have the same: ${lacks}: { constant: "…" }` });
    return false;
  }
  return true;
}

/** A filter asks the host once what a value is compared by, for all lists. */
function areComparedAlike(home: Home, lists: RowListsSource["lists"], path: ConfigPath): boolean {
  const known = new Map<string, string | undefined>();
  for (const [index, { rows }] of lists.entries()) {
    for (const { definition: { name }, source } of rows.each) {
      const by = source.kind === "codec" ? source.equals?.name : undefined;
      if (!known.has(name)) known.set(name, by);
      if (known.get(name) === by) continue;
      home.findings.later([...path, index], `A ${name} that a codec of its own compares in one of several lists`);
      return false;
    }
  }
  return true;
}
