/** What the parts of a resource's view share: the resource, and the spellings that several of its lines need. */
import type { Assignment, Attribute, Column, Place, Resource, Source, TenantType } from "../provider.js";
import { idType } from "./expressions.js";

export interface Context {
  readonly resource: Resource;
  readonly tenantType: TenantType;
  /** Every attribute with a place of its own: top-level ones, parts of complex ones, those of extensions. */
  readonly leaves: readonly Attribute[];
  readonly hasParts: boolean;
}

export function contextOf(resource: Resource, tenantType: TenantType): Context {
  const leaves = topLevel(resource).flatMap((each) => (each.source.kind === "complex" ? each.source.of : [each]));
  const hasParts = leaves.some((each) => relationOf(each.source) !== undefined);
  return { resource, tenantType, leaves, hasParts };
}

/** externalId, the core attributes, then those of each extension. */
export function topLevel(resource: Resource): readonly Attribute[] {
  return [...(resource.externalId ? [resource.externalId] : []), ...resource.attributes, ...resource.extensions.flatMap((each) => each.attributes)];
}

/** The places of a source on the resource's own row, or behind to-one relations. */
export function placesOf(source: Source): readonly Place[] {
  switch (source.kind) {
    case "column":
    case "choice":
    case "switch":
    case "flag":
    case "since":
    case "reference":
    case "fullName":
      return [source.place];
    case "slots":
      return source.slots.map((slot) => slot.place);
    default:
      return [];
  }
}

/** The relation that a read has to cross for this source; undefined: own columns are enough. */
export function relationOf(source: Source): string | undefined {
  if (source.kind === "rows" || source.kind === "members" || source.kind === "memberships") return source.list.name;
  return placesOf(source).find((place) => place.steps.length > 0)?.steps[0]?.relation;
}

/** The relations of a resource, in the order of the attributes that need them: a bit each. */
export function relations(context: Context): readonly string[] {
  return [...new Set(context.leaves.flatMap((each) => relationOf(each.source) ?? []))];
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

export type RowsAttribute = Attribute & { readonly source: Extract<Source, { kind: "rows" }> };
export type MembersAttribute = Attribute & { readonly source: Extract<Source, { kind: "members" }> };

export function rowsOf(context: Context): readonly RowsAttribute[] {
  return context.leaves.filter((each): each is RowsAttribute => each.source.kind === "rows");
}

export function membersOf(context: Context): readonly MembersAttribute[] {
  return context.leaves.filter((each): each is MembersAttribute => each.source.kind === "members");
}
