/** Names of attributes, found as RFC 7644 3.10 and 3.4.2.2 say: without letter case, with or without the schema's URN. */
import type { AttributeDefinition, ExtensionDefinition, ResourceTypeDefinition } from "./schema.js";

export interface Attribute {
  /** The key below the seam: `name.givenName`, `enterprise.department`. */
  readonly key: string;
  /** As an answer names it: `name.givenName`, `urn:…:enterprise:2.0:User:department`. */
  readonly path: string;
  readonly definition: AttributeDefinition;
  readonly parent: Attribute | undefined;
  /** The extension it belongs to; undefined for the core schema and the common attributes. */
  readonly extension: ExtensionDefinition | undefined;
  readonly subAttributes: readonly Attribute[];
}

export interface ResourceType {
  readonly definition: ResourceTypeDefinition;
  /** Top-level attributes in the order of the schemas, common ones (schemas, id, externalId, meta) first. */
  readonly attributes: readonly Attribute[];
  /** The attribute a name means, or the extension where the name is exactly its URN. Undefined: no such name here. */
  find(name: string): Attribute | ExtensionDefinition | undefined;
}

export function isExtension(found: Attribute | ExtensionDefinition): found is ExtensionDefinition {
  return "alias" in found;
}

/** A part of a complex attribute, to show how one is named: one that is kept, if any is. */
export function partOf({ subAttributes }: Attribute): Attribute | undefined {
  return subAttributes.find(({ definition }) => definition.mutability !== "readOnly") ?? subAttributes[0];
}

/** Builds the look-up once, at start. */
export function resourceType(definition: ResourceTypeDefinition): ResourceType {
  const core = [...common, ...(definition.externalId ? [externalId] : []), ...definition.schema.attributes].map((each) => attribute(each, undefined, undefined));
  const extended = definition.extensions.map((extension) => ({
    extension,
    attributes: extension.schema.attributes.map((each) => attribute(each, undefined, extension)),
  }));
  const attributes = [...core, ...extended.flatMap((each) => each.attributes)];

  const names = new Map<string, Attribute | ExtensionDefinition>();
  const bare = new Map<string, Attribute | null>();
  for (const each of core) {
    for (const one of [each, ...each.subAttributes]) {
      names.set(one.path.toLowerCase(), one);
      names.set(`${definition.schema.id}:${one.path}`.toLowerCase(), one);
    }
  }
  for (const { extension, attributes: own } of extended) {
    names.set(extension.schema.id.toLowerCase(), extension);
    for (const one of own.flatMap((each) => [each, ...each.subAttributes])) {
      names.set(one.path.toLowerCase(), one);
      // Two extensions with one name: the bare name is ambiguous, so it means nothing.
      const short = one.path.slice(extension.schema.id.length + 1).toLowerCase();
      bare.set(short, bare.has(short) ? null : one);
    }
  }
  for (const [short, one] of bare) if (one !== null && !names.has(short)) names.set(short, one);

  return { definition, attributes, find: (name) => names.get(name.toLowerCase()) };
}

function attribute(definition: AttributeDefinition, parent: Attribute | undefined, extension: ExtensionDefinition | undefined): Attribute {
  const prefix = (own: string, separator: string, top: string): string =>
    parent ? `${own}.${definition.name}` : extension ? `${top}${separator}${definition.name}` : definition.name;
  const subAttributes: Attribute[] = [];
  const self: Attribute = {
    key: prefix(parent?.key ?? "", ".", extension?.alias ?? ""),
    path: prefix(parent?.path ?? "", ":", extension?.schema.id ?? ""),
    definition,
    parent,
    extension,
    subAttributes,
  };
  for (const each of definition.subAttributes ?? []) subAttributes.push(attribute(each, self, extension));
  return self;
}

const plain = { multiValued: false, required: false, caseExact: true, mutability: "readOnly", returned: "default", uniqueness: "none" } as const;

const externalId: AttributeDefinition = {
  ...plain,
  name: "externalId",
  type: "string",
  mutability: "readWrite",
  description: "The identifier the client knows the resource by.",
};

/** RFC 7643 3: on every resource, in no schema. */
const common: readonly AttributeDefinition[] = [
  { ...plain, name: "schemas", type: "reference", multiValued: true, caseExact: false, mutability: "readWrite", returned: "always", description: "The URNs of the schemas in use." },
  { ...plain, name: "id", type: "string", returned: "always", uniqueness: "server", description: "The identifier, made by the server." },
  {
    ...plain,
    name: "meta",
    type: "complex",
    description: "About the resource.",
    subAttributes: [
      { ...plain, name: "resourceType", type: "string", description: "The name of the resource type." },
      { ...plain, name: "created", type: "dateTime", description: "When the resource was added." },
      { ...plain, name: "lastModified", type: "dateTime", description: "When the resource last changed." },
      { ...plain, name: "location", type: "reference", referenceTypes: ["uri"], description: "The URI of the resource." },
      { ...plain, name: "version", type: "string", description: "The version, as in the ETag header." },
    ],
  },
];
