/** A resource with all that its attributes add to its file. */
import type { Attribute, Resource, TenantType } from "../provider.js";
import { contributionOf } from "./kinds.js";
import type { Block, Calls, Contribution, MappingTable, RowsTable } from "./kinds/kind.js";
import { topLevel } from "./view.js";

export interface Leaf extends Contribution {
  readonly attribute: Attribute;
}

export interface Context {
  readonly resource: Resource;
  readonly tenantType: TenantType | undefined;
  /** Every attribute with a place of its own: top-level ones, parts of complex ones, those of extensions. */
  readonly leaves: readonly Leaf[];
  /** The relations that a read can cross, in the order of the attributes that need them: a bit each. */
  readonly relations: readonly string[];
}

export function contextOf(resource: Resource, tenantType: TenantType | undefined): Context {
  const attributes = topLevel(resource).flatMap((each) => (each.source.kind === "complex" ? each.source.of : [each]));
  const leaves = attributes.map((attribute) => ({ attribute, ...contributionOf(attribute, { resource, tenantType }) }));
  const relations = leaves.flatMap(relationsOf);
  // What a statement of its own reads comes behind the relations, which are bits of the select.
  return { resource, tenantType, leaves, relations: [...new Set([...relations.filter((name) => !isBeside(name)), ...relations.filter(isBeside)])] };
}

/** The relations that a read has to cross for this attribute; none: own columns are enough. */
export function relationsOf({ beside, lists, places }: Leaf): readonly string[] {
  if (beside !== undefined) return [beside.name];
  if (lists.length > 0) return lists.map(({ name }) => name);
  const relation = places.find((place) => place.steps.length > 0)?.steps[0]?.relation;
  return relation === undefined ? [] : [relation];
}

/** What statements of their own read beside the rows: several attributes may share one. */
export function besidesOf({ leaves }: Context): readonly NonNullable<Leaf["beside"]>[] {
  return [...new Map(leaves.flatMap(({ beside }) => (beside === undefined ? [] : [[beside.name, beside] as const]))).values()];
}

/** Whether it is no relation: no field of a schema begins so. */
export function isBeside(name: string): boolean {
  return name.startsWith("$");
}

/** Whether an attribute, or any part of it, is this leaf. */
export function isLeafOf(attribute: Attribute, { attribute: leaf }: Leaf): boolean {
  return leaf === attribute || (attribute.source.kind === "complex" && attribute.source.of.includes(leaf));
}

export function isWritten({ attribute, values }: Leaf): boolean {
  return attribute.definition.mutability !== "readOnly" && values.length > 0;
}

export function blocks({ leaves }: Context): readonly Block[] {
  return leaves.flatMap((each) => each.blocks);
}

export function calls({ leaves }: Context): readonly Calls[] {
  return leaves.flatMap((each) => each.calls);
}

export function mappingEntries({ leaves }: Context, table: MappingTable): readonly string[] {
  return leaves.flatMap(({ mapping }) => mapping[table] ?? []);
}

export function rowsEntries({ leaves }: Context, table: RowsTable): readonly string[] {
  return leaves.flatMap(({ rows }) => rows[table] ?? []);
}
