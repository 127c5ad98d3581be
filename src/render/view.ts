/** Spellings that several lines of a resource's file need. */
import type { Assignment, Attribute, Column, Place, Provider, Resource, Source, Step, TenantType } from "../provider.js";
import { idType } from "./expressions.js";

/** Every resource type that has an endpoint. */
export function served({ resources, valueGroups }: Provider): readonly Pick<Resource, "name" | "file">[] {
  return [...resources, ...(valueGroups === undefined ? [] : [valueGroups])];
}

/** externalId, the core attributes, then those of each extension. */
export function topLevel(resource: Resource): readonly Attribute[] {
  return [...(resource.externalId ? [resource.externalId] : []), ...resource.attributes, ...resource.extensions.flatMap((each) => each.attributes)];
}

/** The places of a source on its own row, or behind to-one relations. */
export function placesIn(source: Source): readonly Place[] {
  if (source.kind === "slots") return source.slots.flatMap((slot) => slot.parts.flatMap((part) => placesIn(part.source)));
  if (source.kind === "codec") return source.places;
  return "place" in source ? [source.place] : [];
}

/** The relations behind which rows are one with a row that tenants share. */
export function heldBehind(source: Source): readonly Step[] {
  if (source.kind === "rows") return source.holder === undefined || source.holder.tenant !== undefined ? [] : [source.holder.step];
  if (source.kind === "rowLists") return source.lists.flatMap(({ rows, isWritten }) => (isWritten ? heldBehind(rows) : []));
  return source.kind !== "oneRow" || source.scope.tenant !== undefined || source.by?.holder === undefined ? [] : [source.by.holder.step];
}

/** The person whose password goes to a hook and whom no tenant may write again: only the POST that makes the row sets it. */
export function keptPerson({ attributes, shared }: Resource): Resource["shared"][number] | undefined {
  if (!attributes.some(({ source }) => source.kind === "handed")) return undefined;
  return shared.find(({ onUpdate }) => onUpdate === "keep" || onUpdate === "refuse");
}

/** The type of what foreign keys hold of the resource's row. */
export function keyType(resource: Resource): TenantType {
  return idType(resource.key);
}

/** A key that arrives as text, as the type of its column. It has been an id of that type before it comes here. */
export function keyOf(column: Column, text: string): string {
  const type = idType(column);
  return type === "number" ? `Number(${text})` : type === "bigint" ? `BigInt(${text})` : text;
}

/** Whether the value has to be asked for: of a rule, or of the database. */
export function isAwaited({ value }: Assignment): boolean {
  return value.kind === "rule" || value.kind === "row";
}

/** Whether a text mentions a variable; a column of the same name is no mention. */
export function uses(text: string, variable: string): boolean {
  return new RegExp(`(?<![\\w$."])${variable}(?![\\w$:"])`).test(text);
}

/** The parameter that takes what a write was asked with: the parts of it that a text mentions. Rows beside the resource's own are handed its values, too. */
export function askedParameter(text: string, isBeside = false): string {
  const asked = ["id", "input", "now", ...(uses(text, "met") ? ["met"] : []), ...(isBeside ? ["values"] : [])].filter((name) => uses(text, name));
  return asked.length === 0 ? "" : `, { ${asked.join(", ")} }`;
}

/** Whether an insert waits for something before it writes. */
export function isAsynchronous(resource: Resource): boolean {
  return resource.shared.length > 0 || [...resource.create, ...madeDefaults(resource)].some(isAwaited);
}

/** What a new row holds where a client says nothing, and it is no constant. */
export function madeDefaults(resource: Resource): readonly Assignment[] {
  return topLevel(resource)
    .flatMap((each) => (each.source.kind === "complex" ? each.source.of : [each]))
    .flatMap(({ default: given }) => (given !== undefined && "made" in given ? [given.made] : []));
}

export function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

export function upperFirst(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** The constant that selects the columns of a list's rows. */
export function selectName(list: string): string {
  return `select${upperFirst(list)}`;
}
