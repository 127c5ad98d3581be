/** The columns of a row of a list: as an element of an answer, as an item that is compared, and as what is written. */
import type { Attribute, Column, TenantType } from "../../provider.js";
import { access, choicesOf, codec, constantText, found, printed, property, quoted, readPlace } from "../expressions.js";
import { comparedBy, readBy, shownBy, writtenBy } from "./codec.js";
import { filterInRows, partInRows } from "./json.js";
import type { Of } from "./kind.js";

/** Entries of the table of filters. */
export function filtersOf(each: readonly Attribute[], find: string, list: string): readonly string[] {
  return each.flatMap((sub) => {
    const text = isCoded(sub) ? sub.source.equals && comparedBy(sub.source.equals, find) : isPart(sub) ? filterInRows(list, sub, find) : found(sub.source, find, sub.definition.type);
    return text === undefined ? [] : [`${property(sub.definition.name)}: ${text}`];
  });
}

/** Whether functions of the host make it of columns and back. */
export function isCoded(sub: Attribute): sub is Of<"codec"> {
  return sub.source.kind === "codec";
}

/** Whether it is a part of a document. */
export function isPart(sub: Attribute): sub is Of<"json"> {
  return sub.source.kind === "json";
}

/** Of which rows it is a column. */
export interface InRows {
  /** As its declarations are called. */
  readonly list: string;
  readonly tenantType: TenantType | undefined;
}

function readPart(sub: Of<"json">, list: string): string {
  return `${partInRows(list, sub.source, sub.definition.name)}.read(${readPlace("row", sub.source.place)})`;
}

function printedPart(sub: Attribute, { list, tenantType }: InRows): string {
  return isCoded(sub) ? shownBy(sub, tenantType) : isPart(sub) ? readPart(sub, list) : printed(sub.source, "row", sub.definition.type);
}

/** A sub-attribute of a row. Its `value` is there in every element; the client's type says so. */
export function printElement(each: Attribute, of: InRows): string {
  const text = printedPart(each, of);
  if (each.definition.name !== "value") return text;
  if (each.source.kind === "choice") return `chosen(${choicesOf(each.source)}, ${readPlace("row", each.source.place)}) ?? ""`;
  return text.endsWith(" || undefined") ? text.slice(0, -" || undefined".length) : `${text} ?? ""`;
}

/** The element of a simple multi-valued attribute; one without a value is none. */
export function printValue([value]: readonly Attribute[], of: InRows): string {
  return value === undefined ? "[]" : `(${printedPart(value, of)}) ?? []`;
}

/** Value and type tell elements apart; where there is no value, all that they have. */
export function identityOf(each: readonly Attribute[]): readonly string[] {
  const names = each.map((sub) => sub.definition.name);
  return names.includes("value") ? names.filter((name) => name === "value" || name === "type") : names;
}

export function itemType(sub: Attribute): string {
  const type = sub.definition.type === "boolean" ? "boolean" : sub.definition.type === "integer" || sub.definition.type === "decimal" ? "number" : sub.definition.type === "dateTime" ? "Date" : "string";
  return sub.definition.name === "value" ? type : `${type} | null`;
}

export function itemRead(sub: Attribute, { list, tenantType }: InRows): string {
  if (isPart(sub)) return `${readPart(sub, list)} ?? ${itemType(sub) === "string" ? `""` : "null"}`;
  if (isCoded(sub)) return `${readBy(sub, tenantType)} ?? ${itemType(sub) === "string" ? `""` : "null"}`;
  if (sub.definition.type === "dateTime" && "place" in sub.source) return readPlace("row", sub.source.place);
  const text = printed(sub.source, "row", sub.definition.type).replace(/ (\|\||\?\?) undefined$/, "");
  if (sub.source.kind === "choice" || text.startsWith("shown(")) return `${text} ?? ${sub.definition.name === "value" ? `""` : "null"}`;
  return text;
}

/** The column that a sub-attribute becomes; absent is null, or what a required column holds instead. */
export function columnData(sub: Attribute, tenantType: TenantType | undefined): readonly string[] {
  const { source, definition } = sub;
  const value = `item${access(definition.name)}`;
  if (isCoded(sub)) {
    const { type, body, clear } = writtenBy(sub, tenantType);
    return [`...(await coded(${quoted(definition.name)}, ${value}, before?.item${access(definition.name)}, async (value: ${type}) => ${body}${clear === undefined ? "" : `, ${clear}`}))`];
  }
  // A document is made of all its parts together.
  if (source.kind === "constant" || source.kind === "json" || !("place" in source)) return [];
  const { column } = source.place;
  // Absent, where only the schema knows what that is: left out of an insert, left alone by an update.
  if (!column.optional && column.hasDefault && definition.name !== "value" && (source.kind === "choice" ? source.other === undefined : hasNoEmpty(column))) {
    const [text] = columnData({ ...sub, source: { ...source, place: { ...source.place, column: { ...column, hasDefault: false } } } }, tenantType);
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
