/** What discovery.ts.hbs prints: the documents of `/Schemas` and `/ResourceTypes`, a line an attribute. */
import type { Attribute, Definition, Extension, Provider, Resource, Schema } from "../provider.js";
import { quoted } from "./expressions.js";

export interface DiscoveryView {
  readonly schemas: readonly SchemaView[];
  readonly types: readonly {
    readonly variable: string;
    readonly name: string;
    readonly endpoint: string;
    readonly description: string;
    readonly schema: string;
    readonly extensions: readonly string[];
    readonly externalId: boolean;
    readonly unmapped: string;
    readonly readOnly: boolean;
  }[];
  readonly list: string;
}

interface SchemaView {
  readonly variable: string;
  readonly urn: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly string[];
}

export function discoveryView(provider: Provider): DiscoveryView {
  const { valueGroups } = provider;
  const groups = valueGroups === undefined ? [] : [{ ...valueGroups, extensions: [], externalId: undefined, isReadOnly: false }];
  const schemas = [
    ...provider.resources.flatMap((resource) => [
      schemaView(`${resource.file}Schema`, resource.schema, resource.attributes.map((each) => each.definition)),
      ...resource.extensions.map((extension) => schemaView(extensionVariable(resource, extension), extension, extension.attributes.map(shownDefinition))),
    ]),
    ...groups.map(({ file, schema, attributes }) => schemaView(`${file}Schema`, schema, attributes)),
  ];
  return {
    schemas,
    types: [...provider.resources, ...groups].map((resource) => ({
      variable: `${resource.file}Type`,
      name: quoted(resource.name),
      endpoint: quoted(resource.endpoint),
      description: quoted(resource.description),
      schema: `${resource.file}Schema`,
      extensions: resource.extensions.map(
        (extension) => `{ alias: ${quoted(extension.alias)}, schema: ${extensionVariable(resource, extension)}, required: ${String(extension.required)} },`,
      ),
      externalId: resource.externalId !== undefined,
      unmapped: `[${resource.unmapped.map(quoted).join(", ")}]`,
      readOnly: resource.isReadOnly,
    })),
    list: schemas.map(({ variable }) => variable).join(", "),
  };
}

function shownDefinition({ definition, requiredByExtension }: Attribute): Definition {
  return requiredByExtension === true ? { ...definition, required: true } : definition;
}

function extensionVariable(resource: Pick<Resource, "file">, { alias }: Extension): string {
  return `${resource.file}${alias.slice(0, 1).toUpperCase()}${alias.slice(1)}Schema`;
}

function schemaView(variable: string, schema: Schema, attributes: readonly Definition[]): SchemaView {
  return {
    variable,
    urn: quoted(schema.urn),
    name: quoted(schema.name),
    description: quoted(schema.description),
    attributes: attributes.flatMap((each) => definition(each)),
  };
}

/** One line, or for a complex attribute a line a sub-attribute; what RFC 7643 2.2 says by itself is left out. */
function definition(attribute: Definition): readonly string[] {
  const { subAttributes } = attribute;
  if (subAttributes === undefined) return [`attribute({ ${members(attribute).join(", ")} }),`];
  return [
    "attribute({",
    ...members(attribute).map((each) => `  ${each},`),
    "  subAttributes: [",
    ...subAttributes.map((each) => `    attribute({ ${members(each).join(", ")} }),`),
    "  ],",
    "}),",
  ];
}

function members(attribute: Definition): readonly string[] {
  const { name, type, multiValued, description, required, canonicalValues, caseExact, mutability, returned, uniqueness, referenceTypes } = attribute;
  return [
    `name: ${quoted(name)}`,
    ...(type === "string" ? [] : [`type: ${quoted(type)}`]),
    ...(multiValued ? ["multiValued: true"] : []),
    `description: ${quoted(description)}`,
    ...(required ? ["required: true"] : []),
    ...(canonicalValues === undefined ? [] : [`canonicalValues: [${canonicalValues.map(quoted).join(", ")}]`]),
    ...(caseExact ? ["caseExact: true"] : []),
    ...(mutability === "readWrite" ? [] : [`mutability: ${quoted(mutability)}`]),
    ...(returned === "default" ? [] : [`returned: ${quoted(returned)}`]),
    ...(uniqueness === "none" ? [] : [`uniqueness: ${quoted(uniqueness)}`]),
    ...(referenceTypes === undefined ? [] : [`referenceTypes: [${referenceTypes.map(quoted).join(", ")}]`]),
  ];
}
