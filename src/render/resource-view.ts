/** All that resource.ts.hbs prints of one resource: flat and complete, nothing left to decide. */
import type { Resource, TenantType } from "../provider.js";
import { besidesOf, contextOf, isLeafOf, mappingEntries, relationsOf, rowsEntries } from "./context.js";
import type { Context, Leaf } from "./context.js";
import { delegates, idsCall } from "./db-view.js";
import { assigned, idCodec, idType, object, parameter, property, quoted, term } from "./expressions.js";
import { findView } from "./find-view.js";
import type { FindView } from "./find-view.js";
import { readView } from "./read-view.js";
import type { ReadView } from "./read-view.js";
import { documentMerges } from "./kinds/json.js";
import { literal, scopeTerms, tenantArgument, tenantTerms, tenantTypes, tenantValue } from "./scope.js";
import { isJoined, joinedName } from "./shared-view.js";
import { keptPerson, keyOf, keyType, topLevel, uses } from "./view.js";
import { scopeOf, writeView } from "./write-view.js";
import type { WriteView } from "./write-view.js";

export interface ResourceView extends ReadView, FindView, WriteView {
  readonly name: string;
  readonly quotedName: string;
  readonly variable: string;
  readonly location: string;
  readonly model: string;
  readonly delegate: string;
  /** Undefined: there are no tenants, and no type of theirs. */
  readonly tenantType: string | undefined;
  /** What makes a row exist, as terms of a condition. */
  readonly inside: string;
  readonly existing: { readonly constant: string; readonly condition: string } | undefined;
  readonly whereType: string;
  readonly identityType: string;
  readonly identity: string;
  readonly findOne: "findUnique" | "findFirst";
  readonly scope: string;
  readonly idColumn: string;
  /** The id's column taken out of a row, and the variable that then holds it. */
  readonly idName: string;
  readonly idVariable: string;
  readonly idType: TenantType;
  readonly idCodec: string;
  readonly key: string;
  readonly keyType: TenantType;
  readonly ownType: string;
  readonly select: string;
  readonly maskParameter: string;
  readonly maskName: string;
  readonly referenced: boolean;
  readonly idsCall: string;
  readonly known: string;
  readonly knownArguments: string;
  readonly dbExtends: string;
  readonly delegates: readonly string[];
  readonly whereTypes: readonly string[];
  readonly reads: string;
  readonly collections: string;
  readonly held: string;
  readonly links: string;
  readonly slots: string;
  readonly edits: string;
  readonly defaults: string;
  readonly oneColumn: string;
  readonly shape: string;
  readonly rowsArguments: string;
  readonly joinedList: string;
  readonly collectionTable: string;
  readonly linkTable: string;
  readonly lookups: string | undefined;
  readonly besides: string;
  readonly byIds: string | undefined;
  readonly ordersWithin: string | undefined;
  readonly operands: string | undefined;
  readonly others: { readonly open: string; readonly rows: string } | undefined;
  /** What printing is handed beside the row. */
  readonly printParameters: string;
  readonly printArguments: string;
  readonly merge: string;
  readonly references: string;
  readonly activeWhileThere: boolean;
  readonly outside: string | undefined;
  readonly met: readonly string[];
  readonly person: string | undefined;
  readonly removed: string | undefined;
  readonly unguarded: readonly string[];
  readonly constraints: string;
}

export function resourceView(resource: Resource, tenantType: TenantType | undefined): ResourceView {
  const context = contextOf(resource, tenantType);
  const read = readView(context);
  const write = writeView(context);
  const { scope, id } = resource;
  const hasParts = read.parts.length > 0;
  const lookups = rowsEntries(context, "lookups");
  const byIds = rowsEntries(context, "byIds");
  const ordersWithin = rowsEntries(context, "ordersWithin");
  const printed = ["tenant", "rules"].filter((name) => [...read.locals, ...read.printed].some((line) => uses(line, name)));
  const operands = rowsEntries(context, "operands");
  const inside = scopeTerms(scope).join(", ");
  const own = term(id.name, "id");
  const tenants = tenantType === undefined ? [] : [tenantArgument(tenantType).parameter];
  return {
    ...read,
    ...findView(context),
    ...write,
    name: resource.name,
    quotedName: quoted(resource.name),
    variable: resource.file,
    location: `\`\${baseUrl}${resource.endpoint}/\${row.${id.name}}\``,
    model: resource.model.name,
    delegate: resource.model.delegate,
    tenantType,
    inside,
    existing: scope.where === undefined ? undefined : { constant: scope.where.constant, condition: literal(scope.where.condition) },
    whereType: [`Prisma.${resource.model.name}WhereInput`, ...tenantTypes(scope).map((each) => `{ ${each} }`)].join(" & "),
    identityType: [`readonly ${id.name}: ${idType(id)}`, ...tenantTypes(scope), ...(scope.where === undefined ? [] : [`readonly AND: typeof ${scope.where.constant}`])].join("; "),
    identity: [own, ...scopeTerms(scope)].join(", "),
    findOne: resource.isIdUnique ? "findUnique" : "findFirst",
    scope: scopeOf(resource),
    idColumn: id.name,
    idName: term(id.name, parameter(id)),
    idVariable: parameter(id),
    idType: idType(id),
    idCodec: idCodec(id),
    key: resource.key.name,
    keyType: keyType(resource),
    ownType: context.relations.length > 0 ? "Own" : "Row",
    select: hasParts ? `selected<Select>(own, ${read.partsCall}, mask)` : "own",
    maskParameter: hasParts ? ", mask" : "",
    maskName: hasParts ? "mask" : "_mask",
    referenced: resource.referenced,
    idsCall: idsCall(context),
    known: [`${id.name}: { in: ids }`, ...scopeTerms(scope)].join(", "),
    dbExtends: [`Begin<${resource.name}Db>`, ...referencedIds(context)].join(", "),
    delegates: [...delegates(context), ...turnCalls(resource)],
    whereTypes: context.leaves.flatMap((each) => each.types),
    reads: readsOf(context),
    collections: mappingEntries(context, "collections").join(", "),
    held: mappingEntries(context, "held").join(", "),
    links: mappingEntries(context, "links").join(", "),
    slots: object(mappingEntries(context, "slots")),
    edits: editsOf(context).join(", "),
    defaults: object(mappingEntries(context, "defaults")),
    oneColumn: resource.oneColumn.map((keys) => `[${keys.map(quoted).join(", ")}]`).join(", "),
    shape: shapeOf(context),
    rowsArguments: [...tenants, "baseUrl: string", ...(write.rules.length > 0 ? [`rules: ${resource.name}Rules`] : [])].join(", "),
    knownArguments: [`db: ${resource.name}Ids`, ...tenants, `ids: ${idType(id)}[]`].join(", "),
    joinedList: resource.shared.filter((each) => isJoined(context, each)).map((each) => `${joinedName(each)}(${each.onUpdate === "owned" ? "tenant" : ""})`).join(", "),
    collectionTable: object(rowsEntries(context, "collections")),
    linkTable: object(rowsEntries(context, "links")),
    lookups: lookups.length === 0 ? undefined : object(lookups),
    besides: besidesOf(context).map((beside) => `{ part: ${String(2 ** context.relations.indexOf(beside.name))}, ...${beside.call} }`).join(", "),
    byIds: byIds.length === 0 ? undefined : object(byIds),
    ordersWithin: ordersWithin.length === 0 ? undefined : object(ordersWithin),
    printParameters: printed.map((each) => `, ${each === "tenant" ? "tenant: Tenant" : `rules: ${resource.name}Rules`}`).join(""),
    printArguments: printed.map((each) => `, ${each}`).join(""),
    others: othersOf(resource),
    operands: operands.length === 0 ? undefined : object(operands),
    merge: [...rowsEntries(context, "merge"), ...documentMerges(context.leaves.flatMap((each) => each.documents))].join(", "),
    references: object(rowsEntries(context, "references")),
    activeWhileThere: resource.attributes.some(({ source }) => source.kind === "exists"),
    outside: outsideOf(resource),
    met: metLines(resource, tenantType),
    person: personOf(resource),
    removed: resource.existing?.removed === undefined ? undefined : literal(resource.existing.removed.condition),
    unguarded: unguardedOf(resource),
    constraints: object(resource.constraints.map(({ name, attribute }) => `${property(name)}: ${quoted(attribute)}`)),
  };
}

/** The interfaces of other files through which this one asks which ids are known. */
function referencedIds({ resource, leaves }: Context): readonly string[] {
  return [...new Set(leaves.flatMap((each) => each.refersTo))].filter((name) => name !== resource.name).map((name) => `${name}Ids`);
}

function readsOf({ resource, leaves, relations }: Context): string {
  const bits = topLevel(resource).flatMap((each) => {
    const own = leaves.filter((leaf) => isLeafOf(each, leaf));
    const crossed = withShown(own, leaves).flatMap(relationsOf);
    const mask = [...new Set(crossed)].reduce((sum, relation) => sum + 2 ** relations.indexOf(relation), 0);
    return mask === 0 ? [] : [`${property(each.key)}: ${String(mask)}`];
  });
  return object(bits);
}

/** Leaves with those that they show: what stands in for an absent value, and the parts of a name. */
function withShown(own: readonly Leaf[], leaves: readonly Leaf[]): readonly Leaf[] {
  const shown = new Set(own.flatMap(({ attribute: { fallback, source } }) => [...(fallback === undefined ? [] : [fallback]), ...(source.kind === "formatted" ? source.of : [])]));
  const more = leaves.filter((leaf) => shown.has(leaf.attribute.key) && !own.includes(leaf));
  return more.length === 0 ? own : withShown([...own, ...more], leaves);
}

/** Attributes that are written only after a look at what is there: immutable ones, and kinds that say so. */
function editsOf(context: Context): readonly string[] {
  // What reads the same by its fallback is not written.
  const standing = context.leaves.flatMap(({ attribute: { key, fallback } }) => (fallback === undefined ? [] : [quoted(key)]));
  const asked = new Set([...mappingEntries(context, "edits"), ...standing]);
  return topLevel(context.resource).filter((each) => each.definition.mutability === "immutable" || asked.has(quoted(each.key))).map((each) => quoted(each.key)).concat(standing.filter((key) => !topLevel(context.resource).some((each) => quoted(each.key) === key)));
}

function outsideOf({ outside }: Resource): string | undefined {
  if (!outside.insert && outside.keys.length === 0) return undefined;
  return object([`insert: ${String(outside.insert)}`, `keys: [${outside.keys.map(quoted).join(", ")}]`]);
}

/** What a POST may do with a row of the same name. */
function metLines(resource: Resource, tenantType: TenantType | undefined): readonly string[] {
  const { name, existing, scope } = resource;
  if (existing === undefined) return [];
  const { key, unmanaged, inactive, removed } = existing;
  const within = object([...tenantTerms(scope), `AND: [removed${name}s, filter]`]);
  const data = object((removed?.data ?? []).map((each) => `${each.column.name}: ${assigned(each, { now: "new Date()", tenant: "tenant" })}`));
  return [
    "existing: {",
    `  key: ${quoted(key)},`,
    ...(unmanaged ? ["  unmanaged: true,"] : []),
    ...(inactive ? ["  inactive: true,"] : []),
    ...(removed === undefined ? [] : [`  removed: { conflicts: ${String(removed.policy === "conflict")}, scope: (filter) => (${within}), data: ${data}${removed.policy === "conflict" ? "" : againOf(resource, tenantType)} },`]),
    "},",
  ];
}

/** A removed row that leads to a person is linked again: as for the first time the rule is asked, but of people whom the tenant owns. */
function againOf({ shared: [person] }: Resource, tenantType: TenantType | undefined): string {
  if (person === undefined || person.link === "create") return "";
  const tenant = tenantValue(tenantType);
  const own = person.owner === undefined ? [] : [`own: { ${person.step.relation}: { is: { ${person.owner.name}: tenant } } }`];
  const ask = `ask: (db, value, { id, input, now }) => host(() => rules.mayLink(value, ${tenant}, { ${term("tenant", tenant)}, tx: clientOf(db), id, input, now }))`;
  return `, mayLink: ${object([`by: ${quoted(person.attribute)}`, ...own, ask])}`;
}

/** The person whose password it is that a hook takes, if that person is nobody's to write again. */
function personOf(resource: Resource): string | undefined {
  const kept = keptPerson(resource);
  return kept && object([`relation: ${quoted(kept.step.relation)}`, ...(kept.onUpdate === "refuse" ? ["refuses: true"] : [])]);
}

/** How the column is read and written that keeps what no schema knows. */
function othersOf({ others }: Resource): ResourceView["others"] {
  if (others === undefined) return undefined;
  const { name } = others;
  const value = parameter(others);
  return { open: `withOthers(row.${name}, `, rows: `{ read: (row) => row.${name}, write: (${value}) => ({ ${term(name, value)} }) }` };
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
  const { unguarded, model } = resource;
  if (unguarded === undefined) return ["unguarded: undefined,"];
  const { column, letters, relation, tenantRow } = unguarded;
  const test = letters === "folded" || letters === "lowered" ? `{ in: [value], mode: "insensitive" }` : letters === "trusted" ? "value.toLowerCase()" : "value";
  const lock =
    tenantRow === undefined
      ? `db.$executeRaw\`SELECT pg_advisory_xact_lock(hashtextextended(\${${resource.scope.tenant === undefined ? quoted(resource.name) : `\`${resource.name}/\${tenant}\``}}, 0))\``
      : `db.${tenantRow.model.delegate}.updateMany({ where: { ${tenantRow.id.name}: tenant }, data: { ${tenantRow.id.name}: tenant } })`;
  const others = `...(id === undefined ? {} : { NOT: { ${idTerm(resource)} } })`;
  return [
    "unguarded: {",
    `  key: ${quoted(unguarded.key)},`,
    `  lock: (db) => ${lock},`,
    `  taken: (db, value, id) => db.${model.delegate}.count({ where: { ${[...scopeTerms(resource.scope), relation === undefined ? `${column.name}: ${test}` : `${relation}: { is: { ${column.name}: ${test} } }`, others].join(", ")} } }),`,
    "},",
  ];
}

/** The id of a resource, which arrives as text, as a term of a condition. */
function idTerm(resource: Resource): string {
  return term(resource.id.name, keyOf(resource.id, "id"));
}

/** A whole name is made of three attributes, and its default stands in only when none of them is there. */
function shapeOf({ leaves }: Context): string {
  for (const { attribute } of leaves) {
    const { source, default: given } = attribute;
    if (source.kind !== "fullName") continue;
    const otherwise = given === undefined || "made" in given ? "" : "from" in given ? `, (values) => values[${quoted(given.from)}]` : `, () => ${JSON.stringify(given.value)}`;
    return `(values) => nameInOne(values, ${quoted(source.order)}${otherwise})`;
  }
  return "(values) => values";
}
