/** All that resource.ts.hbs prints of one resource: flat and complete, nothing left to decide. */
import type { Attribute, Resource, TenantType } from "../provider.js";
import { delegates, idsCall } from "./db-view.js";
import { idCodec, idType, object, property, quoted, term } from "./expressions.js";
import { findView } from "./find-view.js";
import type { FindView } from "./find-view.js";
import { readView } from "./read-view.js";
import type { ReadView } from "./read-view.js";
import { contextOf, keyOf, relationOf, relations, topLevel } from "./view.js";
import type { Context } from "./view.js";
import { writeView } from "./write-view.js";
import type { WriteView } from "./write-view.js";

export interface ResourceView extends ReadView, FindView, WriteView {
  readonly name: string;
  readonly quotedName: string;
  readonly variable: string;
  readonly location: string;
  readonly model: string;
  readonly delegate: string;
  readonly tenantType: TenantType;
  readonly tenantColumn: string;
  readonly idColumn: string;
  readonly idType: TenantType;
  readonly idCodec: string;
  readonly idTerm: string;
  readonly ownIdTerm: string;
  readonly selectType: string;
  readonly ownType: string;
  readonly select: string;
  readonly maskParameter: string;
  readonly maskName: string;
  readonly referenced: boolean;
  readonly idsCall: string;
  readonly dbExtends: string;
  readonly delegates: readonly string[];
  readonly wheres: readonly { readonly model: string; readonly key: string; readonly keyType: string; readonly relation: string }[];
  readonly reads: string;
  readonly collectionNames: string;
  readonly linkNames: string;
  readonly slots: string;
  readonly edits: string;
  readonly defaults: string;
  readonly oneColumn: string;
  readonly shape: string;
  readonly rowsArguments: string;
  readonly joinedList: string;
  readonly collectionTable: string;
  readonly linkTable: string;
  readonly references: string;
  readonly unguarded: readonly string[];
  readonly constraints: string;
}

export function resourceView(resource: Resource, tenantType: TenantType): ResourceView {
  const context = contextOf(resource, tenantType);
  const read = readView(context);
  const write = writeView(context);
  const { hasParts } = context;
  const id = { idColumn: resource.id.name, idType: idType(resource.id) };
  const own = {
    name: resource.name,
    model: resource.model.name,
    delegate: resource.model.delegate,
    ...id,
    selectType: hasParts ? "Select" : "typeof own",
    ownType: hasParts ? "Own" : "Row",
    referenced: resource.referenced,
    tenantColumn: resource.tenant.name,
    leftovers: resource.removal.before.map((list) => ({ delegate: list.model.delegate, relation: list.parent })),
  };
  return {
    ...read,
    ...findView(context),
    ...write,
    ...own,
    quotedName: quoted(resource.name),
    variable: resource.file,
    location: `\`\${baseUrl}${resource.endpoint}/\${row.${resource.id.name}}\``,
    tenantType,
    idCodec: idCodec(resource.id),
    idTerm: idTerm(resource),
    ownIdTerm: term(resource.id.name, "id"),
    select: hasParts ? `selected<Select>(own, ${read.partsCall}, mask)` : "own",
    maskParameter: hasParts ? ", mask" : "",
    maskName: hasParts ? "mask" : "_mask",
    idsCall: idsCall(id),
    dbExtends: [`Begin<${resource.name}Db>`, ...referencedIds(context)].join(", "),
    delegates: [...delegates(own, write.shared, write.collections, write.links), ...turnCalls(resource)],
    wheres: [...write.collections, ...write.links],
    reads: readsOf(context),
    collectionNames: write.collections.map((each) => quoted(each.name)).join(", "),
    linkNames: write.links.map((each) => quoted(each.name)).join(", "),
    slots: slotsOf(context),
    edits: topLevel(resource).filter((each) => each.definition.mutability === "immutable" || each.source.kind === "fullName").map((each) => quoted(each.key)).join(", "),
    defaults: object(context.leaves.flatMap(defaultOf)),
    oneColumn: resource.oneColumn.map((keys) => `[${keys.map(quoted).join(", ")}]`).join(", "),
    shape: shapeOf(context),
    rowsArguments: ["tenant: Tenant", "baseUrl: string", ...(write.rules.length > 0 ? [`rules: ${resource.name}Rules`] : [])].join(", "),
    joinedList: write.shared.filter((each) => each.joined).map((each) => `${each.variable}(tenant)`).join(", "),
    collectionTable: object(write.collections.map((each) => `${property(each.name)}: ${each.rows}(tenant)`)),
    linkTable: object(write.links.map((each) => `${property(each.name)}: ${each.variable}(tenant)`)),
    references: object(context.leaves.flatMap(referenceOf)),
    unguarded: unguardedOf(resource),
    constraints: object(resource.constraints.map(({ name, attribute }) => `${property(name)}: ${quoted(attribute)}`)),
  };
}

/** The interfaces of other files through which this one asks which ids are known. */
function referencedIds(context: Context): readonly string[] {
  const others = context.leaves.flatMap(({ source }) => (source.kind === "members" || source.kind === "reference" ? [source.to.name] : []));
  return [...new Set(others)].filter((name) => name !== context.resource.name).map((name) => `${name}Ids`);
}

function readsOf(context: Context): string {
  const names = relations(context);
  const bits = topLevel(context.resource).flatMap((each) => {
    const leaves = each.source.kind === "complex" ? each.source.of : [each];
    const mask = leaves.reduce((sum, leaf) => sum | bitOf(names, leaf), 0);
    return mask === 0 ? [] : [`${property(each.key)}: ${String(mask)}`];
  });
  return object(bits);
}

function bitOf(names: readonly string[], leaf: Attribute): number {
  const relation = relationOf(leaf.source);
  return relation === undefined ? 0 : 2 ** names.indexOf(relation);
}

function slotsOf(context: Context): string {
  return object(
    context.leaves.flatMap(({ source, key }) => {
      if (source.kind !== "slots") return [];
      const slots = source.slots.map((slot) => `{ type: ${quoted(slot.type)}, primary: ${String(slot.primary)}, keys: { value: ${quoted(slot.key)} } }`);
      return [`${property(key)}: [${slots.join(", ")}]`];
    }),
  );
}

/** The call that a writer locks by. */
function turnCalls({ unguarded }: Resource): readonly string[] {
  if (unguarded === undefined) return [];
  if (unguarded.tenantRow === undefined) return ["$executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;"];
  const { model, id } = unguarded.tenantRow;
  return [
    `readonly ${model.delegate}: {`,
    `  updateMany(args: { where: { ${id.name}: Tenant }; data: { ${id.name}: Tenant } }): PromiseLike<{ count: number }>;`,
    "};",
  ];
}

/** The turns that writers of a tenant take where no index keeps a value unique. */
function unguardedOf(resource: Resource): readonly string[] {
  const { unguarded, model, tenant } = resource;
  if (unguarded === undefined) return ["unguarded: undefined,"];
  const { column, letters, tenantRow } = unguarded;
  const test = letters === "folded" || letters === "lowered" ? `{ in: [value], mode: "insensitive" }` : letters === "trusted" ? "value.toLowerCase()" : "value";
  const lock =
    tenantRow === undefined
      ? `db.$executeRaw\`SELECT pg_advisory_xact_lock(hashtextextended(\${\`${resource.name}/\${tenant}\`}, 0))\``
      : `db.${tenantRow.model.delegate}.updateMany({ where: { ${tenantRow.id.name}: tenant }, data: { ${tenantRow.id.name}: tenant } })`;
  const others = `...(id === undefined ? {} : { NOT: { ${idTerm(resource)} } })`;
  return [
    "unguarded: {",
    `  key: ${quoted(unguarded.key)},`,
    `  lock: (db) => ${lock},`,
    `  taken: (db, value, id) => db.${model.delegate}.count({ where: { ${tenant.name}: tenant, ${column.name}: ${test}, ${others} } }),`,
    "},",
  ];
}

/** The id of a resource, which arrives as text, as a term of a condition. */
function idTerm(resource: Resource): string {
  const { name } = resource.id;
  const value = keyOf(resource.id, "id");
  return value === name ? name : `${name}: ${value}`;
}

/** A whole name is made of three attributes, and its default stands in only when none of them is there. */
function shapeOf(context: Context): string {
  for (const { source, default: given } of context.leaves) {
    if (source.kind !== "fullName") continue;
    const otherwise = given === undefined ? "" : "from" in given ? `, (values) => values[${quoted(given.from)}]` : `, () => ${JSON.stringify(given.value)}`;
    return `(values) => nameInOne(values, ${quoted(source.order)}${otherwise})`;
  }
  return "(values) => values";
}

function defaultOf(attribute: Attribute): readonly string[] {
  if (attribute.default === undefined || attribute.source.kind === "fullName") return [];
  const { key } = attribute;
  const given =
    "from" in attribute.default ? `{ from: ${quoted(attribute.default.from)} }` : `{ value: ${typeof attribute.default.value === "string" ? quoted(attribute.default.value) : String(attribute.default.value)} }`;
  return [`${property(key)}: ${given}`];
}

function referenceOf(attribute: Attribute): readonly string[] {
  const { source, key } = attribute;
  if (source.kind !== "reference") return [];
  return [`${property(key)}: reference(${idCodec(source.place.column)}, (db: ${source.to.name}Ids, ids) => known${source.to.name}s(db, tenant, ids))`];
}

