/** The documents of `/Schemas` and `/ResourceTypes`: what a client reads is what the engine checks by (RFC 7643 6, 7). */

export type AttributeType = "string" | "boolean" | "decimal" | "integer" | "dateTime" | "binary" | "reference" | "complex";

/** One attribute with all its characteristics (RFC 7643 7). */
export interface AttributeDefinition {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly canonicalValues?: readonly string[];
  readonly caseExact: boolean;
  readonly mutability: "readOnly" | "readWrite" | "immutable" | "writeOnly";
  readonly returned: "always" | "never" | "default" | "request";
  readonly uniqueness: "none" | "server" | "global";
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly AttributeDefinition[];
}

export interface SchemaDefinition {
  /** The URN. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
}

export interface ExtensionDefinition {
  /** The short name that stands for the URN in the keys below the seam: `enterprise` in `enterprise.department`. */
  readonly alias: string;
  readonly schema: SchemaDefinition;
  readonly required: boolean;
}

export interface ResourceTypeDefinition {
  readonly name: string;
  /** Below the base URI, with a leading slash: `/Users`. */
  readonly endpoint: string;
  readonly description: string;
  readonly schema: SchemaDefinition;
  readonly extensions: readonly ExtensionDefinition[];
  /** Whether the host keeps the client's own id: a common attribute, so no schema lists it (RFC 7643 3.1). */
  readonly externalId: boolean;
  /**
   * Attributes of the RFC's own schemas that the host does not keep, by path. A PATCH of one is passed over: Entra ID sends an
   * operation for each attribute that it maps, and one refusal would take the others, `active: false` among them, along.
   * One that a schema lists all the same, `name.formatted`, is made of others for each answer.
   */
  readonly unmapped: readonly string[];
  /** Every attribute is read-only, so there is nothing to POST, PUT, PATCH or DELETE. */
  readonly readOnly?: boolean;
}

/** An attribute with what RFC 7643 2.2 says of those characteristics that are not named. */
export function attribute(own: Partial<AttributeDefinition> & Pick<AttributeDefinition, "name" | "description">): AttributeDefinition {
  const { name, type = "string", multiValued = false, description, required = false, caseExact = false, mutability = "readWrite", returned = "default", uniqueness = "none", ...rest } = own;
  return { name, type, multiValued, description, required, caseExact, mutability, returned, uniqueness, ...rest };
}
