/** The leniencies that a mapping may switch, with what each allows. They work in the protocol (leniencies.ts); a test keeps the two alike. */
export const leniencies: Readonly<Record<string, string>> = {
  booleanText: "Text `true` or `false` in any letter case stands for a boolean (Entra ID, Keycloak).",
  numberText: "The text of a number stands for an integer or decimal (templates written by hand, as OneLogin's).",
  opLetterCase: "PATCH `op` in any letter case (Entra ID).",
  emptyPatch: "A PATCH may hold no operation, and changes nothing (Entra ID's validator).",
  removeWithValue: "PATCH `remove` with a value array removes only those values (Entra ID, JumpCloud, authentik).",
  pathKeys: "Keys of a path-less PATCH value may be paths: `name.givenName`, URN:attribute (Entra ID).",
  readOnlyInPatch: "Read-only attributes and `schemas` in a path-less PATCH value are passed over (Okta, authentik).",
  referenceText: "A reference such as `manager` or a member may be the bare id, `manager` \"\" where there is none, and be named by `manager[value eq \"id\"]` (Entra ID).",
  singleValue: "In PATCH, one object stands for an array, and a one-element array or `{ value }` for a simple value (SCIM-SDK).",
  jsonText: "An element may be a JSON text, or hold one in `value`: its `value` and `displayName` count (Entra ID app roles).",
  createFromFilter: "PATCH of `attr[type eq \"x\"].sub` creates the element when there is none (Entra ID).",
  subWithoutFilter: "PATCH of `emails.value` without a filter means every element, or a new one when there is none (clients without value paths).",
  valuePathSubAttribute: "A filter may say `emails[type eq \"work\"].value eq \"x\"` (Entra ID).",
  missingSchemas: "`schemas` may be missing, null or empty, leave out an extension that the body has, and name URNs that are not this type's (Entra ID, OneLogin).",
  unknownAttributes: "Attributes no schema knows are passed over in a body, and those of the RFC that the host does not keep (every client).",
  severalPrimaries: "Of several primary elements in POST or PUT the first stays primary (Ping).",
  sharedColumn: "Of several attributes on one column the first is written and the rest passed over (every client, where the e-mail is the login).",
  slotWithoutColumn: "An element of a type that no column holds is passed over (every client with more types than the host).",
};

export const leniencyNames: readonly string[] = Object.keys(leniencies);
