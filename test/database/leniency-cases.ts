/** Every leniency by its name: what a client sends, what it means by it, and what is answered where the rule is off. */
import type { Leniency } from "../../templates/generated/protocol/leniencies.js";
import type { Answer, Caller } from "./endpoint.js";

const coreUser = "urn:ietf:params:scim:schemas:core:2.0:User";
const coreGroup = "urn:ietf:params:scim:schemas:core:2.0:Group";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const staff = "urn:example:scim:Staff";
const mobile = 'phoneNumbers[type eq "mobile"].value';

/** Two people and a group of one of them, made for the case alone. */
export interface There {
  readonly user: string;
  readonly boss: string;
  readonly group: string;
  /** The domain of their addresses: each case has its own in each tenant, since the specimen's people are shared. */
  readonly at: string;
}

export interface Case {
  readonly client: string;
  readonly on?: "slots";
  readonly ask: (caller: Caller, there: There) => Promise<Answer>;
  /** What the answer, or for a group the resource that is read after it, holds when the rule is on. Filled as the request is. */
  readonly holds: object;
  /** The error when it is off. */
  readonly off: "invalidSyntax" | "invalidValue" | "invalidPath" | "invalidFilter" | "noTarget" | "mutability" | { readonly holds: object };
}

const patch = (path: string, ...operations: readonly unknown[]) => (caller: Caller, there: There): Promise<Answer> => {
  const text = JSON.stringify({ schemas: [patchOp], Operations: operations });
  return caller.ask("PATCH", filled(path, there), filled(text, there));
};
const post = (body: object) => (caller: Caller, there: There): Promise<Answer> => caller.ask("POST", "/Users", filled(JSON.stringify({ schemas: [coreUser, ...[staff, enterprise].filter((urn) => urn in body)], userName: "posted@{at}", ...body }), there));
const get = (path: string) => (caller: Caller, there: There): Promise<Answer> => {
  const [before = "", filter = ""] = filled(path, there).split("filter=");
  return caller.get(`${before}filter=${encodeURIComponent(filter)}`);
};
export const expected = (holds: object, there: There): object => JSON.parse(filled(JSON.stringify(holds), there)) as object;
const filled = (text: string, there: There): string => text.replaceAll(/\{(user|boss|group|at)\}/g, (_, name: keyof There) => there[name]);
const user = "/Users/{user}";
const group = "/Groups/{group}";
const role = JSON.stringify({ id: "18d1", value: "Admin", displayName: "Administrator" });

export const cases: Readonly<Record<Leniency, readonly Case[]>> = {
  booleanText: [
    { client: "Entra ID: active as text", ask: patch(user, { op: "replace", path: "active", value: "False" }), holds: { active: false }, off: "invalidValue" },
    { client: "Microsoft's collection: active as text in POST", ask: post({ active: "False" }), holds: { active: false }, off: "invalidValue" },
    { client: 'Entra ID: primary eq "True" in a path', ask: patch(user, { op: "replace", path: 'emails[primary eq "True"].value', value: "new@{at}" }), holds: { emails: [{ value: "new@{at}" }, {}] }, off: "invalidFilter" },
    { client: "text in a filter", ask: get('/Users?filter=id eq "{user}" and active eq "True"'), holds: { totalResults: 1 }, off: "invalidFilter" },
  ],
  numberText: [
    { client: "OneLogin's templates: a number as text", ask: post({ [staff]: { weeklyHours: "32" } }), holds: { [staff]: { weeklyHours: 32 } }, off: "invalidValue" },
    { client: "a number as text in PATCH", ask: patch(user, { op: "add", path: `${staff}:weeklyHours`, value: "32" }), holds: { [staff]: { weeklyHours: 32 } }, off: "invalidValue" },
    { client: "text in a filter", ask: get(`/Users?filter=id eq "{user}" and not (${staff}:weeklyHours eq "32")`), holds: { totalResults: 1 }, off: "invalidFilter" },
  ],
  opLetterCase: [{ client: "Entra ID: Replace", ask: patch(user, { op: "Replace", path: "title", value: "Director" }), holds: { title: "Director" }, off: "invalidSyntax" }],
  emptyPatch: [{ client: "Entra ID's validator", ask: patch(user), holds: { title: "Engineer" }, off: "invalidSyntax" }],
  removeWithValue: [
    { client: "Entra ID: members", ask: patch(group, { op: "remove", path: "members", value: [{ value: "{user}" }] }), holds: { members: [{ value: "{boss}" }] }, off: "invalidValue" },
    { client: "ssosync: a list of the user", ask: patch(user, { op: "remove", path: "emails", value: [{ value: "home@{at}" }] }), holds: { emails: [{ value: "work@{at}" }] }, off: "invalidValue" },
  ],
  pathKeys: [
    { client: "Entra ID: a dotted key", ask: patch(user, { op: "replace", value: { "name.givenName": "Anna" } }), holds: { name: { givenName: "Anna", familyName: "Lee" } }, off: "invalidSyntax" },
    { client: "Entra ID: a URN and an attribute", ask: patch(user, { op: "replace", value: { [`${enterprise}:department`]: "R&D" } }), holds: { [enterprise]: { department: "R&D", costCenter: "9" } }, off: "invalidSyntax" },
    { client: "Entra ID: a value path as key", ask: patch(user, { op: "replace", value: { 'emails[type eq "work"].value': "new@{at}" } }), holds: { emails: [{ value: "new@{at}" }, { value: "home@{at}" }] }, off: "invalidSyntax" },
  ],
  readOnlyInPatch: [
    { client: "Okta: id in a rename", ask: patch(group, { op: "replace", value: { id: "{group}", displayName: "Renamed" } }), holds: { displayName: "Renamed", members: [{}, {}] }, off: "mutability" },
    { client: "authentik: schemas in a rename", ask: patch(group, { op: "replace", value: { schemas: [coreGroup], displayName: "Renamed" } }), holds: { displayName: "Renamed" }, off: "mutability" },
  ],
  referenceText: [
    { client: "Entra ID: manager as text", ask: patch(user, { op: "add", path: `${enterprise}:manager`, value: "{boss}" }), holds: { [enterprise]: { manager: { value: "{boss}" } } }, off: "invalidValue" },
    { client: 'Entra ID: manager as ""', ask: patch(user, { op: "replace", path: `${enterprise}:manager`, value: "" }), holds: { [enterprise]: { costCenter: "9" } }, off: "invalidValue" },
    { client: "Entra ID: manager as text in POST", ask: post({ [enterprise]: { manager: "{boss}" } }), holds: { [enterprise]: { manager: { value: "{boss}" } } }, off: "invalidValue" },
    { client: "Microsoft's collection: a member as its id", ask: patch(group, { op: "remove", path: `members[value eq "{user}"]` }, { op: "add", path: "members", value: ["{user}"] }), holds: { members: [{}, {}] }, off: "invalidValue" },
    { client: "Entra ID: manager eq in a filter", ask: get('/Users?filter=id eq "{user}" and not (manager eq "{boss}")'), holds: { totalResults: 1 }, off: "invalidFilter" },
  ],
  singleValue: [
    { client: "SCIM-SDK: a text in an array", ask: patch(user, { op: "replace", path: "displayName", value: ["Ann"] }), holds: { displayName: "Ann" }, off: "invalidValue" },
    { client: "old Entra ID: a text as { value }", ask: patch(user, { op: "replace", path: "displayName", value: [{ $ref: null, value: "Ann" }] }), holds: { displayName: "Ann" }, off: "invalidValue" },
    { client: "one object for an array", ask: patch(group, { op: "add", path: "members", value: { value: "{boss}" } }), holds: { members: [{}, {}] }, off: "invalidValue" },
  ],
  jsonText: [
    { client: "Entra ID: an app role in value", ask: patch(user, { op: "add", path: "roles", value: [{ value: role }] }), holds: { roles: [{ value: "Admin", display: "Administrator" }] }, off: { holds: { roles: [{ value: role }] } } },
    { client: "an element that is JSON text", ask: post({ roles: [role] }), holds: { roles: [{ value: "Admin", display: "Administrator" }] }, off: "invalidValue" },
  ],
  createFromFilter: [
    { client: "Entra ID: add", ask: patch(user, { op: "add", path: mobile, value: "+44 1" }), holds: { phoneNumbers: [{ type: "mobile", value: "+44 1" }] }, off: "noTarget" },
    { client: "Entra ID: replace", ask: patch(user, { op: "replace", path: mobile, value: "+44 1" }), holds: { phoneNumbers: [{ type: "mobile", value: "+44 1" }] }, off: "noTarget" },
  ],
  subWithoutFilter: [{ client: "emails.value", ask: patch(user, { op: "replace", path: "phoneNumbers.value", value: "+44 1" }), holds: { phoneNumbers: [{ value: "+44 1" }] }, off: "invalidPath" }],
  valuePathSubAttribute: [{ client: "Entra ID: the match by e-mail", ask: get('/Users?filter=emails[type eq "work"].value eq "work@{at}"'), holds: { totalResults: 1 }, off: "invalidFilter" }],
  missingSchemas: [
    { client: "OneLogin: none", ask: post({ schemas: undefined }), holds: { schemas: [coreUser] }, off: "invalidSyntax" },
    { client: "Entra ID: one of Microsoft's", ask: post({ schemas: [coreUser, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/User"] }), holds: { schemas: [coreUser] }, off: "invalidSyntax" },
    { client: "Entra ID: an extension that is not listed", ask: post({ schemas: [coreUser], [enterprise]: { department: "R&D" } }), holds: { [enterprise]: { department: "R&D" } }, off: "invalidSyntax" },
    { client: "a PATCH without its own", ask: (caller, { user: id }) => caller.ask("PATCH", `/Users/${id}`, { Operations: [{ op: "replace", path: "title", value: "Director" }] }), holds: { title: "Director" }, off: "invalidSyntax" },
  ],
  unknownAttributes: [
    { client: "OneLogin: an unknown sub-attribute", ask: post({ [enterprise]: { department: "R&D", manager: { managerId: "m1" } } }), holds: { [enterprise]: { department: "R&D" } }, off: "invalidSyntax" },
    { client: "Entra ID: an extension of its own", ask: post({ "urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User": { tag: "1" } }), holds: { active: true }, off: "invalidSyntax" },
    { client: "Entra ID: a path that the host does not keep", ask: patch(user, { op: "add", path: "photos", value: [{ value: "https://x" }] }, { op: "replace", path: "title", value: "Director" }), holds: { title: "Director" }, off: "invalidPath" },
  ],
  severalPrimaries: [
    {
      client: "Ping",
      ask: post({ emails: [{ value: "a@{at}", primary: true }, { value: "b@{at}", primary: true }] }),
      holds: { emails: [{ value: "a@{at}", primary: true }, { value: "b@{at}", primary: false }] },
      off: "invalidValue",
    },
  ],
  sharedColumn: [
    { client: "a login and another work e-mail", on: "slots", ask: post({ emails: [{ value: "other@{at}", type: "work" }] }), holds: { userName: "posted@{at}", emails: [{ value: "posted@{at}" }] }, off: "invalidValue" },
  ],
  slotWithoutColumn: [
    { client: "a type that has no column", on: "slots", ask: post({ phoneNumbers: [{ value: "+44 1", type: "fax" }, { value: "+44 2", type: "mobile" }] }), holds: { phoneNumbers: [{ value: "+44 2", type: "mobile" }] }, off: "invalidValue" },
  ],
};
