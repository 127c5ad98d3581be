/** What discovery.ts.hbs prints: the documents of `/Schemas` and `/ResourceTypes`, a line an attribute. */
import type { Definition, Extension, Provider, Resource, Schema } from "../provider.js";
import { property, quoted } from "./expressions.js";

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
  const schemas = provider.resources.flatMap((resource) => [
    schemaView(`${resource.file}Schema`, resource.schema, resource.attributes.map((each) => each.definition)),
    ...resource.extensions.map((extension) => schemaView(extensionVariable(resource, extension), extension, extension.attributes.map((each) => each.definition))),
  ]);
  return {
    schemas,
    types: provider.resources.map((resource) => ({
      variable: `${resource.file}Type`,
      name: quoted(resource.name),
      endpoint: quoted(resource.endpoint),
      description: quoted(resource.description),
      schema: `${resource.file}Schema`,
      extensions: resource.extensions.map(
        (extension) => `{ alias: ${quoted(extension.alias)}, schema: ${extensionVariable(resource, extension)}, required: ${String(extension.required)} },`,
      ),
      externalId: resource.externalId !== undefined,
    })),
    list: schemas.map(({ variable }) => variable).join(", "),
  };
}

function extensionVariable(resource: Resource, { alias }: Extension): string {
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

/** One line, or for a complex attribute a line a sub-attribute; in the order of RFC 7643 7. */
function definition(attribute: Definition): readonly string[] {
  const { subAttributes } = attribute;
  const own = members(attribute);
  if (subAttributes === undefined) return [`{ ${own} },`];
  return ["{", `  ${own},`, "  subAttributes: [", ...subAttributes.map((each) => `    { ${members(each)} },`), "  ],", "},"];
}

function members(attribute: Definition): string {
  const { name, type, multiValued, description, required, canonicalValues, caseExact, mutability, returned, uniqueness, referenceTypes } = attribute;
  const all: readonly (readonly [string, string | undefined])[] = [
    ["name", quoted(name)],
    ["type", quoted(type)],
    ["multiValued", String(multiValued)],
    ["description", quoted(description)],
    ["required", String(required)],
    ["canonicalValues", canonicalValues && `[${canonicalValues.map(quoted).join(", ")}]`],
    ["caseExact", String(caseExact)],
    ["mutability", quoted(mutability)],
    ["returned", quoted(returned)],
    ["uniqueness", quoted(uniqueness)],
    ["referenceTypes", referenceTypes && `[${referenceTypes.map(quoted).join(", ")}]`],
  ];
  return all.flatMap(([key, value]) => (value === undefined ? [] : [`${property(key)}: ${value}`])).join(", ");
}
