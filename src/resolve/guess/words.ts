/** The vocabulary of a first guess: how products tend to name things. Names compare without case and without what joins words. */

/** "first_name", "firstName" and "FirstName" are one name. */
export const squashed = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The words of a name, in lower case: "OrganizationUser" is "organization", "user". */
export function wordsOf(name: string): readonly string[] {
  const found = split.get(name) ?? splitName(name);
  split.set(name, found);
  return found;
}

/** The same few thousand names are asked about a million times. */
const split = new Map<string, readonly string[]>();

const splitName = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .map(singular);

function singular(word: string): string {
  if (word === "people") return "person";
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith("s") && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

export const hasWord = (name: string, among: ReadonlySet<string>): boolean => wordsOf(name).some((word) => among.has(word));

export const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Models that hold e-mail addresses of people who do not sign in, or that only speak about people who do. */
export const decoys = set(
  "invite invitation token session verification verifier audit log event activity history customer contact lead subscriber subscription newsletter prospect " +
    "waitlist order payment invoice billing vendor supplier message mail email notification request recipient guest reset attempt credential authenticator passkey " +
    "oauth provider domain webhook campaign ticket comment draft import export job outbox feedback applicant candidate patient visitor",
);

export const people: Readonly<Record<string, number>> = {
  user: 12, person: 7, employee: 7, staff: 6, member: 5, operator: 5, agent: 4, account: 4, principal: 4, identity: 3, profile: 2, worker: 5, colleague: 5, login: 5,
};

export const tenants: Readonly<Record<string, number>> = {
  tenant: 12, organization: 12, organisation: 12, org: 12, workspace: 11, company: 10, business: 7, enterprise: 8, institution: 7, agency: 7, firm: 7, school: 7,
  clinic: 7, practice: 6, studio: 6, hospital: 7, club: 5, association: 5, shop: 5, account: 5, client: 4, customer: 3, site: 4, instance: 5, space: 4,
};

export const groups: Readonly<Record<string, number>> = {
  group: 10, team: 9, department: 7, squad: 8, circle: 6, section: 5, unit: 5, crew: 6, division: 4, class: 3, project: 1, role: 2, channel: -4, role_group: 6,
};

/** A column that names a tenant. */
export const tenantKey = /^(?:tenant|organi[sz]ation|org|workspace|company)(?:id|key)$/;

// What `///` says of a model.
export const saysTenant = (said: string): boolean => /(?:\b(?:is|are|:|=)\s+(?:an?|the|our)?\s*|^\s*(?:an?|the|our|one)?\s*)tenants?\b|\bpaying (?:customer|organi[sz]ation)|\bcustomers? (?:that|who) pays?\b/i.test(said);
export const saysPerson = (said: string): boolean => /\b(?:sign|log)s?[- ]?in\b|\blogin\b|\bstaff\b|\bemployees?\b|\bone person\b|\ba human\b/i.test(said) && !saysNobody(said);
export const saysNobody = (said: string): boolean =>
  /\b(?:not|never|no|without)\b[^.]{0,30}\b(?:sign|log)s?[- ]?in|\bno login\b|\bnewsletter|\bmarketing\b|\bleads?\b|\bsells? to\b|\bcustomers'? of our\b|\bour customers'|\blegacy\b|\bdeprecated\b/i.test(said);

export const saysGroup = (said: string): boolean => /\bgroups? of (?:people|users|members|accounts)\b|\bSCIM groups?\b|\bdirectory groups?\b/i.test(said);

export const saysExternalId = (said: string): boolean => /\b(?:SCIM|identity provider|IdP|directory|Entra|Okta)\b/i.test(said);

/** A row that puts a person into something. */
export const belonging = set("member membership engagement seat enrollment enrolment employment affiliation collaborator assignment participant participation belonging");

/** How people take part in what is no product's customer: a permission that was granted, a thing that is watched. */
export const taking = set("grant scope watcher favorite favourite star like follower follow view read rating vote bookmark reaction preference setting feature progress score streak");

/** What a tenant pays for: a model of one of these names is no tenant. */
export const offers = set("plan tier price pricing premium subscription product feature license package addon");

/** Who holds or made a thing for all who are in it. */
export const holding = set("owner owned owning creator created founder author admin administrator");

/** Parts of a postal address, which stand beside "billing" and say nothing of commerce. */
export const postal = set("address city country street state postal postcode zip province region line");

/** What a customer whose people sign in by their own directory has. */
export const signOn = set("sso saml oidc scim dsync idp");

/** What a tenant pays with and signs in at: what tells a workspace called "Team" from a group. */
export const commerce = set("plan subscription stripe billing seat domain trial license slug subdomain");

/** What is left of that for a model that is not named as a tenant. */
export const paying = set("plan subscription stripe billing");

export const columns = {
  email: ["email", "emailaddress", "mail", "mailaddress", "mailbox", "primaryemail", "loginemail", "workemail"],
  login: ["username", "login", "loginname", "upn", "userprincipalname"],
  /** What people are called in some products, and anything else in others. */
  handle: ["handle"],
  externalId: ["externalid", "scimexternalid", "externaluserid", "externalgroupid", "directoryid", "idpid", "externalkey", "externalref", "scimid", "ssoid"],
  givenName: ["givenname", "firstname", "forename", "fname", "first", "given"],
  familyName: ["familyname", "lastname", "surname", "lname", "last", "family"],
  middleName: ["middlename", "secondname"],
  formatted: ["formattedname", "fullname"],
  fullName: ["fullname", "formattedname", "name", "printedname", "realname", "completename", "displayname"],
  displayName: ["displayname", "screenname", "name"],
  nickName: ["nickname", "alias"],
  profileUrl: ["profileurl", "profilelink"],
  title: ["title", "jobtitle", "position", "jobposition"],
  userType: ["usertype", "employmenttype", "employeetype", "workertype"],
  preferredLanguage: ["preferredlanguage", "language", "lang"],
  locale: ["locale"],
  timezone: ["timezone", "tz"],
  employeeNumber: ["employeenumber", "employeeid", "employeeno", "staffnumber", "personnelnumber", "badgenumber"],
  costCenter: ["costcenter", "costcentre"],
  organization: ["organization", "organisation", "organizationname", "companyname"],
  division: ["division", "divisionname"],
  department: ["department", "departmentname", "dept"],
  workEmail: ["workemail", "companyemail", "businessemail"],
  homeEmail: ["homeemail", "personalemail", "privateemail"],
  emails: ["emails", "emailaddresses", "mails", "mailaddresses"],
  phones: ["phones", "phonenumbers"],
  addresses: ["addresses", "postaladdresses"],
  entitlements: ["entitlements", "licenses", "permissions", "rights"],
  roles: ["roles"],
  workPhone: ["phone", "phonenumber", "workphone", "telephone", "tel"],
  mobilePhone: ["mobile", "mobilephone", "mobilenumber", "cellphone", "cell"],
  homePhone: ["homephone", "privatephone"],
  created: ["createdat", "created", "createdon", "createddate", "creationdate", "insertedat", "datecreated"],
  modified: ["updatedat", "modifiedat", "lastmodified", "lastmodifiedat", "updatedon", "modifiedon", "changedat", "dateupdated"],
  version: ["version", "revision", "lockversion", "rowversion"],
  publicId: ["publicid", "publicuuid", "externaluuid", "uuid"],
  groupName: ["name", "displayname", "title", "label", "caption"],
} as const;

/** Tables that speak of addresses without being a person's own. */
export const errands = set("verification token message log template queue outbox code account connection integration setting preference");
/** What kind of account a row is: a person's, or a program's. */
export const kinds = ["kind", "type", "usertype", "accounttype", "userkind"] as const;
export const human = set("human person user member individual employee");
export const robots = set("bot robot service machine system api integration agent serviceaccount");

/** Columns that say a person may come in, and columns that say the opposite. */
export const on = ["active", "isactive", "enabled", "isenabled"] as const;
export const off = ["disabled", "isdisabled", "deactivated", "isdeactivated", "inactive", "isinactive", "suspended", "issuspended", "blocked", "isblocked", "banned", "isbanned", "archived", "isarchived"] as const;
export const offSince = [
  "deactivatedat", "disabledat", "suspendedat", "inactiveat", "inactivesince", "blockedat", "bannedat", "archivedat", "leftat", "terminatedat", "endedat", "revokedat", "deactivatedon", "disabledon", "suspendedon", "deactivatedtime", "disabledtime", "suspendedtime",
] as const;
/** Of a membership that begins as an invitation. */
export const accepted = ["accepted", "isaccepted", "inviteaccepted", "hasaccepted", "joined", "hasjoined"] as const;
export const softDelete = ["deletedat", "removedat", "deletedon", "deletedtime", "isdeleted", "deleted"] as const;
/** Of a row that joins two others: since when, or whether, it does no longer. */
export const former = ["leftat", "removedat", "endedat", "deletedat", "lefton", "removedon", "endedon", "deletedon", "isdeleted", "deleted", "isremoved"] as const;
/** The outer one of two groups. */
export const outer = set("parent outer super above container");
/** Who or what made a row. */
export const provenance = set("source origin via provenance provisioner by");
/** Numbers that begin at nothing. */
export const countings = set("count counter attempt balance credit point score order position rank version revision usage used total");
/** Roles that no directory may hand out. */
export const highest = set("owner root superadmin superuser super founder");

/** Roles that nobody is given by default whom a directory sends. */
export const trusted = set("owner root superadmin superuser super founder admin administrator manager");

/** Values of a status: who may come in, who soon may, and who may not. */
export const statusOn = set("active enabled ok current live confirmed approved accepted verified regular");
export const statusSoon = set("invited pending trial provisioned staged onboarding new created unconfirmed");
/** In the order in which a write of `active: false` prefers them: what can be taken back first. */
export const statusOff = [
  "inactive", "deactivated", "disabled", "suspended", "paused", "blocked", "locked", "archived", "banned", "left", "terminated", "removed", "expired", "revoked", "rejected", "declined", "deleted", "closed", "former", "not",
] as const;

export const statusColumns = ["status", "state", "userstatus", "memberstatus", "membershipstatus", "accountstatus", "standing", "lifecycle"] as const;

/** Of a status: what removal makes of somebody, and no switch brings back. */
export const gone = set("deleted removed left terminated former");

/** Of a required enum that SCIM knows nothing of: what gives least. */
export const least = ["member", "user", "viewer", "reader", "contributor", "guest", "basic", "standard", "regular", "employee", "default", "none", "free", "manual", "local"] as const;

export const managers = ["manager", "supervisor", "reportsto", "boss", "linemanager", "superior"] as const;

/** Relations that say more than to whom a row belongs. */
export const elsewhere = set("default current last active invited created parent primary home");

/** Of a shared person: the tenant that manages the account. */
export const owning = set("owner owned owning managed managing manager provisioned directory controlled controlling");
