/** A value that the host's own functions make of columns and back, and a password that goes to a hook. */
import type { CodecSource, Column, Place, TenantType } from "../../provider.js";
import { access, codec as storedBy, columnType, finder, object, parameter, property, quoted, readPlace, seenType, writtenType } from "../expressions.js";
import { tenantValue } from "../scope.js";
import { contribution } from "./kind.js";
import type { CodecRule, Contribution, Of, Setting } from "./kind.js";
import { defaulted } from "./singular.js";

export function codec(attribute: Of<"codec">, { resource, tenantType }: Setting): Contribution {
  const { source, definition, key } = attribute;
  const { equals } = source;
  const isWritten = definition.mutability !== "readOnly";
  const isSeen = definition.returned !== "never";
  const tenant = tenantTerm(tenantType);
  return contribution({
    places: isSeen ? source.places : [],
    unread: [...(isSeen ? [] : source.places), ...(equals === undefined ? [] : [equals.place])],
    printed: isSeen ? printed(attribute, tenant) : "undefined",
    filters: !isSeen || equals === undefined ? [] : [`${property(key)}: ${comparedBy(equals, "find")},`],
    values: isWritten ? [`readonly ${property(key)}: ${isDate(attribute) ? `Date${definition.required ? "" : " | null"}` : writtenType(attribute)};`] : [],
    // What reads the same is not written: no two ciphers of one text are alike.
    mapping: { ...defaulted(attribute), ...(isWritten && isSeen ? { edits: [quoted(key)] } : {}) },
    rows: {
      ...(isWritten ? { lookups: [`${property(key)}: ${encoded(attribute, resource.name, tenant)}`] } : {}),
      ...(isSeen && equals !== undefined ? { operands: [operand({ equals, attribute }, key, tenantType)] } : {}),
    },
    codecs: codecRules(attribute, tenantType),
  });
}

/** How a filter compares, by the column beside. */
export function comparedBy({ place }: NonNullable<CodecSource["equals"]>, find: string): string {
  return `${find}.${place.column.optional ? "optionalKey" : "key"}(${finder(place)}, ${storedBy(place.column, "string") ?? "textKey"})`;
}

/** The entry that makes of a value what that column holds. */
export function operand({ equals, attribute }: { readonly equals: NonNullable<CodecSource["equals"]>; readonly attribute: Of<"codec"> }, key: string, tenantType: TenantType | undefined): string {
  return `${property(key)}: (db, value: ${valueType(attribute)}) => ${comparing(equals, "value", tenantTerm(tenantType))}`;
}

export function codecRules(attribute: Of<"codec">, tenantType: TenantType | undefined): readonly CodecRule[] {
  const { source } = attribute;
  const { equals } = source;
  return [rule(attribute, source, tenantType, source.several ? storedType(source) : columnType(only(source).column)), ...(equals === undefined ? [] : [rule(attribute, equals, tenantType, columnType(equals.place.column))])];
}

/** A value read, as a client sees it or as it is compared. */
export function shownBy(attribute: Of<"codec">, tenantType: TenantType | undefined): string {
  return printed(attribute, tenantTerm(tenantType));
}

export function readBy(attribute: Of<"codec">, tenantType: TenantType | undefined): string {
  return value(attribute, tenantTerm(tenantType));
}

/** The columns that a value called `value` becomes, and those without it. */
export function writtenBy(attribute: Of<"codec">, tenantType: TenantType | undefined): { readonly type: string; readonly body: string; readonly clear: string | undefined } {
  const { body, clear } = columnsOf(attribute, tenantTerm(tenantType));
  return { type: valueType(attribute), body, clear };
}

export function handed(attribute: Of<"handed">): Contribution {
  return contribution({ values: [`readonly ${property(attribute.key)}: string | null;`] });
}

function only({ places }: CodecSource): Place {
  const [place] = places;
  if (place === undefined) throw new Error("A codec without a column.");
  return place;
}

function isDate({ definition }: Of<"codec">): boolean {
  return definition.type === "dateTime";
}

function valueType(attribute: Of<"codec">): string {
  return isDate(attribute) ? "Date" : seenType(attribute);
}

function tenantTerm(type: TenantType | undefined): string {
  return type === undefined ? `tenant: ${tenantValue(type)}` : "tenant";
}

/** The name by which a codec of several columns knows one of them. */
function called({ steps, column }: Place): string {
  return [...steps.map(({ relation }) => relation), column.name].join(".");
}

function printed(attribute: Of<"codec">, tenant: string): string {
  const text = value(attribute, tenant);
  return isDate(attribute) ? `shown(dateTime, ${text})` : text;
}

function value({ source }: Of<"codec">, tenant: string): string {
  const read = `rules${access(source.name)}.read`;
  return source.several ? decodedSeveral(source, read, tenant) : decodedOne(only(source), read, tenant);
}

function decodedOne(place: Place, read: string, tenant: string): string {
  const name = parameter(place.column);
  return `decoded(${readPlace("row", place)}, (${name}) => ${read}(${name}, { ${tenant} }))`;
}

function decodedSeveral({ places }: CodecSource, read: string, tenant: string): string {
  const columns = places.map((place) => `${property(called(place))}: ${readPlace("row", place)}${place.steps.length > 0 ? " ?? null" : ""}`);
  const relations = [...new Set(places.flatMap(({ steps }) => steps.slice(0, 1).map(({ relation }) => relation)))];
  const unread = relations.map((relation) => `row.${relation} === undefined`).join(" || ");
  const value = `decoded(${object(columns)}, (stored) => ${read}(stored, { ${tenant} }))`;
  return unread === "" ? value : `${unread} ? undefined : ${value}`;
}

function encoded(attribute: Of<"codec">, resource: string, tenant: string): string {
  const { body, clear } = columnsOf(attribute, tenant);
  return `encoded(${quoted(attribute.key)}, async (db: ${resource}Db, value: ${valueType(attribute)}, { id, input, now }): Promise<Data> => ${body}, ${clear ?? "undefined"})`;
}

function columnsOf({ source }: Of<"codec">, tenant: string): { readonly body: string; readonly clear: string | undefined } {
  const { equals } = source;
  const write = `await host(() => rules${access(source.name)}.write(value, { ${tenant}, tx: clientOf(db), id, input, now }))`;
  const digest = equals === undefined ? [] : [`${equals.place.column.name}: await ${comparing(equals, "value", tenant)}`];
  const columns = source.several ? source.places.map((place) => `${place.column.name}: stored${access(called(place))}`) : [`${only(source).column.name}: ${write}`];
  const body = source.several ? `{ const stored = ${write}; return ${object([...columns, ...digest])}; }` : `(${object([...columns, ...digest])})`;
  const all = [...source.places, ...(equals === undefined ? [] : [equals.place])];
  const cleared = all.map(({ column }) => `${column.name}: ${empty(column) ?? ""}`);
  return { body, clear: all.every(({ column }) => empty(column) !== undefined) ? object(cleared) : undefined };
}

/** What a column becomes that is cleared; undefined: it must hold something. */
function empty({ optional, type }: Column): string | undefined {
  return optional ? "null" : type === "text" || type === "citext" ? `""` : undefined;
}

/** The same for a write and for a filter, so it is told of the tenant alone, and of the client. */
function comparing({ name }: NonNullable<CodecSource["equals"]>, value: string, tenant: string): string {
  return `host(() => rules${access(name)}.write(${value}, { ${tenant}, tx: clientOf(db) }))`;
}

function storedType({ places }: CodecSource): string {
  return object(places.map((place) => `readonly ${property(called(place))}: ${columnType(place.column)}${place.column.optional || place.steps.length > 0 ? " | null" : ""}`)).replaceAll(", readonly", "; readonly");
}

function rule(attribute: Of<"codec">, { name, sides }: Pick<CodecSource, "name" | "sides">, tenantType: TenantType | undefined, stored: string): CodecRule {
  const tenant = String(tenantType ?? null);
  const value = valueType(attribute);
  const context = sides.compare ? `Pick<RuleContext<${tenant}, Prisma.TransactionClient>, "tenant" | "tx">` : `RuleContext<${tenant}, Prisma.TransactionClient>`;
  return {
    name,
    doc: sides.compare ? `What a filter on ${attribute.key} compares: equal for equal values of one tenant.` : !sides.write ? `What ${attribute.key} shows of a row; null is absent.` : sides.read ? `How ${attribute.key} is stored. \`read\` is called for each row, and null is absent.` : `How ${attribute.key} is stored; it is never read.`,
    sides: [
      ...(sides.read ? [`read(stored: ${stored}, context: { readonly tenant: ${tenant} }): ${value} | null;`] : []),
      ...(sides.write ? [`write(value: ${value}, context: ${context}): ${stored} | Promise<${stored}>;`] : []),
    ],
  };
}
