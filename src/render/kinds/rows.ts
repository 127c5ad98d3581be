/** A multi-valued attribute whose elements are rows of a child table. */
import type { Attribute, Column } from "../../provider.js";
import { access, choicesOf, codec, constantText, found, idType, printed, property, quoted, readPlace, term, toOneSelect } from "../expressions.js";
import { childTerms, childTypes, someWith } from "../scope.js";
import { keyType, placesIn, selectName, upperFirst } from "../view.js";
import { livingBlocks, livingTerms, removalMethods, removalView } from "./life.js";
import { addLine, handed, madeColumns } from "./made.js";
import { namedCalls } from "./named.js";
import { contribution } from "./kind.js";
import type { Contribution, Of, Setting } from "./kind.js";

export function rows(attribute: Of<"rows">, { resource, tenantType }: Setting): Contribution {
  const { source, definition, key } = attribute;
  const { list, each, life } = source;
  const { model } = list;
  const find = `find${model.name}`;
  const select = selectName(list.name);
  const rowsName = `rowsOf${upperFirst(list.name)}`;
  const payload = `Prisma.${model.name}GetPayload<{ select: typeof ${select} }>`;
  const dataName = `dataOf${upperFirst(list.name)}`;
  const own = term(list.key.name, "parent");
  const made = [...source.create, ...life.equal.filter(({ column }) => !source.create.some((each) => each.column.name === column.name))];
  const given = handed({ resource, tenantType }, made);
  const written = each.filter((sub) => sub.definition.mutability !== "readOnly" && placesIn(sub.source).every(({ steps }) => steps.length === 0));
  const columns = toOneSelect([...source.ids.map((column) => ({ steps: [], column })), ...each.flatMap((sub) => placesIn(sub.source))], []);
  return contribution({
    lists: [{ name: list.name, select: `{ ${list.name}: { ${life.where === undefined ? "" : `where: ${life.where.constant}, `}select: ${select}, orderBy: ${orderBy(source)} } }` }],
    printed:
      definition.type === "complex"
        ? `elementsOf(row.${list.name}?.map((row) => ({ ${each.map((sub) => `${property(sub.definition.name)}: ${printElement(sub)}`).join(", ")} })))`
        : `many(row.${list.name}?.flatMap((row) => ${printValue(each)}))`,
    finders: [model.name],
    filters: [`${property(key)}: find.rows((some: Prisma.${model.name}WhereInput) => ({ ${list.name}: { ${someWith(livingTerms(life))} } }), { ${each.flatMap((sub) => subFilter(sub, find)).join(", ")} }),`],
    selects: [...livingBlocks(life, model.name, definition.name), { template: "select.ts.hbs", view: { name: select, columns, model: model.name } }],
    blocks: [
      {
        template: "rows.ts.hbs",
        view: {
          db: `${resource.name}Db`,
          key: keyType(resource),
          item: source.item,
          itemFields: written.map((sub) => `readonly ${property(sub.definition.name)}: ${itemType(sub)};`),
          dataName,
          data: written.flatMap(columnData).join(", "),
          rows: rowsName,
          payload,
          select,
          ...idView(source, payload),
          marks: life.removal !== undefined,
          order: orderByIds(source),
          itemOf: written.map((sub) => `${property(sub.definition.name)}: ${itemRead(sub)}`).join(", "),
          identity: identityOf(written).map(quoted).join(", "),
          delegate: model.delegate,
          where: [...childTerms(list, resource.scope, own), ...livingTerms(life)].join(", "),
          tenant: given.parameter,
          add: addLine({ delegate: model.delegate, all: "items", one: "item", columns: [`...${dataName}(item)`, own, ...list.tenantKeys.map((each) => `${each.name}: tenant`), ...madeColumns(made, tenantType)], create: made, skips: false }),
          ...removalView(life, list, resource.scope, own, source.wakeBy.map((name) => `${name}: ${dataName}(item).${name}`)),
        },
      },
    ],
    types: [`type ${model.name}Where = Prisma.${model.name}WhereInput & { ${childTypes(list, keyType(resource), resource.scope).join("; ")} };`],
    calls: [
      {
        delegate: model.delegate,
        methods: [
          `findMany(args: { where: ${model.name}Where; select: typeof ${select}; orderBy: ${orderByIds(source)} }): PromiseLike<${payload}[]>;`,
          `createMany(args: { data: Prisma.${model.name}CreateManyInput[] }): PromiseLike<{ count: number }>;`,
          `updateMany(args: { where: ${model.name}Where; data: Partial<Prisma.${model.name}CreateManyInput> }): PromiseLike<{ count: number }>;`,
          ...(life.removal === undefined ? removalMethods(life, model.name) : []),
        ],
      },
      ...namedCalls(made),
    ],
    mapping: { collections: [quoted(key)] },
    rows: { collections: [`${property(key)}: ${rowsName}(${given.argument})`] },
  });
}

/** What a template prints of that by which a row is known: one column, or several in an object. */
function idView({ ids, item }: Of<"rows">["source"], payload: string): object {
  const [id] = ids;
  if (id !== undefined && ids.length === 1) {
    return { keyType: undefined, idType: idType(id), idOf: `row.${id.name}`, idTerm: term(id.name, "id"), idTerms: `${id.name}: { in: ids }` };
  }
  return {
    keyType: `Pick<${payload}, ${ids.map(({ name }) => quoted(name)).join(" | ")}>`,
    idType: `${item}Key`,
    idOf: `({ ${ids.map(({ name }) => `${name}: row.${name}`).join(", ")} })`,
    idTerm: "...id",
    idTerms: "OR: ids",
  };
}

function orderByIds({ ids }: Of<"rows">["source"]): string {
  const all = ids.map(({ name }) => `{ ${name}: "asc" }`);
  return all.length === 1 ? String(all[0]) : `[${all.join(", ")}]`;
}

function orderBy(source: Of<"rows">["source"]): string {
  const primary = source.each.find((each) => each.definition.name === "primary");
  if (primary === undefined || !("place" in primary.source)) return orderByIds(source);
  const { name, optional } = primary.source.place.column;
  return `[{ ${name}: ${optional ? `{ sort: "desc", nulls: "last" }` : `"desc"`} }, ${orderByIds(source).replace(/^\[|\]$/g, "")}]`;
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

/** The element of a simple multi-valued attribute; one without a value is none. */
function printValue([value]: readonly Attribute[]): string {
  return value === undefined ? "[]" : `(${printed(value.source, "row", value.definition.type)}) ?? []`;
}

/** Value and type tell elements apart; where there is no value, all that they have. */
function identityOf(each: readonly Attribute[]): readonly string[] {
  const names = each.map((sub) => sub.definition.name);
  return names.includes("value") ? names.filter((name) => name === "value" || name === "type") : names;
}

function itemType(sub: Attribute): string {
  const type = sub.definition.type === "boolean" ? "boolean" : sub.definition.type === "integer" || sub.definition.type === "decimal" ? "number" : sub.definition.type === "dateTime" ? "Date" : "string";
  return sub.definition.name === "value" ? type : `${type} | null`;
}

function itemRead(sub: Attribute): string {
  if (sub.definition.type === "dateTime" && "place" in sub.source) return readPlace("row", sub.source.place);
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
