/**
 * The schemas of the discovery documents themselves, which `/Schemas` lists too (RFC 7643 5, 6, 7, 8.7), with the verified
 * errata 5606, 5607, 7522, 8415, 8435 and 8475, the members that the printed JSON forgot (`etag`, `type` and `primary` of
 * authenticationSchemes), and `pagination` of RFC 9865 4.
 */
import type { AttributeDefinition, SchemaDefinition } from "./schema.js";

const plain = { multiValued: false, required: false, caseExact: false, mutability: "readOnly", returned: "default", uniqueness: "none" } as const;
const needed = { ...plain, required: true } as const;
/** References are case exact by their type, though the RFC's JSON prints false (RFC 7643 2.3.7). */
const uri = { ...plain, type: "reference", caseExact: true, referenceTypes: ["uri"] } as const;
const external = { ...uri, referenceTypes: ["external"] } as const;

function feature(name: string, description: string, more: readonly AttributeDefinition[] = []): AttributeDefinition {
  const supported: AttributeDefinition = { ...needed, name: "supported", type: "boolean", description: "Whether it is offered." };
  return { ...needed, name, type: "complex", description, subAttributes: [supported, ...more] };
}

export const serviceProviderConfigSchema: SchemaDefinition = {
  id: "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
  name: "Service Provider Configuration",
  description: "What this service provider offers.",
  attributes: [
    { ...external, name: "documentationUri", description: "Where the help for people stands." },
    feature("patch", "Changes by PATCH."),
    feature("bulk", "Several operations in one request.", [
      { ...needed, name: "maxOperations", type: "integer", description: "Operations of one request at most." },
      { ...needed, name: "maxPayloadSize", type: "integer", description: "Bytes of one request at most." },
    ]),
    feature("filter", "Filters in queries.", [
      { ...needed, name: "maxResults", type: "integer", description: "Resources of one answer at most." },
    ]),
    feature("changePassword", "Setting passwords."),
    feature("sort", "Sorting of results."),
    feature("etag", "Versions of resources."),
    {
      ...needed,
      name: "authenticationSchemes",
      type: "complex",
      multiValued: true,
      description: "How clients authenticate.",
      subAttributes: [
        {
          ...needed,
          name: "type",
          type: "string",
          canonicalValues: ["oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest"],
          description: "The kind of scheme.",
        },
        { ...needed, name: "name", type: "string", description: "The common name of the scheme." },
        { ...needed, name: "description", type: "string", description: "What the scheme is." },
        { ...external, name: "specUri", description: "Where the scheme is specified." },
        { ...external, name: "documentationUri", description: "Where the help for people stands." },
        { ...plain, name: "primary", type: "boolean", description: "Whether it is the preferred scheme." },
      ],
    },
    {
      ...plain,
      name: "pagination",
      type: "complex",
      description: "How long results are cut into pages.",
      subAttributes: [
        { ...needed, name: "cursor", type: "boolean", description: "Whether pages by cursor are offered." },
        { ...needed, name: "index", type: "boolean", description: "Whether pages by index are offered." },
        {
          ...plain,
          name: "defaultPaginationMethod",
          type: "string",
          canonicalValues: ["cursor", "index"],
          description: "What a query gets that asks for neither.",
        },
        { ...plain, name: "defaultPageSize", type: "integer", description: "Resources of a page when the client names no count." },
        { ...plain, name: "maxPageSize", type: "integer", description: "Resources of a page at most." },
        { ...plain, name: "cursorTimeout", type: "integer", description: "Seconds that a cursor can be used." },
      ],
    },
  ],
};

export const resourceTypeSchema: SchemaDefinition = {
  id: "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
  name: "ResourceType",
  description: "A kind of resource and where it is found.",
  attributes: [
    { ...plain, name: "id", type: "string", description: "The identifier, the same as the name." },
    { ...needed, name: "name", type: "string", uniqueness: "server", description: "The name of the resource type." },
    { ...plain, name: "description", type: "string", description: "What the resource type is." },
    { ...uri, name: "endpoint", required: true, uniqueness: "server", description: "Its path below the base URI." },
    { ...uri, name: "schema", required: true, description: "The URN of its schema." },
    {
      ...plain,
      name: "schemaExtensions",
      type: "complex",
      multiValued: true,
      description: "The extensions it may carry.",
      subAttributes: [
        { ...uri, name: "schema", required: true, description: "The URN of the extension." },
        { ...needed, name: "required", type: "boolean", description: "Whether every resource carries it." },
      ],
    },
  ],
};

const exact = { ...plain, type: "string", caseExact: true } as const;
const types = ["string", "complex", "boolean", "decimal", "integer", "dateTime", "reference", "binary"] as const;

/** What describes an attribute; of a sub-attribute too, which alone can be no complex one (erratum 8415). */
function characteristics(allowed: readonly string[]): readonly AttributeDefinition[] {
  return [
    { ...exact, name: "name", required: true, description: "The name of the attribute." },
    { ...needed, name: "type", type: "string", canonicalValues: allowed, description: "What it holds." },
    { ...needed, name: "multiValued", type: "boolean", description: "Whether it holds several values." },
    { ...exact, name: "description", description: "What it means." },
    { ...plain, name: "required", type: "boolean", description: "Whether it must have a value." },
    { ...exact, name: "canonicalValues", multiValued: true, description: "Values that clients are advised to use." },
    { ...plain, name: "caseExact", type: "boolean", description: "Whether letter case counts." },
    {
      ...exact,
      name: "mutability",
      canonicalValues: ["readOnly", "readWrite", "immutable", "writeOnly"],
      description: "When it can be written.",
    },
    { ...exact, name: "returned", canonicalValues: ["always", "never", "default", "request"], description: "When an answer holds it." },
    { ...exact, name: "uniqueness", canonicalValues: ["none", "server", "global"], description: "Among what its values are unique." },
    { ...exact, name: "referenceTypes", multiValued: true, description: "What a reference may point at." },
  ];
}

export const schemaSchema: SchemaDefinition = {
  id: "urn:ietf:params:scim:schemas:core:2.0:Schema",
  name: "Schema",
  description: "The attributes of resources.",
  attributes: [
    { ...needed, name: "id", type: "string", description: "The URN of the schema." },
    { ...needed, name: "name", type: "string", description: "The name of the schema." },
    { ...plain, name: "description", type: "string", description: "What the schema is for." },
    {
      ...needed,
      name: "attributes",
      type: "complex",
      multiValued: true,
      description: "The attributes it defines.",
      subAttributes: [
        ...characteristics(types),
        {
          ...plain,
          name: "subAttributes",
          type: "complex",
          multiValued: true,
          description: "The parts of a complex attribute.",
          subAttributes: characteristics(types.filter((type) => type !== "complex")),
        },
      ],
    },
  ],
};

/** The three that `Engine.schemas` ends with. */
export const discoverySchemas: readonly SchemaDefinition[] = [serviceProviderConfigSchema, resourceTypeSchema, schemaSchema];
