/**
 * User, Group and EnterpriseUser of RFC 7643 8.7.1 with every characteristic, in the RFC's order. Applied beside the printed JSON:
 * the verified errata 5368 (Group.displayName is required), 6004 (no uniqueness on complex attributes), 8471 (groups.$ref refers to
 * Group) and 8472 (manager.value is case exact); references and binaries are case exact by their type (2.3.6, 2.3.7); values that
 * hold an id are compared as ids are; and what the JSON forgot: ims "other", addresses.display and .primary, members.display.
 */

export type AttributeType = "string" | "boolean" | "decimal" | "integer" | "dateTime" | "binary" | "reference" | "complex";

/** One attribute with all its characteristics (RFC 7643 7), as `/Schemas` prints it. */
export interface Definition {
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
  readonly subAttributes?: readonly Definition[];
}

export interface CoreSchema {
  /** The URN. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Definition[];
}

/** What holds where an attribute says nothing else (RFC 7643 2.2). */
const plain = { multiValued: false, required: false, caseExact: false, mutability: "readWrite", returned: "default", uniqueness: "none" } as const;
const text = { ...plain, type: "string" } as const;
const flag = { ...plain, type: "boolean" } as const;
const complex = { ...plain, type: "complex" } as const;
const list = { ...complex, multiValued: true } as const;
const reference = { ...plain, type: "reference", caseExact: true } as const;
const external = { ...reference, referenceTypes: ["external"] } as const;

const display: Definition = { ...text, name: "display", description: "The value as people read it." };
const primary: Definition = { ...flag, name: "primary", description: "Whether this is the preferred value; at most one is." };
const type: Definition = { ...text, name: "type", description: "What the value is for." };
const typeOf = (...canonicalValues: readonly string[]): Definition => ({ ...type, canonicalValues });

export const userSchema: CoreSchema = {
  id: "urn:ietf:params:scim:schemas:core:2.0:User",
  name: "User",
  description: "User Account",
  attributes: [
    { ...text, name: "userName", required: true, uniqueness: "server", description: "What the user signs in with; unique in this service." },
    {
      ...complex,
      name: "name",
      description: "The parts of the user's name.",
      subAttributes: [
        { ...text, name: "formatted", description: "The full name as people read it." },
        { ...text, name: "familyName", description: "The family name, or last name." },
        { ...text, name: "givenName", description: "The given name, or first name." },
        { ...text, name: "middleName", description: "The middle names." },
        { ...text, name: "honorificPrefix", description: "What stands before the name, as Ms. or Dr. do." },
        { ...text, name: "honorificSuffix", description: "What stands behind the name, as III does." },
      ],
    },
    { ...text, name: "displayName", description: "The name that other people are shown." },
    { ...text, name: "nickName", description: "The name that the user is called by." },
    { ...external, name: "profileUrl", description: "Where the user's profile page is." },
    { ...text, name: "title", description: "The user's title at work, as Vice President is one." },
    { ...text, name: "userType", description: "How the user belongs to the organization, as Employee or Contractor do." },
    { ...text, name: "preferredLanguage", description: "The languages that the user prefers, as Accept-Language has them." },
    { ...text, name: "locale", description: "The locale for dates, numbers and currency." },
    { ...text, name: "timezone", description: "The time zone, by its IANA name." },
    { ...flag, name: "active", description: "Whether the user may use this service." },
    { ...text, name: "password", mutability: "writeOnly", returned: "never", description: "The password to set; no answer holds it." },
    {
      ...list,
      name: "emails",
      description: "The user's e-mail addresses.",
      subAttributes: [
        { ...text, name: "value", description: "The address." },
        display,
        typeOf("work", "home", "other"),
        primary,
      ],
    },
    {
      ...list,
      name: "phoneNumbers",
      description: "The user's phone numbers.",
      subAttributes: [
        { ...text, name: "value", description: "The number." },
        display,
        typeOf("work", "home", "mobile", "fax", "pager", "other"),
        primary,
      ],
    },
    {
      ...list,
      name: "ims",
      description: "The user's addresses for instant messages.",
      subAttributes: [
        { ...text, name: "value", description: "The address." },
        display,
        typeOf("aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo", "other"),
        primary,
      ],
    },
    {
      ...list,
      name: "photos",
      description: "Pictures of the user.",
      subAttributes: [
        { ...external, name: "value", description: "Where the picture is." },
        display,
        typeOf("photo", "thumbnail"),
        primary,
      ],
    },
    {
      ...list,
      name: "addresses",
      description: "The user's postal addresses.",
      subAttributes: [
        { ...text, name: "formatted", description: "The whole address, with line breaks." },
        { ...text, name: "streetAddress", description: "Street, house number and what belongs to them." },
        { ...text, name: "locality", description: "The city." },
        { ...text, name: "region", description: "The state or region." },
        { ...text, name: "postalCode", description: "The postal code." },
        { ...text, name: "country", description: "The country, by its code of ISO 3166-1 alpha-2." },
        typeOf("work", "home", "other"),
        primary,
        display,
      ],
    },
    {
      ...list,
      name: "groups",
      mutability: "readOnly",
      description: "The groups that the user is a member of; changed by the members of the group.",
      subAttributes: [
        { ...text, name: "value", caseExact: true, mutability: "readOnly", description: "The id of the group." },
        { ...reference, name: "$ref", mutability: "readOnly", referenceTypes: ["Group"], description: "Where the group is." },
        { ...display, mutability: "readOnly" },
        { ...typeOf("direct", "indirect"), mutability: "readOnly", description: "Whether the user is a member of the group itself, or of a group in it." },
      ],
    },
    {
      ...list,
      name: "entitlements",
      description: "What the user is entitled to.",
      subAttributes: [{ ...text, name: "value", description: "The entitlement." }, display, type, primary],
    },
    {
      ...list,
      name: "roles",
      description: "The user's roles.",
      subAttributes: [{ ...text, name: "value", description: "The role." }, display, type, primary],
    },
    {
      ...list,
      name: "x509Certificates",
      description: "The user's certificates.",
      subAttributes: [
        { ...plain, name: "value", type: "binary", caseExact: true, description: "One certificate, DER in base64." },
        display,
        type,
        primary,
      ],
    },
  ],
};

export const groupSchema: CoreSchema = {
  id: "urn:ietf:params:scim:schemas:core:2.0:Group",
  name: "Group",
  description: "Group",
  attributes: [
    { ...text, name: "displayName", required: true, description: "The name of the group as people read it." },
    {
      ...list,
      name: "members",
      description: "The members of the group.",
      subAttributes: [
        { ...text, name: "value", caseExact: true, mutability: "immutable", description: "The id of the member." },
        { ...reference, name: "$ref", mutability: "immutable", referenceTypes: ["User", "Group"], description: "Where the member is." },
        { ...typeOf("User", "Group"), mutability: "immutable", description: "Whether the member is a user or a group." },
        { ...display, mutability: "readOnly", description: "The name of the member as people read it." },
      ],
    },
  ],
};

export const enterpriseUserSchema: CoreSchema = {
  id: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  name: "EnterpriseUser",
  description: "Enterprise User",
  attributes: [
    { ...text, name: "employeeNumber", description: "The number that the organization gave to the user." },
    { ...text, name: "costCenter", description: "The cost center." },
    { ...text, name: "organization", description: "The organization." },
    { ...text, name: "division", description: "The division." },
    { ...text, name: "department", description: "The department." },
    {
      ...complex,
      name: "manager",
      description: "The user's manager.",
      subAttributes: [
        { ...text, name: "value", caseExact: true, description: "The id of the manager's user." },
        { ...reference, name: "$ref", referenceTypes: ["User"], description: "Where the manager's user is." },
        { ...text, name: "displayName", mutability: "readOnly", description: "The manager's name as people read it." },
      ],
    },
  ],
};
