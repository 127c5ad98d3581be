/** A multi-valued attribute whose elements are rows of a child table. */
import type { Assignment, Attribute, Column } from "../../provider.js";
import { access, assigned, choicesOf, codec, constantText, found, idType, printed, property, quoted, readPlace, term } from "../expressions.js";
import { childTerms, childTypes } from "../scope.js";
import { keyType, placesIn, selectName, upperFirst } from "../view.js";
import { contribution } from "./kind.js";
import type { Contribution, Of, Setting } from "./kind.js";

export function rows(attribute: Of<"rows">, { resource }: Setting): Contribution {
  const { source, definition, key } = attribute;
  const { list, each } = source;
  const { model } = list;
  const find = `find${model.name}`;
  const select = selectName(list.name);
  const rowsName = `rowsOf${upperFirst(list.name)}`;
  const payload = `Prisma.${model.name}GetPayload<{ select: typeof ${select} }>`;
  const columns = [source.id.name, ...new Set(each.flatMap((sub) => placesIn(sub.source).map((place) => place.column.name)))];
  return contribution({
    lists: [{ name: list.name, select: `{ ${list.name}: { select: ${select}, orderBy: ${orderBy(source)} } }` }],
    printed: `many(row.${list.name}?.map((row) => ({ ${each.map((sub) => `${property(sub.definition.name)}: ${printElement(sub)}`).join(", ")} })))`,
    finders: [model.name],
    filters: [`${property(key)}: find.rows((some: Prisma.${model.name}WhereInput) => ({ ${list.name}: { some } }), { ${each.flatMap((sub) => subFilter(sub, find)).join(", ")} }),`],
    selects: [{ template: "select.ts.hbs", view: { name: select, columns: columns.map((name) => `${name}: true`).join(", "), model: model.name } }],
    blocks: [
      {
        template: "rows.ts.hbs",
        view: {
          db: `${resource.name}Db`,
          key: keyType(resource),
          item: source.item,
          itemFields: each.map((sub) => `readonly ${property(sub.definition.name)}: ${itemType(sub)};`),
          dataName: `dataOf${upperFirst(list.name)}`,
          data: each.flatMap(columnData).join(", "),
          rows: rowsName,
          payload,
          select,
          idType: idType(source.id),
          idColumn: source.id.name,
          idTerm: term(source.id.name, "id"),
          itemOf: each.map((sub) => `${property(sub.definition.name)}: ${itemRead(sub)}`).join(", "),
          identity: each.filter((sub) => sub.definition.name === "value" || sub.definition.name === "type").map((sub) => quoted(sub.definition.name)).join(", "),
          delegate: model.delegate,
          where: childTerms(list, resource.scope, term(list.key.name, "parent")).join(", "),
          create: [term(list.key.name, "parent"), ...list.tenantKeys.map((each) => `${each.name}: tenant`), ...created(source.create)].join(", "),
        },
      },
    ],
    types: [`type ${model.name}Where = Prisma.${model.name}WhereInput & { ${childTypes(list, keyType(resource), resource.scope).join("; ")} };`],
    calls: [
      {
        delegate: model.delegate,
        methods: [
          `findMany(args: { where: ${model.name}Where; select: typeof ${select}; orderBy: { ${source.id.name}: "asc" } }): PromiseLike<${payload}[]>;`,
          `createMany(args: { data: Prisma.${model.name}CreateManyInput[] }): PromiseLike<{ count: number }>;`,
          `updateMany(args: { where: ${model.name}Where; data: Partial<Prisma.${model.name}CreateManyInput> }): PromiseLike<{ count: number }>;`,
          `deleteMany(args: { where: ${model.name}Where }): PromiseLike<{ count: number }>;`,
        ],
      },
    ],
    mapping: { collections: [quoted(definition.name)] },
    rows: { collections: [`${property(definition.name)}: ${rowsName}(tenant)`] },
  });
}

function orderBy(source: Of<"rows">["source"]): string {
  const primary = source.each.find((each) => each.definition.name === "primary");
  if (primary === undefined || !("place" in primary.source)) return `{ ${source.id.name}: "asc" }`;
  const { name, optional } = primary.source.place.column;
  return `[{ ${name}: ${optional ? `{ sort: "desc", nulls: "last" }` : `"desc"`} }, { ${source.id.name}: "asc" }]`;
}

function subFilter(sub: Attribute, find: string): readonly string[] {
  const text = found(sub.source, find, sub.definition.type);
  return text === undefined ? [] : [`${property(sub.definition.name)}: ${text}`];
}

/** A sub-attribute of a row. Its `value` is there in every element; the client's type says so. */
function printElement(each: Attribute): string {
  const text = printed(each.source, "row", each.definition.type);
  if (each.definition.name !== "value") return text;
  if (each.source.kind === "choice") return `chosen(${choicesOf(each.source)}, ${readPlace("row", each.source.place)}) ?? ""`;
  return text.endsWith(" || undefined") ? text.slice(0, -" || undefined".length) : `${text} ?? ""`;
}

function itemType(sub: Attribute): string {
  const type = sub.definition.type === "boolean" ? "boolean" : sub.definition.type === "integer" || sub.definition.type === "decimal" ? "number" : sub.definition.type === "dateTime" ? "Date" : "string";
  return sub.definition.name === "value" ? type : `${type} | null`;
}

function itemRead(sub: Attribute): string {
  const text = printed(sub.source, "row", sub.definition.type).replace(/ (\|\||\?\?) undefined$/, "");
  if (sub.source.kind === "choice" || text.startsWith("shown(")) return `${text} ?? ${sub.definition.name === "value" ? `""` : "null"}`;
  return text;
}

/** The column that a sub-attribute becomes; absent is null, or what a required column holds instead. */
function columnData(sub: Attribute): readonly string[] {
  const { source, definition } = sub;
  const value = `item${access(definition.name)}`;
  if (source.kind === "constant" || !("place" in source)) return [];
  const { column } = source.place;
  // Absent, where only the schema knows what that is: left out of an insert, left alone by an update.
  if (!column.optional && column.hasDefault && definition.name !== "value" && (source.kind === "choice" ? source.other === undefined : hasNoEmpty(column))) {
    const [text] = columnData({ ...sub, source: { ...source, place: { ...source.place, column: { ...column, hasDefault: false } } } });
    return [`...(${value} === null ? {} : { ${text?.replace(`${value} ?? ""`, value) ?? ""} })`];
  }
  if (source.kind === "choice") {
    const other = source.other === undefined ? "" : `, ${constantText(source.other)}`;
    const stored = (text: string): string => `stands(${choicesOf(source)}, ${text}, ${quoted(definition.name)}${other})`;
    return [`${column.name}: ${column.optional ? `${value} === null ? null : ${stored(value)}` : stored(`${value} ?? ""`)}`];
  }
  if (source.kind === "flag") {
    const plain = definition.type === "boolean" ? `${value} ?? ${String(source.inverted)}` : value;
    return [`${column.name}: ${source.inverted ? `!(${value} ?? false)` : column.optional ? value : plain}`];
  }
  const by = codec(column, definition.type);
  if (by !== undefined && by !== "uuid" && by !== "dateTime") return [`${column.name}: ${column.optional ? `${value} === null ? null : ` : ""}hold(${by}, ${value}, ${quoted(definition.name)})`];
  if (column.type === "boolean") return [`${column.name}: ${column.optional ? value : `${value} ?? false`}`];
  return [`${column.name}: ${column.optional || definition.name === "value" ? value : `${value} ?? ""`}`];
}

function hasNoEmpty({ type }: Column): boolean {
  return type !== "text" && type !== "citext" && type !== "boolean";
}

/** Columns of a new row that no client gives. */
export function created(list: readonly Assignment[]): readonly string[] {
  return list.map((each) => `${each.column.name}: ${assigned(each, { now: "new Date()", tenant: "tenant" })}`);
}
