/** The writing half of a resource's file: setters, what its kinds declare, and what POST and DELETE do. */
import type { Assignment, Resource, Source } from "../provider.js";
import { blocks, isWritten, relationsOf } from "./context.js";
import type { Context } from "./context.js";
import { assigned, columnType, property, quoted, term } from "./expressions.js";
import { insertLines } from "./insert-view.js";
import type { Block } from "./kinds/kind.js";
import { madeColumns } from "./kinds/made.js";
import { personRemoval } from "./kinds/member-persons.js";
import { knownArguments, scopeTerms, tenantArgument, tenantValue } from "./scope.js";
import { orphanLines, sharedBlocks } from "./shared-view.js";
import { togetherLines } from "./together-view.js";
import { askedParameter, isAsynchronous, isAwaited, madeDefaults } from "./view.js";

export interface WriteView {
  readonly values: readonly string[];
  readonly newType: string;
  readonly rules: readonly { readonly doc: string; readonly signature: string }[];
  /** The columns that a write names; what is counted is no column of theirs. */
  readonly dataType: string;
  readonly written: readonly string[];
  readonly writtenArgument: string | undefined;
  readonly blocks: readonly Block[];
  readonly joins: boolean;
  readonly attend: readonly string[];
  readonly lends: string | undefined;
  readonly insert: readonly string[];
  readonly together: readonly string[];
  readonly stamp: string;
  readonly touch: string;
  readonly updates: readonly string[];
  readonly remove: readonly string[];
}

export function writeView(context: Context): WriteView {
  const { resource, leaves } = context;
  const written = leaves.flatMap(({ setters }) => setters.filter(({ relation }) => relation === undefined).map(({ line }) => line));
  const required = leaves.filter((leaf) => leaf.attribute.definition.required && isWritten(leaf)).map(({ attribute }) => quoted(attribute.key));
  return {
    values: leaves.flatMap((leaf) => leaf.values),
    newType: required.length === 0 ? "Partial<Values>" : `Partial<Values> & Pick<Values, ${required.join(" | ")}>`,
    rules: rulesOf(context),
    dataType: resource.version === undefined ? `Prisma.${resource.model.name}CreateManyInput` : `Omit<Prisma.${resource.model.name}CreateManyInput, ${quoted(resource.version.name)}>`,
    written,
    writtenArgument: written.some((line) => /\btenant\b/.test(line)) ? "tenant: Tenant" : undefined,
    blocks: [...resource.shared.flatMap((each) => sharedBlocks(context, each)), ...blocks(context)].map(({ template, view }) => ({ template, view: { ...forTenant(context), ...view } })),
    joins: isAsynchronous(resource),
    attend: attendLines(context),
    lends: lendsOf(context),
    insert: resource.isReadOnly ? [`insert: () => unwritable(${quoted(resource.name)}),`] : insertLines(context),
    together: togetherLines(context),
    stamp: stampOf(context),
    touch: touchOf(resource),
    updates: updateLines(resource),
    remove: removeLines(context),
  };
}

/** How a declaration is handed the tenant. */
function forTenant({ tenantType }: Context): object {
  return { tenant: tenantArgument(tenantType).parameter, known: knownArguments(tenantType) };
}

function rulesOf({ resource, tenantType, leaves }: Context): WriteView["rules"] {
  const type = String(tenantType ?? null);
  const given = `RuleContext<${type}, Prisma.TransactionClient>`;
  const links = resource.shared.filter((each) => each.link !== "create");
  const mayLink = links.slice(0, 1).map(() => ({
    doc: "Whether a tenant may add the person who has this e-mail already: only for domains that it has proved to be its own.",
    signature: `mayLink(email: string, tenant: ${type}, context: ${given}): boolean | Promise<boolean>;`,
  }));
  const rows = [...leaves.flatMap(({ attribute: { source } }) => createdBy(source)), ...resource.sideRows.flatMap((each) => each.create)];
  const values = new Map<string, { readonly doc: string; readonly signature: string }>(
    [...resource.create, ...madeDefaults(resource), ...resource.stamp, ...resource.removal.set, ...resource.shared.flatMap((each) => each.create), ...rows].flatMap((each) => {
      if (each.value.kind !== "rule") return [];
      const type = columnType(each.column);
      return [
        [
          each.value.name,
          { doc: `The value of ${each.column.name} for a new row.`, signature: `${property(each.value.name)}(context: ${given}): ${type} | Promise<${type}>;` },
        ] as const,
      ];
    }),
  );
  for (const { name, doc, sides } of leaves.flatMap(({ codecs }) => codecs)) {
    if (!values.has(name)) values.set(name, { doc, signature: [`readonly ${property(name)}: {`, ...sides.map((side) => `    ${side}`), "  };"].join("\n") });
  }
  return [...mayLink, ...[...values.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule)];
}

/** What the rows that an attribute makes hold besides. */
function createdBy(source: Source): readonly Assignment[] {
  if (source.kind === "members") return source.lists.flatMap((each) => (each.kind === "join" ? each.create : []));
  if (source.kind === "rowLists") return source.lists.flatMap(({ rows }) => rows.create);
  return "create" in source ? source.create : [];
}

/** The rows that a new resource has without an attribute. */
function attendLines({ resource, tenantType }: Context): readonly string[] {
  if (resource.sideRows.length === 0) return [];
  const lines = resource.sideRows.map(({ list, create }) => {
    const columns = [`${list.key.name}: row.${list.parentKey.name}`, ...list.tenantKeys.map(({ name }) => `${name}: tenant`), ...madeColumns(create, tenantType)];
    return `  await db.${list.model.delegate}.createMany({ data: [{ ${columns.join(", ")} }] });`;
  });
  return [`async attend(db, row${askedParameter(lines.join(" "), true)}) {`, ...lines, "},"];
}

/** Values that rows beside this one take over: where a write leaves them alone, as they stand. */
function lendsOf(context: Context): string | undefined {
  const { leaves, relations } = context;
  const lists = leaves.flatMap(({ attribute: { source, definition } }) => (definition.mutability === "readOnly" ? [] : createdBy(source)));
  const keys = new Set(lists.flatMap(({ value }) => (value.kind === "from" ? [value.key] : [])));
  const lent = leaves.filter(({ attribute }) => keys.has(attribute.key));
  if (lent.length === 0) return undefined;
  const parts = new Set(lent.flatMap(relationsOf));
  const mask = [...parts].reduce((sum, name) => sum + 2 ** relations.indexOf(name), 0);
  return `{ parts: ${String(mask)}, of: (row) => ({ ${lent.map(({ attribute, printed }) => `${property(attribute.key)}: ${printed}`).join(", ")} }) }`;
}

function stampOf({ resource, tenantType }: Context): string {
  if (resource.stamp.length === 0) return "() => ({})";
  const columns = resource.stamp.map((each) => `${each.column.name}: ${assigned(each, { now: "now", tenant: tenantValue(tenantType) })}`).join(", ");
  const awaits = resource.stamp.some(isAwaited);
  return `${awaits ? "async " : ""}(${awaits ? "db" : "_db"}${askedParameter(columns)}) => ({ ${columns} })`;
}

/** The two ways to update; a counted version is raised once by each write, by the lock where there is one. */
function updateLines({ model, version, name, isReadOnly }: Resource): readonly string[] {
  if (isReadOnly) return ["update", "updateOnly"].map((verb) => `${verb}: () => unwritable(${quoted(name)}),`);
  const call = (data: string): string => `db.${model.delegate}.updateManyAndReturn({ where, ${term("data", data)}, select: own })`;
  if (version === undefined) return [`update: (db, where, data) => ${call("data")},`, `updateOnly: (db, where, data) => db.${model.delegate}.updateMany({ where, data }),`];
  const raised = `{ ...data, ${version.name}: { increment: 1 } }`;
  return [`update: (db, where, data) => ${call(raised)},`, `updateOnly: (db, where, data, raise) => db.${model.delegate}.updateMany({ where, data: raise ? ${raised} : data }),`];
}

/** A column written onto itself: the tenant's, which no write ever changes, or the id. */
function touchOf({ scope, id }: Resource): string {
  if (scope.tenant?.steps.length === 0) return `() => ({ ${scope.tenant.column.name}: tenant })`;
  return `({ ${id.name} }) => ({ ${id.name} })`;
}

function removeLines(context: Context): readonly string[] {
  const { resource, tenantType } = context;
  const { delegate } = resource.model;
  if (resource.isReadOnly) return [`remove: () => unwritable(${quoted(resource.name)}),`];
  const { kind, set, before, members } = resource.removal;
  if (kind === "deactivate") return [];
  if (kind === "hide") {
    const columns = set.map((each) => `${each.column.name}: ${assigned(each, { now: "now", tenant: tenantValue(tenantType) })}`).join(", ");
    const awaits = set.some(isAwaited);
    const asked = askedParameter(columns);
    return [`retired: ${awaits ? "async " : ""}(${awaits ? "db" : asked === "" ? "" : "_db"}${asked}) => ({ ${columns} }),`];
  }
  const orphans = orphanLines(context);
  if (before.length === 0 && members === undefined && orphans.before.length === 0) return [`remove: (db, where) => db.${delegate}.deleteMany({ where }),`];
  return [
    "async remove(db, where) {",
    ...orphans.before,
    ...(members === undefined ? [] : [`  ${personRemoval(members)}`]),
    ...before.map((list) => `  await db.${list.model.delegate}.deleteMany({ where: { ${list.parent}: where } });`),
    ...(orphans.after.length === 0 ? [`  return db.${delegate}.deleteMany({ where });`] : [`  const removed = await db.${delegate}.deleteMany({ where });`, ...orphans.after, "  return removed;"]),
    "},",
  ];
}

/** The condition on the rows of a tenant that a filter leaves. */
export function scopeOf({ scope }: Resource): string {
  const own = scopeTerms({ ...scope, where: undefined });
  if (scope.where === undefined && own.length === 0) return "(filter) => (filter === undefined ? {} : { AND: filter })";
  const all = [...own, ...(scope.where === undefined ? [] : [`AND: ${scope.where.constant}`])].join(", ");
  const filtered = [...own, `AND: ${scope.where === undefined ? "filter" : `[${scope.where.constant}, filter]`}`].join(", ");
  return `(filter) => (filter === undefined ? { ${all} } : { ${filtered} })`;
}
