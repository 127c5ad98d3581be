/** One resource of the mapping, resolved against its model. */
import type { LooseAttributes, LooseResource } from "../config.js";
import type { Attribute, Column, Definition, Extension, Resource, ResourceRef, TenantType } from "../provider.js";
import type { PrismaField } from "../read/prisma.js";
import { enterpriseUserSchema, groupSchema, userSchema } from "../scim/core-schemas.js";
import { checkAbsent, checkFallbacks, checkFrom, checkId, checkLocked, checkWrittenOnce, mentioned, ownColumns, pathOf, writtenOf } from "./agreement.js";
import { assignments, without } from "./assignments.js";
import { attributesOf } from "./attributes.js";
import { checkUnique, constraintsOf } from "./constraints.js";
import { existingOf } from "./existing.js";
import { fitting } from "./context.js";
import type { ConfigPath } from "./context.js";
import { customAttributes, extensionsOf } from "./custom.js";
import { membershipsOf } from "./memberships.js";
import { othersColumn } from "./json.js";
import { checkOptions } from "./options.js";
import { columnOf, modelRef, ownColumn, placesOf } from "./place.js";
import { outsideOf } from "./outside.js";
import { removalOf } from "./removal.js";
import { equalities } from "./scope.js";
import { whereOf } from "./soft-delete.js";
import { unmapped } from "./unmapped.js";
import type { Home } from "./home.js";
import { checkInside } from "./inside.js";
import { sideRowsOf } from "./side-rows.js";
import type { Sides } from "./side-rows.js";
import { toldApart } from "./apart.js";
import { sharedRows } from "./through.js";

const externalId: Definition = {
  name: "externalId",
  type: "string",
  multiValued: false,
  description: "The identifier the client knows the resource by.",
  required: false,
  caseExact: true,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
};

/** The core schema of a resource, by its name in the mapping. */
export function coreSchema(name: string): typeof userSchema | undefined {
  return name === "User" ? userSchema : name === "Group" ? groupSchema : undefined;
}

export function resourceOf(home: Home, ref: ResourceRef, resource: LooseResource, tenantType: TenantType | undefined, path: ConfigPath): Omit<Resource, "referenced"> | undefined {
  const isComplete = checkOptions(home, resource, ref.name === "User" ? "user" : ref.name === "Group" ? "group" : "custom", `the resource ${ref.name}`, path);
  if (resource.meta !== undefined) checkOptions(home, resource.meta, "meta", "meta", [...path, "meta"]);
  for (const [relation, through] of Object.entries(resource.through ?? {})) checkOptions(home, through, "through", `through.${relation}`, [...path, "through", relation]);
  if (!isComplete) return undefined;
  const core = coreSchema(ref.name);
  const { scope, id, key, isIdUnique } = home.rows;
  const tenant = scope.tenant?.steps.length === 0 ? scope.tenant.column : undefined;

  const { externalId: outside, ...named } = resource.attributes as LooseAttributes;
  const spot = { prefix: "", path: [...path, "attributes"] };
  const mapped = core === undefined ? customAttributes({ ...home, isCustom: true }, named, "", spot.path) : attributesOf(home, named, core.attributes, spot);
  const [external] = outside === undefined ? [] : attributesOf(home, { externalId: outside }, [externalId], spot);
  const extended = [
    ...(ref.name === "User" && resource.enterprise !== undefined ? [enterprise(home, resource.enterprise, [...path, "enterprise"])] : []),
    ...extensionsOf(home, resource, path),
  ];
  const groups = ref.name === "User" && named["groups"] !== false ? membershipsOf(home, path) : undefined;
  const known = core === undefined ? mapped : inOrder([...mapped, ...(groups ? [groups] : [])], core.attributes);
  const all = [...known, ...extended.flatMap((each) => each.attributes)];
  const attributes = toldApart(known, all);
  const extensions = extended.map((each) => ({ ...each, attributes: toldApart(each.attributes, all) }));
  const top = [...(external ? [external] : []), ...attributes, ...extensions.flatMap((each) => each.attributes)];
  const leaves = top.flatMap((each) => (each.source.kind === "complex" ? each.source.of : [each]));

  const required = ref.name === "User" ? "userName" : "displayName";
  const login = core === undefined ? undefined : attributes.find((each) => each.key === required);
  if (core !== undefined && named[required] === undefined) home.findings.error(required === "userName" ? "username-missing" : "required-unmapped", spot.path, `A ${ref.name} must have ${required}, and the mapping has none.`, { remedy: `${required}: "…"` });

  if (login !== undefined && (login.source.kind === "lookup" || login.source.kind === "oneRow")) home.findings.later([...spot.path, required], `${required} in a row of another table`);
  const shared = sharedRows(home, resource, leaves, alwaysThere([...(external ? [external] : []), ...attributes, ...extensions.filter((each) => each.required).flatMap((each) => each.attributes)]), tenantType, path);
  const said = assignments(home, home.model, resource.create ?? {}, [...path, "create"]);
  const equal = equalities(home, home.model, whereOf(home.model, resource), [...path, "where"]);
  const create = [...said, ...equal.filter(({ column }) => !said.some((each) => each.column.name === column.name))];
  const sides = sideRowsOf(home, resource, path);
  const removal = removalOf(home, resource, { attributes, leaves, sides: sides.lists }, path);
  for (const { orphan, step } of shared) {
    if (orphan === undefined || removal.kind === "delete") continue;
    home.findings.error("orphan-delete-unsafe", [...path, "through", step.relation, "onDelete"], `DELETE keeps the row of ${home.model.name}, so the ${step.model.name} behind it is never an orphan.`, { remedy: `onDelete: "keep"` });
  }
  const stamp = without(home, ["from"], assignments(home, home.model, resource.stamp ?? {}, [...path, "stamp"]), "every write", [...path, "stamp"]);
  checkFrom(home, leaves, [...writtenOf(create, shared, path), ...madeBeside(home, leaves, sides, path)], path);
  checkFallbacks(home, leaves, path);
  checkAbsent(home, leaves, path);
  checkWrittenOnce(home, leaves, { create, stamp, others: resource.others }, path);
  checkId(home, leaves, stamp, path);
  checkLocked(home, leaves, path);
  const isReadOnly = core === undefined && top.length > 0 && top.every((each) => each.definition.mutability === "readOnly");
  checkInside(home, leaves, { create, stamp }, path);
  const covered = leaves.flatMap((each) => (each.definition.mutability === "readOnly" ? [] : ownColumns(each)));
  if (!isReadOnly) unmapped(home, home.model, [...(tenant ? [tenant.name] : []), ...covered, ...mentioned(resource), ...keysBehind(home, login), ...(resource.others === undefined ? [] : [resource.others]), ...shared.map((each) => each.key.name), ...[...create, ...stamp].map((each) => each.column.name)], path);
  const others = resource.others === undefined ? undefined : othersColumn(home, resource.others, covered, [...path, "others"]);
  const unguarded = login === undefined || ref.name !== "User" ? undefined : checkUnique(home, resource, login, shared, tenant, [...spot.path, "userName"]);

  return {
    name: ref.name,
    file: ref.file,
    endpoint: ref.endpoint,
    description: core?.description ?? resource.description ?? ref.name,
    schema: { urn: core?.id ?? resource.schema ?? "", name: core?.name ?? ref.name, description: core?.description ?? resource.description ?? ref.name },
    extensions,
    model: modelRef(home.model),
    scope,
    id,
    key,
    isIdUnique,
    created: metaColumn(home, resource.meta?.created ?? "createdAt", resource.meta?.created !== undefined, (field) => field.name === "createdAt", [...path, "meta", "created"]),
    lastModified: metaColumn(home, resource.meta?.lastModified, resource.meta?.lastModified !== undefined, (field) => field.isUpdatedAt, [...path, "meta", "lastModified"]),
    version: versionOf(home, resource.meta?.version, [...path, "meta", "version"]),
    externalId: external,
    isReadOnly,
    attributes,
    unmapped: unmappedOf(ref.name, core?.attributes ?? [], external, attributes, extensions),
    shared,
    create,
    stamp,
    oneColumn: sharedColumns(leaves),
    removal,
    sideRows: sides.made,
    outside: outsideOf(home, leaves, create, stamp, path),
    existing: existingOf(home, resource, attributes, external, removal, equal, [...path, "onExisting"]),
    unguarded,
    ...(others === undefined ? {} : { others }),
    constraints: constraintsOf(home, resource, leaves, shared, tenant, path),
  };
}

/** What rows beside the resource's own get without a client asking. */
function madeBeside(home: Home, leaves: readonly Attribute[], { made }: Sides, path: ConfigPath): ReturnType<typeof writtenOf> {
  const rows = leaves.flatMap(({ source, key }) => {
    if (source.kind === "rowLists") return source.lists.map((each, index) => ({ list: each.rows.create, path: [...pathOf(home, path, key), index, "create"] }));
    const lists = source.kind === "members" ? source.lists.flatMap((each) => (each.kind === "join" ? [each.create] : [])) : "create" in source ? [source.create] : [];
    return lists.map((list) => ({ list, path: [...pathOf(home, path, key), "create"] }));
  });
  return [...rows, ...made.map(({ create }, index) => ({ list: create, path: [...path, "sideRows", index, "create"] }))];
}

/** The keys of attributes that a POST must have. What an optional extension requires is left out together with it. */
function alwaysThere(attributes: readonly Attribute[]): ReadonlySet<string> {
  return new Set(attributes.filter(({ definition, source }) => definition.required && source.kind !== "complex").map(({ key }) => key));
}

/** The foreign key that userName crosses: the shared row fills it, and if that goes wrong there is a problem already. */
function keysBehind(home: Home, login: Attribute | undefined): readonly string[] {
  const relation = login !== undefined && "place" in login.source ? login.source.place.steps[0]?.relation : undefined;
  return home.model.fields.find((each) => each.name === relation)?.relation?.fromFields ?? [];
}

function enterprise(home: Home, mapped: LooseAttributes, path: ConfigPath): Extension {
  return {
    alias: "enterprise",
    typeName: "UserEnterprise",
    urn: enterpriseUserSchema.id,
    name: enterpriseUserSchema.name,
    description: enterpriseUserSchema.description,
    required: false,
    attributes: attributesOf(home, mapped, enterpriseUserSchema.attributes, { prefix: "enterprise.", path }),
  };
}

/** What of the RFC's attributes a client may name and the host does not keep. */
function unmappedOf(name: string, core: readonly Definition[], external: Attribute | undefined, attributes: readonly Attribute[], extensions: readonly Extension[]): readonly string[] {
  const missing = (all: readonly Definition[], kept: readonly Attribute[], prefix: string): readonly string[] =>
    all.flatMap((definition) => {
      const attribute = kept.find((each) => each.definition.name === definition.name);
      if (attribute === undefined) return [prefix + definition.name];
      // What is put together from others is shown and not kept.
      const made = attribute.source.kind === "complex" ? attribute.source.of.filter(({ source }) => source.kind === "formatted").map((each) => each.definition.name) : [];
      const subs = (attribute.definition.subAttributes ?? []).filter(({ name }) => !made.includes(name));
      return (definition.subAttributes ?? []).filter((sub) => !subs.some((each) => each.name === sub.name)).map((sub) => `${prefix}${definition.name}.${sub.name}`);
    });
  const enterprise = extensions.find((each) => each.urn === enterpriseUserSchema.id);
  return [
    ...(external === undefined ? ["externalId"] : []),
    ...missing(core, attributes, ""),
    ...(name !== "User" ? [] : enterprise === undefined ? [enterpriseUserSchema.id] : missing(enterpriseUserSchema.attributes, enterprise.attributes, `${enterpriseUserSchema.id}:`)),
  ];
}

function inOrder(attributes: readonly Attribute[], definitions: readonly Definition[]): readonly Attribute[] {
  const rank = (attribute: Attribute): number => definitions.findIndex((each) => each.name === attribute.definition.name);
  return [...attributes].sort((a, b) => rank(a) - rank(b));
}

function metaColumn(home: Home, name: string | undefined, asked: boolean, fits: (field: PrismaField) => boolean, path: ConfigPath): Column | undefined {
  if (asked && name !== undefined) return ownColumn(home, home.model, name, path);
  const dates = home.model.fields.filter((each) => each.type === "DateTime" && fits(each));
  // Of several the one with the usual name, so that their order in the schema means nothing.
  const [field] = dates.sort((a, b) => Number(b.name === "updatedAt") - Number(a.name === "updatedAt") || (a.name < b.name ? -1 : 1));
  return field === undefined ? undefined : columnOf(home, home.model, field, path);
}

/** A whole number that every write raises by one. */
function versionOf(home: Home, name: string | undefined, path: ConfigPath): Column | undefined {
  const column = name === undefined ? undefined : ownColumn(home, home.model, name, path);
  if (column === undefined || ((column.type === "int" || column.type === "bigint") && !column.optional)) return column;
  return home.findings.error("type-mismatch", path, `${home.model.name}.${column.name} cannot count versions: a required column of type Int or BigInt is due.`, { ...fitting(home, home.model, ({ type, isRequired, isList }) => isRequired && !isList && (type === "Int" || type === "BigInt"), "version Int @default(1)"), schema: { model: home.model.name, field: column.name } });
}

/** Attributes on one column, in the order in which the first that is present is written. */
function sharedColumns(leaves: readonly Attribute[]): readonly (readonly string[])[] {
  const keys = new Map<string, string[]>();
  const order = ["userName", "displayName"];
  const sorted = [...leaves].sort((a, b) => rank(a) - rank(b));
  for (const attribute of sorted) {
    const { key, source, definition } = attribute;
    if (definition.mutability === "readOnly" || source.kind === "scalars" || source.kind === "elements") continue;
    const places = source.kind === "lookup" ? [{ key, place: { steps: [], column: source.key } }] : source.kind === "slots" ? source.slots.flatMap((slot) => slot.parts.flatMap(placesOf)) : source.kind === "codec" ? placesOf(attribute) : "place" in source ? [{ key: source.kind === "fullName" ? "name.formatted" : key, place: source.place }] : [];
    for (const each of places) {
      const column = [...each.place.steps.map((step) => step.relation), each.place.column.name, ...(source.kind === "json" ? source.path : [])].join(".");
      keys.set(column, [...(keys.get(column) ?? []), each.key]);
    }
  }
  return [...keys.values()].filter((list) => list.length > 1);

  function rank({ key }: Attribute): number {
    const index = order.indexOf(key);
    return index < 0 ? order.length : index;
  }
}
