/** The reading half of a resource's file: its TypeScript type, its selects, and how a row prints. */
import type { Attribute, Column, Extension, Source } from "../provider.js";
import { choicesOf, location, parameter, printed, property, quoted, readPlace, seenType, term } from "./expressions.js";
import { relations, selectName, upperFirst } from "./view.js";
import type { Context, RowsAttribute } from "./view.js";

interface NamedType {
  readonly name: string;
  readonly fields: readonly string[];
}

export interface ReadView {
  readonly urns: readonly { readonly constant: string; readonly urn: string }[];
  readonly fields: readonly string[];
  readonly types: readonly NamedType[];
  readonly metaFields: readonly string[];
  readonly own: readonly string[];
  readonly parts: readonly { readonly name: string; readonly select: string }[];
  readonly partsArgument: string | undefined;
  readonly partsType: string;
  readonly partsCall: string;
  readonly partTypes: string;
  readonly locals: readonly string[];
  readonly schemas: string;
  readonly printed: readonly string[];
  readonly printedMeta: readonly string[];
  readonly printId: string;
}

export function readView(context: Context): ReadView {
  const { resource } = context;
  const parts = partsOf(context);
  const scoped = parts.some(({ select }) => /: tenant\b/.test(select));
  const core = [...(resource.externalId ? [resource.externalId] : []), ...resource.attributes];
  return {
    urns: [{ constant: "core", urn: quoted(resource.schema.urn) }, ...resource.extensions.map(({ alias, urn }) => ({ constant: alias, urn: quoted(urn) }))],
    fields: [
      ...core.map((each) => field(each, typeName(each))),
      ...resource.extensions.map(({ alias }) => `readonly [${alias}]?: ${resource.name}${upperFirst(alias)} | undefined;`),
    ],
    types: [
      ...core.flatMap((each) => namedTypes(each)),
      ...resource.extensions.flatMap((extension) => [
        { name: `${resource.name}${upperFirst(extension.alias)}`, fields: extension.attributes.map((each) => field(each, typeName(each))) },
        ...extension.attributes.flatMap((each) => namedTypes(each)),
      ]),
    ],
    metaFields: [...metaField("created", resource.created), ...metaField("lastModified", resource.lastModified)],
    own: ownColumns(context),
    parts,
    partsArgument: scoped ? "tenant: Tenant" : undefined,
    partsType: scoped ? "ReturnType<typeof parts>" : "typeof parts",
    partsCall: scoped ? "parts(tenant)" : "parts",
    partTypes: parts.map(({ name }) => `Parts[${quoted(name)}]`).join(" & "),
    locals: resource.extensions.map((extension) => `const ${extension.alias}Data = complex({ ${extensionParts(extension)} });`),
    schemas: schemasOf(resource.extensions),
    printed: [
      ...core.map((each) => `${property(each.definition.name)}: ${print(context, each)},`),
      ...resource.extensions.map(({ alias }) => `[${alias}]: ${alias}Data,`),
    ],
    printedMeta: [
      ...(resource.created ? [`created: ${instant(resource.created.name, resource.created.optional)},`] : []),
      ...(resource.lastModified ? [`lastModified: ${instant(resource.lastModified.name, resource.lastModified.optional)},`] : []),
    ],
    printId: resource.id.type === "int" || resource.id.type === "bigint" ? `String(row.${resource.id.name})` : `row.${resource.id.name}`,
  };

  function extensionParts(extension: Extension): string {
    return extension.attributes.map((each) => `${property(each.definition.name)}: ${print(context, each)}`).join(", ");
  }
}

function metaField(name: string, column: Column | undefined): readonly string[] {
  if (column === undefined) return [];
  return [column.optional ? `readonly ${name}?: string | undefined;` : `readonly ${name}: string;`];
}

function instant(column: string, optional: boolean): string {
  return optional ? `row.${column}?.toISOString()` : `row.${column}.toISOString()`;
}

function field(attribute: Attribute, type: string): string {
  return `readonly ${property(attribute.definition.name)}?: ${type} | undefined;`;
}

function typeName(attribute: Attribute): string {
  const { definition } = attribute;
  const one = attribute.typeName ?? seenType(attribute);
  return definition.multiValued ? `readonly ${one}[]` : one;
}

function namedTypes(attribute: Attribute): readonly NamedType[] {
  if (attribute.typeName === undefined) return [];
  const subs = attribute.definition.subAttributes ?? [];
  const always = attribute.source.kind === "reference" || attribute.definition.multiValued ? ["value", "$ref"] : [];
  return [
    {
      name: attribute.typeName,
      fields: subs.map((sub) => {
        const type = sub.type === "boolean" ? "boolean" : sub.type === "integer" || sub.type === "decimal" ? "number" : "string";
        return always.includes(sub.name) ? `readonly ${property(sub.name)}: ${type};` : `readonly ${property(sub.name)}?: ${type} | undefined;`;
      }),
    },
  ];
}

function ownColumns(context: Context): readonly string[] {
  const { resource } = context;
  const names = new Set([resource.id.name]);
  for (const { source } of context.leaves) {
    for (const place of placesHere(source)) names.add(place);
  }
  if (resource.created) names.add(resource.created.name);
  if (resource.lastModified) names.add(resource.lastModified.name);
  return [...names];
}

function placesHere(source: Source): readonly string[] {
  if (source.kind === "slots") return source.slots.flatMap((slot) => (slot.place.steps.length === 0 ? [slot.place.column.name] : []));
  return "place" in source && source.place.steps.length === 0 ? [source.place.column.name] : [];
}

function partsOf(context: Context): readonly { readonly name: string; readonly select: string }[] {
  return relations(context).map((name) => ({ name, select: partSelect(context, name) }));
}

function partSelect(context: Context, name: string): string {
  for (const { source } of context.leaves) {
    if (source.kind === "rows" && source.list.name === name) return rowsSelect(name, source);
    if (source.kind === "memberships" && source.list.name === name) {
      const { group, groupKey, id, tenant, display } = source;
      const columns = [id.name, ...(display ? [display.name] : [])].map((each) => `${each}: true`).join(", ");
      return `{ ${name}: { where: { ${group.relation}: { ${tenant.name}: tenant } }, select: { ${group.relation}: { select: { ${columns} } } }, orderBy: { ${groupKey.name}: "asc" } } }`;
    }
    if (source.kind === "members" && source.list.name === name) {
      const { member, memberRelation, memberTenant } = source;
      return `{ ${name}: { where: { ${memberRelation}: { ${memberTenant.name}: tenant } }, select: { ${member.name}: true }, orderBy: { ${member.name}: "asc" } } }`;
    }
  }
  return `{ ${name}: { select: ${toOneSelect(context, [name])} } }`;
}

function rowsSelect(name: string, source: RowsAttribute["source"]): string {
  const primary = source.each.find((each) => each.definition.name === "primary");
  const order = primary !== undefined && "place" in primary.source ? `[{ ${primary.source.place.column.name}: ${primary.source.place.column.optional ? `{ sort: "desc", nulls: "last" }` : `"desc"`} }, { ${source.id.name}: "asc" }]` : `{ ${source.id.name}: "asc" }`;
  return `{ ${name}: { select: ${selectName(name)}, orderBy: ${order} } }`;
}

/** The columns behind a chain of to-one relations, nested as the chain is. */
function toOneSelect(context: Context, chain: readonly string[]): string {
  const columns: string[] = [];
  const deeper = new Set<string>();
  for (const { source } of context.leaves) {
    const places = source.kind === "slots" ? source.slots.map((slot) => slot.place) : "place" in source ? [source.place] : [];
    for (const place of places) {
      const path = place.steps.map((step) => step.relation);
      if (!chain.every((relation, index) => path[index] === relation)) continue;
      const next = path[chain.length];
      if (next !== undefined) deeper.add(next);
      else if (path.length === chain.length && !columns.includes(place.column.name)) columns.push(place.column.name);
    }
  }
  const selects = [...columns.map((name) => `${name}: true`), ...[...deeper].map((name) => `${name}: { select: ${toOneSelect(context, [...chain, name])} }`)];
  return `{ ${selects.join(", ")} }`;
}

function schemasOf(extensions: readonly Extension[]): string {
  const used = extensions.map(({ alias }) => `...(${alias}Data === undefined ? [] : [${alias}])`);
  return `[${["core", ...used].join(", ")}]`;
}

function print(context: Context, attribute: Attribute): string {
  const { source, definition } = attribute;
  switch (source.kind) {
    case "complex":
      return `complex({ ${source.of.map((each) => `${property(each.definition.name)}: ${print(context, each)}`).join(", ")} })`;
    case "fullName":
      return `fullName(${readPlace("row", source.place)}, ${quoted(source.order)})`;
    case "reference": {
      const key = readPlace("row", source.place);
      const value = source.place.column.type === "int" || source.place.column.type === "bigint" ? `String(${key})` : key;
      return `${key} === null${source.place.steps.length > 0 ? ` || ${key} === undefined` : ""} ? undefined : { value: ${value}, $ref: ${location(source.to, key)} }`;
    }
    case "slots": {
      const slots = source.slots.map((slot) => `slot(${readPlace("row", slot.place)}, ${quoted(slot.type)}, ${String(slot.primary)})`);
      return `many([${slots.join(", ")}].flat())`;
    }
    case "rows":
      return `many(row.${source.list.name}?.map((row) => ({ ${source.each.map((each) => `${property(each.definition.name)}: ${printElement(each)}`).join(", ")} })))`;
    case "memberships": {
      const { group, id, display } = source;
      const name = parameter({ name: group.relation });
      const value = id.type === "int" || id.type === "bigint" ? `String(${name}.${id.name})` : `${name}.${id.name}`;
      const shown = display === undefined ? "" : `, display: ${name}.${display.name} || undefined`;
      return `many(row.${source.list.name}?.map(({ ${term(group.relation, name)} }) => ({ value: ${value}, $ref: ${location(source.to, `${name}.${id.name}`)}${shown}, type: "direct" })))`;
    }
    case "members": {
      const { member, to } = source;
      const name = parameter(member);
      const value = member.type === "int" || member.type === "bigint" ? `String(${name})` : name;
      return `many(row.${source.list.name}?.map(({ ${term(member.name, name)} }) => ({ value: ${value}, $ref: ${location(to, name)}, type: ${quoted(to.name)} })))`;
    }
    default:
      return printed(source, "row", definition.type);
  }
}

/** A sub-attribute of a row. Its `value` is there in every element; the client's type says so. */
function printElement(each: Attribute): string {
  const text = printed(each.source, "row", each.definition.type);
  if (each.definition.name !== "value") return text;
  if (each.source.kind === "choice") return `chosen(${choicesOf(each.source)}, ${readPlace("row", each.source.place)}) ?? ""`;
  return text.endsWith(" || undefined") ? text.slice(0, -" || undefined".length) : `${text} ?? ""`;
}
