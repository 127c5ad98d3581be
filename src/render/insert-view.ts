/** The insert of a resource: the row it joins, found or made first, and every column that must be named. */
import type { Attribute, Column, SharedRow } from "../provider.js";
import type { Context } from "./context.js";
import { access, assigned, codec, constantText, quoted, term } from "./expressions.js";
import { tenantValue } from "./scope.js";
import { keyOf, relinkLines } from "./shared-view.js";
import { askedParameter, heldBehind, isAsynchronous, isAwaited, keptPerson, lowerFirst, madeDefaults, upperFirst, uses } from "./view.js";

export function insertLines(context: Context): readonly string[] {
  const { resource } = context;
  const columns = insertColumns(context);
  const linked = resource.shared.flatMap((each) => linkLines(context, each));
  const create = `db.${resource.model.delegate}.create({ data: { ...data, ${columns.join(", ")} }, select: own })`;
  const text = [...linked, create].join("\n");
  const parameters = `(db, ${uses(text, "values") ? "values" : "_values"}, data${askedParameter(text)})`;
  if (!isAsynchronous(resource)) return [`insert: ${parameters} => ${create},`];
  return [`async insert${parameters} {`, ...linked, `  return ${create};`, "},"];
}

/** Columns of a new row beside what its attributes say. `key`: how the key of a shared row is told. */
export function insertColumns(context: Context, key = (shared: SharedRow): string => keyOf(shared, sharedName(shared))): readonly string[] {
  const { resource } = context;
  const tenant = tenantValue(context.tenantType);
  return [
    ...(resource.scope.tenant?.steps.length === 0 ? [`${resource.scope.tenant.column.name}: tenant`] : []),
    ...resource.shared.map((each) => term(each.key.name, key(each))),
    ...requiredColumns(context, undefined),
    ...madeDefaults(resource).map((each) => `${each.column.name}: data.${each.column.name} ?? ${isAwaited(each) ? `(${assigned(each, { now: "now", tenant })})` : assigned(each, { now: "now", tenant })}`),
    ...(resource.others === undefined || resource.others.optional || resource.others.hasDefault ? [] : [`${resource.others.name}: data.${resource.others.name} ?? {}`]),
    ...stampedColumns(context),
    ...resource.create.map((each) => `${each.column.name}: ${assigned(each, { now: "now", tenant })}`),
  ];
}

/**
 * Columns that an insert must name: what no attribute of the request gave becomes what the mapping says. Of the resource's own
 * row, or of the row behind a relation.
 */
function requiredColumns(context: Context, relation: string | undefined): readonly string[] {
  const lines = new Map<string, string>();
  for (const { attribute, places, unread } of context.leaves) {
    if (attribute.default !== undefined && "made" in attribute.default) continue;
    for (const { steps, column } of [...places, ...unread]) {
      if (steps.length > 1 || steps[0]?.relation !== relation || column.optional || column.hasDefault || attribute.definition.mutability === "readOnly" || lines.has(column.name)) continue;
      lines.set(column.name, requiredColumn(context, attribute, column, relation === undefined ? "data" : lowerFirst(relation)));
    }
  }
  return [...lines.values()];
}

function requiredColumn(context: Context, attribute: Attribute, column: Column, data: string): string {
  const { source } = attribute;
  const plain = source.kind === "column" && isText(column);
  if (attribute.definition.required && plain && source.letters !== "lowered" && source.letters !== "trusted") return `${column.name}: values${access(attribute.key)}`;
  return `${column.name}: ${data}.${column.name} ?? ${fallback(context, attribute, column)}`;
}

export function isText({ type }: Column): boolean {
  return type === "text" || type === "citext";
}

function fallback(context: Context, attribute: Attribute, column: Column): string {
  const { source, default: given, definition, key } = attribute;
  // A User that a client makes without a word about it is active.
  if (source.kind === "switch") return constantText(source.on[0] ?? "");
  if (source.kind === "flag") return String((key === "active") !== source.inverted);
  if (source.kind === "choice") {
    const chosen = given !== undefined && "value" in given ? source.choices.find(({ value }) => value === given.value)?.stored : undefined;
    const stored = chosen ?? source.other;
    return stored === undefined ? `missing(${quoted(key)})` : constantText(stored);
  }
  if (source.kind === "json" || source.kind === "elements") return source.kind === "elements" && source.path.length === 0 ? "[]" : "{}";
  if (!isText(column) || source.kind === "lookup") return `missing(${quoted(key)})`;
  if (given === undefined) return definition.required ? `missing(${quoted(key)})` : `""`;
  if ("made" in given) return `missing(${quoted(key)})`;
  return "value" in given ? quoted(String(given.value)) : `values${access(given.from)}${isRequired(context, given.from) ? "" : ` ?? ""`}`;
}

function isRequired({ leaves }: Context, key: string): boolean {
  return leaves.some(({ attribute }) => attribute.key === key && attribute.definition.required);
}

/** `data` holds the stamps already, and the compiler is told so of those that have no other value. */
function stampedColumns({ resource, tenantType }: Context): readonly string[] {
  const must = resource.stamp.filter(({ column }) => !column.optional && !column.hasDefault);
  return must.map((each) => `${each.column.name}: ${isAwaited(each) ? `data.${each.column.name} ?? missing(${quoted(each.column.name)})` : assigned(each, { now: "now", tenant: tenantValue(tenantType) })}`);
}

/** Names that the insert has already. */
const taken: ReadonlySet<string> = new Set(["assign", "baseUrl", "clientOf", "data", "db", "host", "id", "input", "link", "merged", "missing", "now", "own", "rules", "tenant", "values"]);

export function sharedName({ step }: SharedRow): string {
  const name = lowerFirst(step.relation);
  return taken.has(name) ? `${name}Row` : name;
}

function linkLines(context: Context, shared: SharedRow): readonly string[] {
  const tenant = tenantValue(context.tenantType);
  // Prisma reads an absent value as any: what finds a person is never left to a type alone.
  const value = shared.attribute === "userName" ? "values.userName" : `values${access(shared.attribute)} ?? missing(${quoted(shared.attribute)})`;
  const { delegate } = shared.step.model;
  const select = `select: { ${shared.id.name}: true }`;
  const by = matchCodec(context, shared);
  const test = by !== undefined ? heldValue(by, shared, value) : shared.matchLetters === "folded" || shared.matchLetters === "lowered" ? `{ in: [${value}], mode: "insensitive" }` : shared.matchLetters === "trusted" ? loweredText(value) : value;
  return [
    `  const ${sharedName(shared)} = await link({`,
    `    attribute: ${quoted(shared.attribute)},`,
    `    policy: ${quoted(shared.link)},`,
    `    find: () => db.${delegate}.findMany({ where: { ${shared.match.name}: ${test} }, ${select}, take: 2 }),`,
    ...(shared.link === "connect" ? ["    make: async () => [],"] : makeLines(context, shared, value, select)),
    shared.link === "create" ? "    mayLink: async () => false," : `    mayLink: () => host(() => rules.mayLink(${matchType(context, shared) === "string" ? value : `String(${value})`}, ${tenant}, { ${term("tenant", tenant)}, tx: clientOf(db), id, input, now })),`,
    ...(isHolder(context, shared) || keptPerson(context.resource) === shared ? [`    met: () => met.add(${quoted(shared.step.relation)}),`] : []),
    ...relinkLines(context, shared),
    "  });",
  ];
}

/** Whether rows of an attribute hang on the shared one. */
function isHolder({ leaves }: Context, { step }: SharedRow): boolean {
  return leaves.some(({ attribute: { source, definition } }) => heldBehind(source).some(({ relation }) => relation === step.relation) && definition.mutability !== "readOnly");
}

/** How the column holds what finds the row, where that is no text. */
export function matchCodec(context: Context, shared: SharedRow): string | undefined {
  return codec(shared.match, matchType(context, shared));
}

function matchType({ leaves }: Context, shared: SharedRow): string {
  return leaves.find(({ attribute: { key } }) => key === shared.attribute)?.attribute.definition.type ?? "string";
}

function heldValue(by: string, { attribute }: SharedRow, value: string): string {
  return `hold(${by}, ${value}, ${quoted(attribute)})`;
}

function loweredText(value: string): string {
  return `${value.includes(" ") ? `(${value})` : value}.toLowerCase()`;
}

function makeLines(context: Context, shared: SharedRow, value: string, select: string): readonly string[] {
  const { relation, model } = shared.step;
  const name = lowerFirst(relation);
  const written = writtenPerson(shared);
  const { columns, named } = personColumns(context, shared, value);
  const awaits = shared.create.some(isAwaited) ? "async " : "";
  const make = (data: string): string => `db.${model.delegate}.createManyAndReturn({ data: [{ ...${data}, ${columns.join(", ")} }], skipDuplicates: true, ${select} })`;
  if (!named) return [`    make: ${awaits}() => ${make(written)},`];
  return [`    make: ${awaits}() => {`, `      const ${name}: ${upperFirst(relation)}Data = ${written};`, `      return ${make(name)};`, "    },"];
}

/** A new shared row, as the body of a function. */
export function madePerson(context: Context, shared: SharedRow): string {
  const { relation } = shared.step;
  const { columns, named } = personColumns(context, shared, "values.userName");
  if (!named) return `({ ...${writtenPerson(shared)}, ${columns.join(", ")} })`;
  const name = lowerFirst(relation);
  return `{ const ${name}: ${upperFirst(relation)}Data = ${writtenPerson(shared)}; return { ...${name}, ${columns.join(", ")} }; }`;
}

function writtenPerson({ step }: SharedRow): string {
  return `merged(assign(written${upperFirst(step.relation)}, values).data, {})`;
}

/** `named`: some of them are what the written columns hold, else a default. */
function personColumns(context: Context, shared: SharedRow, value: string): { readonly columns: readonly string[]; readonly named: boolean } {
  const { relation } = shared.step;
  const tenant = tenantValue(context.tenantType);
  const by = matchCodec(context, shared);
  const match = `${shared.match.name}: ${by !== undefined ? heldValue(by, shared, value) : shared.matchLetters === "lowered" || shared.matchLetters === "trusted" ? loweredText(value) : value}`;
  const required = requiredColumns(context, relation).filter((line) => !line.startsWith(`${shared.match.name}: `));
  return {
    columns: [match, ...required, ...(shared.owner ? [`${shared.owner.name}: tenant`] : []), ...shared.create.map((each) => `${each.column.name}: ${assigned(each, { now: "now", tenant })}`)],
    named: required.some((line) => line.includes(` ${lowerFirst(relation)}.`)),
  };
}
