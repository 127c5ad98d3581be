/** A column of another row, by which a write finds that row and links it. */
import type { LooseEntry } from "../config.js";
import type { Assignment, Column, Definition, LookupSource, Place, RowScope } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import { assignments } from "./assignments.js";
import { fitting } from "./context.js";
import type { ConfigPath } from "./context.js";
import type { Home } from "./home.js";
import { fileName } from "./names.js";
import { isUniqueIn, lettersOf, ownColumn } from "./place.js";
import type { Target } from "./place.js";
import { insideStep } from "./reach.js";
import { equalities, literalOf } from "./scope.js";
import { tenantOfRows } from "./tenant.js";
import { unmapped } from "./unmapped.js";

/** Columns by whose value a row can be found. */
const findable: ReadonlySet<Column["type"]> = new Set(["text", "citext", "uuid", "int", "bigint"]);

export function lookup(home: Home, definition: Definition, entry: LooseEntry, target: Extract<Target, { kind: "column" }>, path: ConfigPath, at: ConfigPath): LookupSource | undefined {
  const { place, model } = target;
  const { column } = place;
  const { link } = entry;
  const [step, ...deeper] = place.steps;
  if (link !== "connect" && link !== "connectOrCreate") return home.findings.error("type-mismatch", [...path, "link"], `"link" is "connect" or "connectOrCreate".`, { remedy: `link: "connect"` });
  if (step === undefined) return home.findings.error("type-mismatch", [...path, "link"], `"link" finds a row behind a relation, and ${model.name}.${column.name} is a column of the resource's own row.`, { remedy: "leave it out", schema: { model: model.name, field: column.name } });
  if (deeper.length > 0) return home.findings.later(at, "A look-up behind more than one relation");
  if (definition.type !== "string" || !findable.has(column.type)) {
    return home.findings.error("type-mismatch", at, `A row of ${model.name} is found by text, a whole number or a uuid, and ${column.name} is none of these.`, { ...fitting(home, model, ({ type, isList }) => !isList && ["String", "Int", "BigInt"].includes(type), "readOnly: true"), schema: { model: model.name, field: column.name } });
  }
  if (entry.create !== undefined && link === "connect") return home.findings.error("unknown-option", [...path, "create"], `"create" means nothing where no row is made.`, { remedy: `link: "connectOrCreate"` });
  const inside = tenantOfRows(home, model, entry.tenant, path);
  const condition = entry.where === undefined ? undefined : literalOf(home, model, entry.where, [...path, "where"]);
  const keys = inside === undefined ? undefined : keysOfRelation(home, step.relation, model, inside.tenant, at);
  if (inside === undefined || keys === undefined || (entry.where !== undefined && condition === undefined)) return undefined;
  const { tenant } = inside;
  const scope: RowScope = { tenant, where: condition === undefined ? undefined : { constant: constantOf(home, path), condition } };
  const equal = equalities(home, model, entry.where, [...path, "where"], tenant ?? null);
  checkOne(home, model, { column, link }, scope, equal, at);
  const create = link === "connect" ? [] : createdBy(home, model, entry, equal, scope, path);
  if (link === "connectOrCreate") checkMade(home, model, [column.name, ...create.map((each) => each.column.name)], scope, create, path);
  return { kind: "lookup", at: { ...place, steps: [insideStep(home, step, tenant)] }, letters: lettersOf(column, definition.caseExact, entry.lower ?? home.lowers.get(String(entry.at))), link, ...keys, scope, create };
}

/** A name in the generated code for a condition of the mapping, by the attribute that it stands at. */
export function constantOf(home: Home, path: ConfigPath): string {
  const own = path.slice(path.findIndex((each) => each === "attributes" || each === "enterprise") + 1).filter((each) => typeof each === "string");
  const names = [...(home.isCustom ? [fileName(home.typePrefix)] : []), ...own.flatMap((each) => each.split(/[^A-Za-z0-9]+/))];
  return `${names.map((each, index) => (index === 0 ? each : each.slice(0, 1).toUpperCase() + each.slice(1))).join("")}Rows`;
}

/** The foreign key that a link writes. Others of its columns may hold the tenant, which never changes. */
function keysOfRelation(home: Home, relation: string, model: PrismaModel, tenant: Place | undefined, path: ConfigPath): Pick<LookupSource, "key" | "id"> | undefined {
  const field = home.model.fields.find((each) => each.name === relation);
  const pairs = (field?.relation?.fromFields ?? []).map((from, index) => ({ from, to: field?.relation?.toFields[index] ?? "" }));
  const [pair, ...more] = pairs.filter(({ to }) => tenant?.steps.length !== 0 || to !== tenant.column.name);
  if (pair === undefined || more.length > 0) return home.findings.later(path, `A look-up whose key does not stand on the resource's model in one column (${home.model.name}.${relation})`);
  const [key, id] = [ownColumn(home, home.model, pair.from, path), ownColumn(home, model, pair.to, path)];
  return key === undefined || id === undefined ? undefined : { key, id };
}

/** What a new row holds besides its value: its tenant, what the condition says of it, and what the mapping adds. */
export function createdBy(home: Home, model: PrismaModel, entry: LooseEntry, equal: readonly Assignment[], { tenant }: RowScope, path: ConfigPath): readonly Assignment[] {
  const said = assignments(home, model, entry.create === false ? {} : (entry.create ?? {}), [...path, "create"], tenant ?? null);
  const own: readonly Assignment[] = tenant?.steps.length === 0 ? [{ column: tenant.column, value: { kind: "tenant" } }] : [];
  // What is said last holds: nobody can say another tenant.
  return [...new Map([...equal, ...said, ...own].map((each) => [each.column.name, each])).values()];
}

function checkOne(home: Home, model: PrismaModel, { column, link }: { readonly column: Column; readonly link: LookupSource["link"] }, { tenant }: RowScope, equal: readonly Assignment[], path: ConfigPath): void {
  const [step] = tenant?.steps ?? [];
  const behind = model.fields.find((each) => each.name === step?.relation)?.relation?.fromFields;
  const own = tenant === undefined ? [] : (behind ?? [tenant.column.name]);
  const fixed = [column.name, ...own, ...equal.map((each) => each.column.name)];
  const told = { remedy: `@@unique([${[...own, column.name].join(", ")}])`, schema: { model: model.name, field: column.name } };
  if (!isUniqueIn(model, fixed)) {
    home.findings.warn("lookup-not-unique", path, `More than one row of ${model.name} may have the same ${column.name}: a value that finds two is refused with 400, and two requests at once may make two.`, told);
  } else if (link === "connectOrCreate" && tenant !== undefined && isUniqueIn(model, fixed.filter((each) => !own.includes(each)))) {
    home.findings.warn("unique-wider-than-tenant", path, `${model.name}.${column.name} is unique over all tenants: a value that another tenant has can be neither linked nor made, and is refused with 400.`, told);
  }
}

/** A row that is made gets its tenant, and all that it must hold. */
function checkMade(home: Home, model: PrismaModel, covered: readonly string[], { tenant }: RowScope, create: readonly Assignment[], path: ConfigPath): void {
  unmapped(home, model, covered, path);
  checkTenantOfNew(home, model, tenant, create, path);
}

/** A row whose tenant stands behind a relation gets it by the row that it is connected to. */
export function checkTenantOfNew(home: Home, model: PrismaModel, tenant: Place | undefined, create: readonly Assignment[], path: ConfigPath): void {
  const [step] = tenant?.steps ?? [];
  if (step === undefined) return;
  const keys = model.fields.find((each) => each.name === step.relation)?.relation?.fromFields ?? [];
  if (create.some((each) => each.value.kind === "row" && keys.includes(each.column.name))) return;
  home.findings.error("tenant-open", path, `A new row of ${model.name} gets its tenant by ${step.relation}, and to which row that leads is not said.`, {
    remedy: `create: { ${step.relation}: { … } }, by columns that name a row of the tenant`,
    schema: { model: model.name, field: step.relation },
  });
}
