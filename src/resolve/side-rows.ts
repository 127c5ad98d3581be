/** Rows that are made with the resource and deleted with it, without an attribute. */
import type { LooseResource } from "../config.js";
import type { ListRelation, SideRows } from "../provider.js";
import { assignments } from "./assignments.js";
import { suggestion } from "./context.js";
import type { ConfigPath } from "./context.js";
import type { Home } from "./home.js";
import { checkOptions, isObject } from "./options.js";
import { follow, listRelation } from "./place.js";
import { keysOf } from "./source.js";
import { unmapped } from "./unmapped.js";

export interface Sides {
  readonly made: readonly SideRows[];
  /** All of them, those included that are only deleted. */
  readonly lists: readonly ListRelation[];
}

export function sideRowsOf(home: Home, { sideRows = [] }: LooseResource, path: ConfigPath): Sides {
  if (!Array.isArray(sideRows)) {
    home.findings.error("type-mismatch", [...path, "sideRows"], `"sideRows" is a list.`, { remedy: `sideRows: [{ at: "…", create: { … } }]` });
    return { made: [], lists: [] };
  }
  const known = sideRows.flatMap((each: unknown, index) => sideRow(home, each, [...path, "sideRows", index]) ?? []);
  return { made: known.flatMap(({ list, create }) => (create === undefined ? [] : [{ list, create }])), lists: known.map(({ list }) => list) };
}

function sideRow(home: Home, given: unknown, path: ConfigPath): { readonly list: ListRelation; readonly create: SideRows["create"] | undefined } | undefined {
  if (!isObject(given)) return home.findings.error("type-mismatch", path, "Rows beside the resource are an object with the list that holds them.", { remedy: `{ at: "…", create: { … } }` });
  if (!checkOptions(home, given, "sideRow", "rows beside the resource", path)) return undefined;
  const { at, create } = given as NonNullable<LooseResource["sideRows"]>[number];
  if (typeof at !== "string") return home.findings.error("not-a-column", path, "Which list holds the rows is not said.", { remedy: `at: "…"` });
  const target = follow(home, home.model, at, [...path, "at"]);
  if (target === undefined) return undefined;
  if (target.kind !== "list" || target.rest !== undefined) return home.findings.error("not-a-column", [...path, "at"], `"${at}" is not a list of rows.`, suggestion(at, home.model.fields.filter((each) => each.isList && each.kind === "object").map((each) => each.name)));
  // Those of a person whom tenants share would go with the first tenant that leaves.
  if (target.steps.length > 0) return home.findings.later([...path, "at"], "Rows beside a row that the resource points to");
  const list = listRelation(home, home.model, keysOf(home.rows), target.list, target.child, [...path, "at"]);
  if (list === undefined) return undefined;
  if (create === false) return { list, create: undefined };
  if (!isObject(create)) return home.findings.error("type-mismatch", [...path, "create"], `What a new row of ${target.child.name} holds is not said.`, { remedy: "create: { … }, or create: false for rows that are only deleted" });
  const made = assignments(home, target.child, create, [...path, "create"]);
  unmapped(home, target.child, [list.key.name, ...list.tenantKeys.map(({ name }) => name), ...made.map(({ column }) => column.name)], path);
  return { list, create: made };
}
