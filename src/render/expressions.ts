/** What each kind of source looks like in TypeScript: the type it has, how it is printed, found and written. Decides nothing: that was done when the provider was made. */
import type { Assignment, Attribute, ChoiceSource, Column, Letters, Literal, NamedRow, Place, ResourceRef, RowScope, Source, Step, TenantType } from "../provider.js";

/** A text as TypeScript source. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A property name: quoted where it is no identifier. */
export function property(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** The protocol's codec for a column that is not text, by what SCIM says it is. */
export function codec(column: Column, scim: string): string | undefined {
  switch (column.type) {
    case "int":
      return scim === "integer" || scim === "decimal" ? "int" : "intText";
    case "bigint":
      return "bigintText";
    case "decimal":
      return scim === "decimal" ? "decimal" : "decimalText";
    case "float":
      return scim === "decimal" ? "float" : "floatText";
    case "boolean":
      return scim === "boolean" ? undefined : "flagText";
    case "dateTime":
      return "dateTime";
    case "uuid":
      return "uuid";
    case "bytes":
      return "bytes";
    case "text":
    case "citext":
    case "enum":
    case "json":
      return undefined;
  }
}

/** The protocol's codec for the ids of a model. */
export function idCodec(column: Column): "uuid" | "intText" | "bigintText" | "textKey" {
  return column.type === "uuid" ? "uuid" : column.type === "int" ? "intText" : column.type === "bigint" ? "bigintText" : "textKey";
}

export function idType(column: Column): TenantType {
  return column.type === "int" ? "number" : column.type === "bigint" ? "bigint" : "string";
}

/** The TypeScript type of a column's values on the way in. */
export function columnType(column: Column): string {
  switch (column.type) {
    case "int":
    case "float":
      return "number";
    case "bigint":
      return "bigint";
    case "boolean":
      return "boolean";
    case "dateTime":
      return "Date";
    case "bytes":
      return "Uint8Array";
    case "enum":
      return column.values.map(quoted).join(" | ");
    default:
      return "string";
  }
}

/** The type a client sees: of a simple attribute, or of one element. */
export function seenType(attribute: Attribute): string {
  switch (attribute.definition.type) {
    case "boolean":
      return "boolean";
    case "integer":
    case "decimal":
      return "number";
    default:
      return "string";
  }
}

/** The type of what a client may write. */
export function writtenType(attribute: Attribute): string {
  const type = seenType(attribute);
  return attribute.definition.required || isAlwaysSet(attribute) ? type : `${type} | null`;
}

/** A boolean that no client clears: `active`, and one that two states of a column stand for. */
function isAlwaysSet({ key, definition, source }: Attribute): boolean {
  if (definition.type !== "boolean") return false;
  return key === "active" || (source.kind === "flag" ? !source.place.column.optional : source.kind !== "column");
}

/** `row.user?.email`: a column as it was read. The first relation may not have been read, and a row of another tenant is not looked at. */
export function readPlace(row: string, place: Place): string {
  let text = row;
  for (const [index, { relation, optional, inside }] of place.steps.entries()) {
    const read = `${text}.${relation}`;
    text = inside === undefined ? `${read}${index === 0 || optional ? "?" : ""}` : `ofTenant(${read}, ${isInside(inside)})?`;
  }
  return `${text}.${place.column.name}`;
}

type Inside = NonNullable<Step["inside"]>;

/** `({ orgId }) => orgId === tenant`. */
function isInside({ tenant: { steps, column }, open }: Inside): string {
  const [first, ...rest] = [...steps.map(({ relation }) => relation), column.name];
  const name = parameter({ name: first ?? "" });
  const held = [name, ...rest].join(".");
  return `({ ${first === name ? name : `${first ?? ""}: ${name}`} }) => ${open ? `${held} === null || ` : ""}${held} === tenant`;
}

/** The same as terms of a condition. */
export function insideTerms({ inside }: Step): readonly string[] {
  if (inside === undefined) return [];
  const { name } = inside.tenant.column;
  return inside.open ? [`OR: [{ ${name}: null }, { ${name}: tenant }]`] : tenantTerms({ tenant: inside.tenant });
}

/** The last of the relations that may lead into another tenant; -1: none may. */
function lastInside({ steps }: Place): number {
  return steps.reduce((last, { inside }, index) => (inside === undefined ? last : index), -1);
}

/** Where the rows behind relations hold their tenant, which is read along. */
function insidePlaces({ steps }: Place): readonly Place[] {
  return steps.flatMap(({ inside }, index) => (inside === undefined ? [] : [{ steps: [...steps.slice(0, index + 1), ...inside.tenant.steps], column: inside.tenant.column }]));
}

/** The columns behind a chain of to-one relations, nested as the chain is. */
export function toOneSelect(places: readonly Place[], chain: readonly string[]): string {
  return selectOf(places.flatMap((place) => [place, ...insidePlaces(place)]), chain);
}

function selectOf(places: readonly Place[], chain: readonly string[]): string {
  const columns: string[] = [];
  const deeper = new Set<string>();
  for (const place of places) {
    const path = place.steps.map((step) => step.relation);
    if (!chain.every((relation, index) => path[index] === relation)) continue;
    const next = path[chain.length];
    if (next !== undefined) deeper.add(next);
    else if (path.length === chain.length && !columns.includes(place.column.name)) columns.push(place.column.name);
  }
  return object([...columns.map((name) => `${name}: true`), ...[...deeper].map((name) => `${name}: { select: ${selectOf(places, [...chain, name])} }`)]);
}

/** The condition that puts a test where the column is: `{ user: { is: { email } } }`. */
export function nested({ steps }: Pick<Place, "steps">, inner: string): string {
  return steps.reduceRight((test, step) => `{ ${step.relation}: { is: ${both(test, insideTerms(step))} } }`, inner);
}

/** A condition with further terms: `{ login, orgId: tenant }`. */
function both(test: string, terms: readonly string[]): string {
  if (terms.length === 0) return test;
  if (test === "{}") return object(terms);
  const keyOf = (text: string): string | undefined => /^[\w$]+/.exec(text)?.[0];
  const isTwice = terms.some((each) => keyOf(each) === keyOf(test.slice("{ ".length)));
  return `${test.slice(0, -" }".length)}, ${isTwice ? `AND: ${object(terms)}` : terms.join(", ")} }`;
}

/** `(email) => ({ user: { is: { email } } })`. `inside`: terms of which the last row must be. */
export function finder(place: Place, inside: readonly string[] = []): string {
  const name = parameter(place.column);
  return `(${name}) => (${nested(place, object([term(place.column.name, name), ...inside]))})`;
}

/** Where not every row behind the place is the tenant's: of which rows the attribute is there to sort by. */
export function orderWithin(key: string, place: Place): readonly string[] {
  const last = lastInside(place);
  return last < 0 ? [] : [`${property(key)}: ${nested({ steps: place.steps.slice(0, last + 1) }, "{}")}`];
}

/** `userName: (sort) => ({ user: { email: sort } })`: an entry of the table of orders. */
export function order(key: string, { steps, column }: Place, direction = "sort"): string {
  const inner = `{ ${column.name}: ${direction} }`;
  return `${property(key)}: (sort) => (${steps.reduceRight((text, step) => `{ ${step.relation}: ${text} }`, inner)}),`;
}

/** `<T>(email: T) => ({ email })`: writes a value, or finds by a test. */
function writer(column: Column): string {
  const name = parameter(column);
  return `<T>(${name}: T) => ({ ${term(column.name, name)} })`;
}

/** `email`, or `email: value` where the value has another name. */
export function term(name: string, value: string): string {
  return name === value ? name : `${name}: ${value}`;
}

/** Words that Prisma takes for the name of a field, and TypeScript not for that of a parameter; and the tenant, whom a condition names beside it. */
const reserved: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if " +
    "implements import in instanceof interface let new null package private protected public return static super switch tenant this throw true try typeof var void while with yield"
  ).split(" "),
);

/** A parameter is called as its column, so that a line reads as the object it makes. */
export function parameter({ name }: { readonly name: string }): string {
  return reserved.has(name) ? "value" : name;
}

/** Rows on which a relation on the way is missing, or leads to another tenant: there the attribute is absent too. */
export function missing(place: Place): string | undefined {
  const { steps } = place;
  const last = lastInside(place);
  const strays = last < 0 ? [] : [`{ NOT: ${nested({ steps: steps.slice(0, last + 1) }, "{}")} }`];
  const nulls = steps.flatMap((step, index) => (step.optional && index > last ? [nested({ steps: steps.slice(0, index) }, `{ ${step.relation}: null }`)] : []));
  const wheres = [...strays, ...nulls];
  return wheres.length === 0 ? undefined : wheres.length === 1 ? wheres[0] : `{ OR: [${wheres.join(", ")}] }`;
}

/** Rows without a value in the column. */
function empty(place: Place, relation = missing(place)): string | undefined {
  const column = place.column.optional ? nested(place, `{ ${place.column.name}: null }`) : undefined;
  return column === undefined || relation === undefined ? column ?? relation : `{ OR: [${column}, ${relation}] }`;
}

/** Rows whose column says neither, and those that have no such column. */
function unlisted(place: Place): readonly string[] {
  const absent = missing(place);
  const column = place.column.optional ? nested(place, `{ ${place.column.name}: null }`) : undefined;
  return absent === undefined ? (column === undefined ? [] : [column]) : [column ?? "false", absent];
}

function lettersArgument(letters: Letters, last: boolean): string {
  return letters === "folded" && last ? "" : `, ${quoted(letters === "lowered" ? "folded" : letters)}`;
}

/** What an answer shows of the source, from a row called `row`. */
export function printed(source: Source, row: string, scim: string): string {
  switch (source.kind) {
    case "column":
    case "reference": {
      const value = readPlace(row, source.place);
      const by = codec(source.place.column, scim);
      if (by !== undefined && by !== "uuid") return `shown(${by}, ${value})`;
      return source.place.column.type === "boolean" ? `${value} ?? undefined` : `${value} || undefined`;
    }
    case "flag": {
      const value = readPlace(row, source.place);
      if (source.place.column.optional || source.place.steps.length > 0) return source.inverted ? `inverted(${value})` : `${value} ?? undefined`;
      return source.inverted ? `!${value}` : value;
    }
    case "since":
      return source.place.steps.length > 0 ? `unset(${readPlace(row, source.place)})` : `${readPlace(row, source.place)} === null`;
    case "switch":
      return `reads(${choiceList(source.on)}, ${readPlace(row, source.place)})`;
    case "choice":
      return `chosen(${choicesOf(source)}, ${readPlace(row, source.place)})`;
    case "constant":
      return constantText(source.value);
    default:
      throw new Error(`A source of kind ${source.kind} is not printed by one expression.`);
  }
}

function choiceList(stored: readonly (string | number)[]): string {
  return `[${stored.map(constantText).join(", ")}]`;
}

export function choicesOf(source: Pick<ChoiceSource, "choices">): string {
  return `[${source.choices.map(({ stored, value }) => `[${constantText(stored)}, ${quoted(value)}]`).join(", ")}]`;
}

/** How the source is found: an entry of the table of filters. `find` are the builders of its model. */
export function found(source: Source, find: string, scim: string): string | undefined {
  switch (source.kind) {
    case "column":
    case "reference": {
      const { place } = source;
      const absent = missing(place);
      const { optional } = place.column;
      const by = codec(place.column, scim);
      const place_ = finder(place);
      if (place.column.type === "boolean" && scim === "boolean") return call(find, "flag", place_, empty(place, absent));
      if (by === "uuid" || by === "flagText" || by === "bytes") return call(find, optional ? "optionalKey" : "key", place_, by, absent);
      if (by !== undefined) return call(find, optional ? "optionalOrdered" : "ordered", place_, by, absent);
      const letters = source.kind === "column" ? source.letters : "exact";
      return `${find}.${optional ? "optionalText" : "text"}(${place_}${lettersArgument(letters, absent === undefined)}${absent === undefined ? "" : `, ${absent}`})`;
    }
    case "flag": {
      const { name } = source.place.column;
      const value = parameter(source.place.column);
      const test = source.inverted ? `(${value}) => (${nested(source.place, `{ ${name}: !${value} }`)})` : finder(source.place);
      return call(find, "flag", test, empty(source.place));
    }
    case "since":
      return call(find, "since", finder(source.place), missing(source.place));
    case "switch":
      return call(find, "switched", finder(source.place), choiceList(source.on), ...unlisted(source.place));
    case "choice":
      return call(find, "choice", finder(source.place), choicesOf(source), quoted(source.caseExact ? "exact" : "folded"), String(source.complete), empty(source.place));
    case "constant":
      return call(find, "constant", constantText(source.value));
    case "fullName":
      return found({ kind: "column", place: source.place, letters: "folded" }, find, scim);
    default:
      return undefined;
  }
}

/** How the source is written: an entry of the table of setters, or undefined where no client writes it. */
export function setter(source: Source, set: string, attribute: Attribute, tenant: string): string | undefined {
  const name = attribute.key.split(".").at(-1) ?? attribute.key;
  switch (source.kind) {
    case "column":
    case "reference": {
      const { column } = source.place;
      const by = codec(column, attribute.definition.type);
      if (by !== undefined) return call(set, column.optional ? "optionalStored" : "stored", writer(column), quoted(name), by);
      if (column.type === "boolean") return call(set, "flag", writer(column));
      const lower = source.kind === "column" && (source.letters === "lowered" || source.letters === "trusted");
      const plain = column.optional ? call(set, "optionalText", writer(column)) : call(set, attribute.definition.required ? "text" : "filledText", writer(column));
      return lower ? `lowered(${plain})` : plain;
    }
    case "fullName": {
      const { column } = source.place;
      return column.optional ? call(set, "optionalText", writer(column)) : call(set, "filledText", writer(column));
    }
    case "flag": {
      const { column } = source.place;
      const inverted = source.inverted ? "true" : undefined;
      if (attribute.key !== "active" && column.optional) return call(set, "optionalFlag", writer(column), inverted);
      return kept(attribute, call(set, "flag", writer(column), inverted));
    }
    case "since":
      return kept(attribute, call(set, "since", writer(source.place.column)));
    case "switch": {
      const { column } = source.place;
      const off = source.off[0] ?? "";
      const plain = call(
        set,
        "switched",
        writer(column),
        choiceList(source.on),
        constantText(off),
        column.optional ? `[{ ${column.name}: null }]` : undefined,
      );
      if (source.along === undefined) return kept(attribute, plain);
      const { along } = source;
      return kept(attribute, `along(${plain}, () => (${assignments(along.true, tenant)}), () => (${assignments(along.false, tenant)}))`);
    }
    case "choice":
      return call(
        set,
        source.place.column.optional ? "optionalChoice" : "choice",
        writer(source.place.column),
        quoted(name),
        choicesOf(source),
        source.other === undefined ? undefined : constantText(source.other),
      );
    default:
      return undefined;
  }
}

/** The engine never clears `active`; of any other boolean a client may try. */
function kept({ key }: Attribute, text: string): string {
  return key === "active" ? text : `uncleared(${quoted(key)}, ${text})`;
}

function assignments(list: readonly Assignment[], tenant: string): string {
  return object(list.map((each) => `${each.column.name}: ${assigned(each, { now: "new Date()", tenant })}`));
}

export interface Given {
  readonly now: string;
  readonly tenant: string;
  /** For a row beside the resource's own, which is handed all values as they are. */
  readonly beside?: boolean;
}

/** What an assignment writes. `from` and rules need the values and the rules of the write, which `given` names. */
export function assigned(each: Assignment, given: Given): string {
  switch (each.value.kind) {
    case "constant":
      // Prisma takes a bigint for this column and no digits.
      if (each.column.type === "bigint" && each.value.value !== null) return `${String(each.value.value)}n`;
      return constantText(each.value.value);
    case "document":
      return literal(each.value.document);
    case "now":
      return given.now;
    case "tenant":
      return given.tenant;
    case "from":
      if (given.beside) return `textOf(values, ${quoted(each.value.key)})${each.column.optional ? "" : ` ?? missing(${quoted(each.value.key)})`}`;
      return `values${access(each.value.key)}${each.column.optional ? " ?? null" : ""}`;
    case "rule":
      return `await host(() => rules${access(each.value.name)}({ ${term("tenant", given.tenant)}, tx: clientOf(db), id, input, now }))`;
    case "row":
      return namedRow(each.value.row, given);
  }
}

/** The key of the row that the mapping names. */
function namedRow({ model, id, terms, scope }: NamedRow, given: Given): string {
  const where = [...terms.map((each) => `${each.column.name}: ${assigned(each, given)}`), ...tenantTerms(scope)];
  return `(await only(db.${model.delegate}.findMany({ where: ${object(where)}, select: { ${id.name}: true }, take: 2 }), ${quoted(model.name)})).${id.name}`;
}

/** `orgId: tenant`, or `team: { orgId: tenant }`; nothing where the product has no tenants. */
export function tenantTerms({ tenant }: Pick<RowScope, "tenant">): readonly string[] {
  return tenant === undefined ? [] : [nest(tenant.steps.map(({ relation }) => relation), `${tenant.column.name}: tenant`)];
}

export function nest(relations: readonly string[], inner: string): string {
  return relations.reduceRight((text, relation) => `${relation}: { ${text} }`, inner);
}

/** Columns of a new row that no client gives. */
export function created(list: readonly Assignment[]): readonly string[] {
  return list.map((each) => `${each.column.name}: ${assigned(each, { now: "new Date()", tenant: "tenant" })}`);
}

/** Data of the mapping as TypeScript source. */
export function literal(value: Literal): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map((each: Literal) => literal(each)).join(", ")}]`;
  return object(Object.entries(value).map(([key, each]) => `${property(key)}: ${literal(each as Literal)}`));
}

/** A constant as TypeScript source. */
export function constantText(value: string | number | boolean | null): string {
  return typeof value === "string" ? quoted(value) : String(value);
}

/** `.userName`, `["name.givenName"]`. */
export function access(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${quoted(key)}]`;
}

/** `${baseUrl}/Users/${id}`. */
export function location(to: ResourceRef, id: string): string {
  return `\`\${baseUrl}${to.endpoint}/\${${id}}\``;
}

function call(builder: string, name: string, ...args: readonly (string | undefined)[]): string {
  return `${builder}.${name}(${args.filter((each) => each !== undefined).join(", ")})`;
}

/** `{ a: 1, b: 2 }`, or `{}`. */
export function object(members: readonly string[]): string {
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
