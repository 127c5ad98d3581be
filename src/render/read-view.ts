/** The reading half of a resource's file: its TypeScript type, its selects, and how a row prints. */
import type { Attribute, Column, Extension } from "../provider.js";
import { besidesOf, isBeside } from "./context.js";
import type { Context } from "./context.js";
import { property, quoted, seenType, toOneSelect } from "./expressions.js";
import { documentBlocks } from "./kinds/json.js";
import type { Block } from "./kinds/kind.js";
import { tenantArgument } from "./scope.js";

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
  readonly selects: readonly Block[];
  readonly parts: readonly { readonly name: string; readonly select: string }[];
  readonly partsArgument: string | undefined;
  readonly partsType: string;
  readonly partsCall: string;
  readonly partTypes: string;
  /** What stands in a row beside its columns and relations, as a type. */
  readonly beside: string;
  readonly locals: readonly string[];
  readonly schemas: string;
  readonly printed: readonly string[];
  readonly printedMeta: readonly string[];
  readonly printId: string;
}

export function readView(context: Context): ReadView {
  const { resource } = context;
  const parts = partsOf(context);
  const argument = parts.some(({ select }) => /: tenant\b/.test(select)) ? tenantArgument(context.tenantType) : { parameter: "", argument: "" };
  // Files of two resources may import each other, and neither may need the other's constants while it loads.
  const isFunction = argument.argument !== "" || parts.some(({ select }) => /: existing\w/.test(select));
  const besides = besidesOf(context);
  const core = [...(resource.externalId ? [resource.externalId] : []), ...resource.attributes].filter((each) => !isSecret(each));
  return {
    urns: [{ constant: "core", urn: quoted(resource.schema.urn) }, ...resource.extensions.map(({ alias, urn }) => ({ constant: alias, urn: quoted(urn) }))],
    fields: [
      ...core.map((each) => field(each, typeName(each))),
      ...resource.extensions.map(({ alias, typeName }) => `readonly [${alias}]?: ${typeName} | undefined;`),
    ],
    types: [
      ...core.flatMap((each) => namedTypes(each)),
      ...resource.extensions.flatMap((extension) => [
        { name: extension.typeName, fields: extension.attributes.map((each) => field(each, typeName(each))) },
        ...extension.attributes.flatMap((each) => namedTypes(each)),
      ]),
    ],
    metaFields: [...metaField("created", resource.created), ...metaField("lastModified", resource.lastModified), ...(resource.version ? ["readonly version: string;"] : [])],
    own: ownColumns(context),
    selects: [...context.leaves.flatMap((each) => each.selects), ...documentBlocks(context.leaves.flatMap((each) => each.documents))],
    parts,
    partsArgument: isFunction ? `(${argument.parameter})` : undefined,
    partsType: isFunction ? "ReturnType<typeof parts>" : "typeof parts",
    partsCall: isFunction ? `parts(${argument.argument})` : "parts",
    beside: besides.length === 0 ? "" : ` & { ${besides.map(({ name, type }) => `readonly ${name}?: ${type}`).join("; ")} }`,
    partTypes: parts.map(({ name }) => `Parts[${name.startsWith('"') ? name : quoted(name)}]`).join(" & "),
    locals: resource.extensions.map((extension) => `const ${extension.alias}Data = complex({ ${printAll(context, extension.attributes)} });`),
    schemas: schemasOf(resource.extensions),
    printed: [
      ...core.map((each) => `${property(each.definition.name)}: ${print(context, each)},`),
      ...resource.extensions.map(({ alias }) => `[${alias}]: ${alias}Data,`),
    ],
    printedMeta: [
      ...(resource.created ? [`created: ${instant(resource.created.name, resource.created.optional)},`] : []),
      ...(resource.lastModified ? [`lastModified: ${instant(resource.lastModified.name, resource.lastModified.optional)},`] : []),
      ...(resource.version ? [`version: \`W/"\${row.${resource.version.name}}"\`,`] : []),
    ],
    printId: resource.id.type === "int" || resource.id.type === "bigint" ? `String(row.${resource.id.name})` : `row.${resource.id.name}`,
  };
}

/** What is not even read stands in no answer. */
function isSecret({ source, definition }: Attribute): boolean {
  return source.kind === "handed" || (source.kind === "codec" && definition.returned === "never");
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
  // In a document nothing makes sure that an element has a value.
  const always = attribute.source.kind !== "elements" && (attribute.source.kind === "reference" || attribute.definition.multiValued) ? ["value", "$ref"] : [];
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

function ownColumns({ resource, leaves }: Context): readonly string[] {
  const here = leaves.flatMap(({ places }) => places.filter(({ steps }) => steps.length === 0).map(({ column }) => column.name));
  const needed = leaves.flatMap(({ needs }) => needs.map(({ name }) => name));
  return [...new Set([resource.id.name, resource.key.name, ...here, ...needed, ...(resource.others ? [resource.others.name] : []), ...(resource.created ? [resource.created.name] : []), ...(resource.lastModified ? [resource.lastModified.name] : []), ...(resource.version ? [resource.version.name] : [])])];
}

function partsOf({ leaves, relations }: Context): readonly { readonly name: string; readonly select: string }[] {
  const places = leaves.flatMap((leaf) => leaf.places);
  return relations.filter((name) => !isBeside(name)).map((name) => ({ name: property(name), select: leaves.flatMap(({ lists }) => lists).find((list) => list.name === name)?.select ?? `{ ${name}: { select: ${toOneSelect(places, [name])} } }` }));
}

function schemasOf(extensions: readonly Extension[]): string {
  const used = extensions.map(({ alias }) => `...(${alias}Data === undefined ? [] : [${alias}])`);
  return `[${["core", ...used].join(", ")}]`;
}

function print(context: Context, attribute: Attribute): string {
  if (attribute.source.kind === "complex") return `complex({ ${printAll(context, attribute.source.of)} })`;
  const own = printedOf(context, ({ attribute: leaf }) => leaf === attribute);
  return attribute.fallback === undefined ? own : `(${own}) ?? ${standIn(printedOf(context, ({ attribute: { key } }) => key === attribute.fallback))}`;
}

function printedOf(context: Context, is: (leaf: Context["leaves"][number]) => boolean): string {
  const leaf = context.leaves.find(is);
  if (leaf?.attribute.source.kind !== "formatted") return leaf?.printed ?? "undefined";
  const { of } = leaf.attribute.source;
  return `formattedName(${of.flatMap((key) => context.leaves.filter(({ attribute }) => attribute.key === key).map(({ attribute }) => print(context, attribute))).join(", ")})`;
}

/** `??` and `||` do not mix. */
function standIn(printed: string): string {
  return /^[\w$.?]+$/.test(printed) ? printed : `(${printed})`;
}

function printAll(context: Context, attributes: readonly Attribute[]): string {
  return attributes.map((each) => `${property(each.definition.name)}: ${print(context, each)}`).join(", ");
}
