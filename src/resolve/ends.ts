/** A multi-valued attribute that is a column of the rows at the other end of a many-to-many relation: `roles: "roles.name"`. */
import type { LooseEntry } from "../config.js";
import type { Definition } from "../provider.js";
import type { PrismaField } from "../read/prisma.js";
import { listAssignments } from "./assignments.js";
import type { ConfigPath } from "./context.js";
import { upperFirst } from "./names.js";
import { checkOptions } from "./options.js";
import { columnOf, idField, lettersOf, modelRef, ownColumn } from "./place.js";
import type { Target } from "./place.js";
import { equalities, isUnique, literalOf } from "./scope.js";
import { traitsOf } from "./source.js";
import { unmapped } from "./unmapped.js";
import type { Home, Resolved } from "./home.js";
import { tenantOfRows } from "./tenant.js";

export function ends(home: Home, definition: Definition, entry: LooseEntry, target: Extract<Target, { kind: "list" }>, back: PrismaField, path: ConfigPath): Resolved | undefined {
  const { child, list, rest } = target;
  const at = typeof entry.at === "string" && Object.keys(entry).length === 1 ? path : [...path, "at"];
  if (!checkOptions(home, entry, "ends", definition.name, path)) return undefined;
  if (target.steps.length > 0) return home.findings.later(at, "A list behind a to-one relation");
  if (rest === undefined) {
    return home.findings.error("not-a-column", at, `"${String(entry.at)}" is a list of ${child.name}, and which column is the value is not said.`, {
      remedy: `write "${String(entry.at)}." and a column of ${child.name}`,
      schema: { model: target.model.name, field: list.name },
    });
  }
  const value = ownColumn(home, child, rest, at);
  const key = idField(child);
  const id = key === undefined ? undefined : columnOf(home, child, key, at);
  const inside = tenantOfRows(home, child, entry.tenant, path);
  const condition = entry.where === undefined ? undefined : literalOf(home, child, entry.where, [...path, "where"]);
  if (value === undefined || id === undefined || inside === undefined) return undefined;
  const { tenant } = inside;
  if (value.type !== "text" && value.type !== "citext") return home.findings.later(at, `A look-up by a column that is not text (${child.name}.${value.name})`);
  const inTenant = tenant?.steps.length === 0 ? [tenant.column.name] : [];
  if (!isUnique(child, [value.name]) && !isUnique(child, [value.name, ...inTenant])) {
    home.findings.warn("lookup-not-unique", at, `Several rows of ${child.name} may have the same ${value.name}: a client that names it is answered 400 then.`, {
      remedy: `@@unique([${[...inTenant, value.name].join(", ")}])`,
      schema: { model: child.name, field: value.name },
    });
  }
  const link = entry.link ?? "connect";
  const said = listAssignments(home, child, entry.create, [...path, "create"], tenant ?? null);
  const create = [...said, ...equalities(home, child, entry.where, [...path, "where"], tenant ?? null).filter(({ column }) => !said.some((each) => each.column.name === column.name))];
  if (link === "connectOrCreate") {
    if (entry.create === false) return home.findings.error("unknown-option", [...path, "create"], `link: "connectOrCreate" makes a row of ${child.name} for a value that has none, and "create: false" says that none is ever made.`, { remedy: `link: "connect"` });
    if (tenant !== undefined && tenant.steps.length > 0) return home.findings.later([...path, "link"], `A new row of ${child.name}, whose tenant stands on another table`);
    unmapped(home, child, [value.name, ...inTenant, ...create.map(({ column }) => column.name)], path);
  }
  return {
    source: {
      kind: "ends",
      ends: { name: list.name, back: back.name, model: modelRef(child), id },
      value,
      letters: lettersOf(value, definition.subAttributes?.find(({ name }) => name === "value")?.caseExact ?? entry.caseExact ?? definition.caseExact, entry.lower),
      scope: { tenant, where: condition === undefined ? undefined : { constant: `current${upperFirst(list.name)}`, condition } },
      link,
      create,
    },
    traits: traitsOf(entry, definition),
  };
}
