/** Spellings that several lines of a resource's file need. */
import type { Assignment, Attribute, Column, Place, Resource, Source, TenantType } from "../provider.js";
import { idType } from "./expressions.js";

/** externalId, the core attributes, then those of each extension. */
export function topLevel(resource: Resource): readonly Attribute[] {
  return [...(resource.externalId ? [resource.externalId] : []), ...resource.attributes, ...resource.extensions.flatMap((each) => each.attributes)];
}

/** The places of a source on its own row, or behind to-one relations. */
export function placesIn(source: Source): readonly Place[] {
  if (source.kind === "slots") return source.slots.map((slot) => slot.place);
  return "place" in source ? [source.place] : [];
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

export function isRule(each: Assignment): boolean {
  return each.value.kind === "rule";
}

/** Whether an insert waits for something before it writes. */
export function isAsynchronous(resource: Resource): boolean {
  return resource.shared.length > 0 || resource.create.some(isRule);
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
