/**
 * The rules of RFC 7643, RFC 7644 and RFC 9865 as this endpoint reads them, each with the test that holds it, or the reason why there is none.
 * `docs/conformance.md` is printed from this table.
 */
export interface Rule {
  readonly section: string;
  readonly says: string;
  /** `file: a part of the test's title`, below test/ and without `.test.ts`. */
  readonly tests: readonly string[];
  /** Why it cannot apply here, or what is done in its place. */
  readonly reason?: string;
}

const rule = (section: string, says: string, ...tests: readonly string[]): Rule => ({ section, says, tests });
const without = (section: string, says: string, reason: string): Rule => ({ section, says, tests: [], reason });

export const chapters: readonly (readonly [string, readonly Rule[]])[] = [
  [
    "Endpoints and HTTP",
    [
      rule("RFC 7644 3.2", "The endpoints of table 2, each with its methods", "protocol/http-router: RFC 7644 3.2 endpoints and methods"),
      rule("RFC 7644 1.3", "The base URI has no query; any prefix will do", "protocol/http-router: takes the base path, a tail of it, or none"),
      rule("RFC 7644 3.12", "An unknown endpoint is 404 as a SCIM error", "protocol/http-router: 404 for an id that cannot be decoded"),
      rule("RFC 9110 15.5.6", "405 says which methods there are", "protocol/http-router: 405 with Allow"),
      rule("RFC 7644 3.12", "What is not offered is 501", "protocol/http-router: RFC 7644 3.12 501 for what is not offered"),
      rule("RFC 7644 3.4.2", "Unknown query parameters are passed over", "protocol/http-resources: 3.4.2.4 paging"),
      rule("RFC 7644 3.8", "application/scim+json and application/json, with parameters, and the answer is application/scim+json", "protocol/http-resources: RFC 7644 3.8, 8.1 media types"),
      rule("RFC 7644 8.1", "JSON is UTF-8; other bytes are 400", "protocol/http-adapters: 400 for bytes that are not UTF-8"),
      rule("RFC 8259 4", "A name that stands twice in one object of a body is 400", "protocol/parse-json: refuses a name that stands twice"),
      rule("RFC 9110 15.5.16", "Another media type is 415", "protocol/http-resources: 415: %j"),
      rule("RFC 9110 9.3.2", "HEAD is GET without a body", "protocol/http-resources: HEAD is GET without its body"),
      rule("RFC 7644 2, RFC 6750 3", "401 with WWW-Authenticate, 403 insufficient_scope", "protocol/http-resources: RFC 6750 3, RFC 7644 2 who may"),
      rule("RFC 7644 3.1", "An answer shows what the server holds after the write", "database/semantics: the primary moves to the one that claims it"),
      rule("RFC 7643 3.1", "meta.location is absolute, built from the configured base", "protocol/http-resources: 201 with Location and the whole resource"),
      rule("RFC 7644 3.11", "/Me is the user's own resource by a rule of the host, and 501 without it", "protocol/http-bulk: is the user's own resource, and the answer says where that is", "protocol/http-bulk: is 404 where the credentials stand for no user"),
      without("RFC 7644 3.13", "A version segment in the URL; invalidVers", "The base path is the host's, and any prefix of it is taken: a segment v2 in it means nothing to the endpoint."),
      without("RFC 7644 3.2", "/.scim as a suffix of the URI", "Optional; no client known to us uses it."),
    ],
  ],
  [
    "Discovery",
    [
      rule("RFC 7643 5", "/ServiceProviderConfig says what works and nothing more", "protocol/http-discovery: announces what works and nothing more"),
      rule("RFC 7643 5", "changePassword says whether a client can set a password", "protocol/http-discovery: a password that is %s can be changed: %s"),
      rule("RFC 7643 5", "It is readable without login", "protocol/http-discovery: is readable without login"),
      rule("RFC 9865 4", "pagination with cursorTimeout", "protocol/http-cursor: is announced with the time that a cursor lives"),
      rule("RFC 7643 6", "/ResourceTypes, all and one by name", "protocol/http-discovery: lists all of them", "protocol/http-discovery: gives one by its name"),
      rule("RFC 7643 7", "/Schemas, all and one by URN, without letter case", "protocol/http-discovery: lists every schema of a resource"),
      rule("RFC 7643 8.7", "The schemas of discovery describe its documents", "protocol/http-discovery: RFC 7643 8.7 the schemas of discovery describe the documents of discovery"),
      rule("RFC 7644 4", "Paging, sorting and attributes are passed over, a filter is 403", "protocol/http-discovery: passes over paging, sorting and attributes", "protocol/http-discovery: 403 for a filter"),
      rule("RFC 7644 3.1", "Message URNs are no schemas", "protocol/http-discovery: lists every schema of a resource, those of discovery included, and no message"),
      rule("Errata 5606, 6004, 7522, 8415, 8435, 8475", "Applied", "protocol/http-discovery: applies the verified errata", "protocol/http-discovery: states no uniqueness for a complex attribute"),
      rule("RFC 7643 7", "A schema says what is there: each answer fits it", "e2e/clients: scim2-client"),
    ],
  ],
  [
    "Reading",
    [
      rule("RFC 7644 3.4.1", "200 with the resource", "protocol/http-resources: 200 with the resource"),
      rule("RFC 7644 3.4.1", "An unknown id of any shape, and another tenant's, are 404 in the same words", "protocol/http-resources: 404 in the same words for an unknown and a foreign id"),
      rule("RFC 7644 3.4.2", "No match is 200 with an empty list", "protocol/http-resources: no match is 200 with an empty list"),
      rule("RFC 7644 3.4.2.1", "A query over all types; what a type lacks is absent there", "protocol/http-search: RFC 7644 3.4.2.1 a query over all resource types"),
      rule("RFC 7644 3.4.3", "/.search, at the root and per type, answers as GET does", "protocol/http-search: answers 200 with what the same query by GET answers"),
      rule("RFC 7644 3.4.2.4", "startIndex and count, with all edges", "protocol/http-resources: 3.4.2.4 paging", "protocol/http-resources: 400 invalidValue: %s"),
      rule("RFC 7644 3.4.2.4", "One order from page to page, the true total on each, deep pages too", "database/pages: hold the rows that a walk from the first page holds"),
      rule("RFC 7644 3.4.2.3", "sortBy and sortOrder; what is missing is last, and first when turned round", "database/pages: sorting (RFC 7644 3.4.2.3)", "protocol/http-sort: sorting (RFC 7644 3.4.2.3)"),
      rule("RFC 7644 3.4.2.3", "Over several types: sorted together, and 400 tooMany far behind", "protocol/http-search: sorts the resources of all types together", "protocol/http-search: several types are 400 tooMany together", "database/pages: of users and groups together, at the root"),
      rule("RFC 7644 3.4.2.3", "false before true, whatever stands for them in the column", "database/pages: by active: false before true"),
      without("RFC 7644 3.4.2.3", "Several values by the primary one, else the first", "Where they are columns of the row (slots) the primary one's column is sorted by. Rows of another table, lists and Json typed Prisma cannot order by: 400 invalidValue."),
      without("RFC 7644 3.4.2.3", 'Absent values that are stored as ""', 'Where a required text column stands behind an attribute that may be absent it holds "", which the database orders before every other text: first, and last when turned round. A column that may be null has no such values.'),
      rule("RFC 7644 3.4.2.3", "What cannot be sorted by is 400 invalidValue", "protocol/http-sort: is 400 invalidValue", "database/pages: cannot be sorted by, and says so"),
      without("RFC 7644 3.4.2.3", "Text in Unicode order, without letter case", "Text is ordered by the collation of the host's database: typed Prisma cannot order by lower(column). With a linguistic collation (ICU, en_US) letter case comes last; with C it comes first. A citext column is ordered without it."),
      rule("RFC 9865 2", "Cursors: every row once, nextCursor on every page but the last, no startIndex", "protocol/http-cursor: every row once, the last page without nextCursor", "database/pages: walk every row once"),
      rule("RFC 9865 2.1", "invalidCursor, expiredCursor, invalidCount", "protocol/http-cursor: cursors that are refused (RFC 9865 2.1)"),
      rule("RFC 9865 5.2", "A cursor is signed and bound to tenant, endpoint and query; a foreign one is a forged one", "protocol/http-cursor: another tenant's is the same as a forged one"),
      rule("RFC 9865 2", "Nothing is lost or repeated while rows come and go", "database/pages: neither lose nor repeat a row while rows before and behind come and go"),
      rule("RFC 9865 2", "previousCursor leads back over the same pages, and the first has none", "protocol/http-cursor: previousCursor walks back over the same pages", "database/pages: walk back over the pages that they came by"),
      without("RFC 7644 3.4.2.1", "tooMany for many results of one type", "Nothing is computed whose cost grows with the results: a page is a page. Filters beyond the limits are 400 invalidFilter."),
    ],
  ],
  [
    "Filters",
    [
      rule("RFC 7644 3.4.2.2, figure 1", "The examples of figure 2", "protocol/filter: RFC 7644 3.4.2.2, the examples of figure 2"),
      rule("RFC 7644 3.4.2.2", "Grouping, then not, and, or (erratum 4670)", "protocol/filter: spec 7.1, 7.5, 7.6: precedence and grouping"),
      rule("RFC 7644 3.4.2.2", "Names, operators and words without letter case", "protocol/resolve-filter: RFC 7644 3.10: names, in any letter case, with or without URN"),
      rule("RFC 7644 3.4.2.2", "Values are JSON", "protocol/filter: spec 7.3: values are JSON"),
      rule("RFC 7644 3.4.2.2", "Value paths: one element satisfies all", "protocol/resolve-filter: spec 8.4, 8.5, 19.4, 7.12: several values", "database/filters: "),
      rule("RFC 7644 3.4.2.2", "An operator that does not fit is 400 invalidFilter", "protocol/resolve-filter: operators that an attribute's type does not know"),
      rule("RFC 7643 7", "caseExact decides how text compares", "protocol/element-filter: spec 8.2: letter case counts where caseExact says so"),
      rule("RFC 7643 2.5", "pr, eq null: absent, null and empty are one state", "protocol/resolve-filter: spec 8.7: null", "protocol/element-filter: spec 8.6 to 8.8: absent, null and empty are one state"),
      rule("RFC 7644 3.4.2.2", "ne and not hold where the attribute is absent", "protocol/resolve-filter: spec 8.8: absence is the rows' to know"),
      rule("RFC 7644 3.4.2.2", "dateTime compares as an instant, in the precision of the answer", "protocol/date-time: RFC 7643 2.3.5, spec 8.13: xsd:dateTime"),
      rule("RFC 7643 2.3.3, 2.3.5", "Decimals and dateTimes are found as what they are, at the edges of their range too", "database/values: is found as what it is, and written again is no change", "database/values: is 400, as a value and in a filter"),
      rule("RFC 7643 7", "What is never returned cannot be asked for", "protocol/resolve-filter: spec 8.10, 8.11: what no column knows"),
      rule("RFC 7644 3.10", "A bare name of one extension is found, one of two is ambiguous", "protocol/resolve-filter: spec 7.11: a bare name in two extensions is ambiguous"),
      rule("RFC 7644 3.4.2.2", "Complex attributes are compared by a part; manager eq is a leniency", "protocol/resolve-filter: spec 8.3, 8.6, 8.16: complex attributes"),
      rule("RFC 7644 3.4.2.2", "An unknown attribute is 400 at its type's endpoint", "protocol/resolve-filter: spec 19.6: an attribute that the type does not have"),
      without("RFC 7644 5, RFC 8265", "PRECIS of names and passwords", "Text is brought into NFC and names are compared without letter case, in filters, indexes and writes alike. The width map, and which letters a name may have, are not enforced: real names hold spaces and symbols."),
      without("RFC 7644 3.4.2.1", "A filter on a single resource", "Allowed and useless: it is passed over, like any parameter that the operation does not know."),
      rule("RFC 7644 3.4.2.2", "Random filters: the database and a reference evaluator agree on every row", "database/filters: "),
      rule("RFC 7644 7", "Length, depth and terms are bounded", "protocol/filter: product 6: length, depth and number of comparisons are limited"),
      rule("RFC 7644 figure 1, figure 7", "A million texts: each is taken or refused", "protocol/parser-fuzz: half a million texts each"),
    ],
  ],
  [
    "Selecting attributes",
    [
      rule("RFC 7644 3.9", "attributes, with URN and sub-attributes", "protocol/projection: RFC 7644 3.9: attributes"),
      rule("RFC 7644 3.9", "excludedAttributes", "protocol/projection: RFC 7644 3.9: excludedAttributes"),
      rule("RFC 7644 3.9", "Both at once are 400", "protocol/http-resources: 400 for both at once"),
      rule("RFC 7643 7", "returned: always, never, default, request", "protocol/projection: RFC 7643 7: returned"),
      rule("RFC 7644 3.4.2.5", "What is not shown is not read", "protocol/http-resources: reads no more than is asked for"),
    ],
  ],
  [
    "Creating and replacing",
    [
      rule("RFC 7644 3.3", "201 with Location and the resource", "protocol/http-resources: 201 with Location and the whole resource"),
      rule("RFC 7644 3.3", "Read-only attributes of the body are passed over", "protocol/body: RFC 7644 3.3 create"),
      rule("RFC 7644 3.3", "409 uniqueness, without letter case, in the tenant", "protocol/http-resources: 409 uniqueness for a taken userName, whatever its case"),
      rule("RFC 7643 4.1.1", "userName is required and not empty", "protocol/http-resources: 400 invalidValue for a required attribute that is missing"),
      rule("RFC 7643 3.3", "schemas lists what is used", "protocol/body: scim-spec 19.8 schemas of a body"),
      rule("RFC 7643 2.3", "Values have the type of their attribute", "protocol/value: RFC 7643 2.3 data types"),
      rule("RFC 7644 3.5.1", "PUT replaces, clears what is left out, never creates", "protocol/http-resources: RFC 7644 3.5.1 PUT", "protocol/body: RFC 7644 3.5.1 replace"),
      rule("RFC 7643 7", "immutable: the same value, or the first", "protocol/replace: an immutable value"),
      rule("RFC 7644 3.3", "A reference to nothing in the tenant is 400, and nothing is written", "protocol/http-resources: 400 invalidValue, nothing written, for a member of another tenant"),
    ],
  ],
  [
    "PATCH",
    [
      rule("RFC 7644 3.5.2", "The message, and its operations in order, all or nothing", "protocol/patch: RFC 7644 3.5.2 the message", "protocol/patch-properties: the short cut of a set"),
      rule("RFC 7644 3.5.2", "200 with the resource, or 204", "protocol/http-resources: 204 for a group, 200 when attributes are asked for"),
      rule("RFC 7644 3.5.2.1 to 3.5.2.3", "Single values, complex ones, extensions, without a path too", "protocol/patch: RFC 7644 3.5.2 single values are a set"),
      rule("RFC 7644 3.5.2.1 to 3.5.2.3", "Elements: add, replace, remove, with filter and sub-attribute", "protocol/patch: RFC 7644 3.5.2 elements of a collection are an edit"),
      rule("RFC 7644 3.5.2", "Members as deltas", "protocol/patch: RFC 7644 3.5.2 members"),
      rule("RFC 7644 3.5.2", "primary moves", "protocol/patch-properties: at most one element is primary after a write that sets one"),
      rule("RFC 7644 3.5.2.1", "What changes nothing moves no lastModified", "protocol/http-resources: moves lastModified only when something changed"),
      rule("RFC 7644 3.5.2.2", "Required and read-only attributes stay", "protocol/patch: 3.5.2.2 the last required element stays", "protocol/patch: 400 before any statement"),
      rule("RFC 7644 3.5.2.1", "An add to elements that no filter matches: one is made of type and primary alone, else 400 noTarget", "protocol/patch-clients: createFromFilter never with another filter", "protocol/patch: strict: without createFromFilter it must be there"),
      rule("RFC 7644 3.5.2.2", "A remove with a value removes only that, never all", "protocol/patch-clients: an empty value never means all", "protocol/patch-clients: removeWithValue on members"),
      rule("RFC 7643 7", "immutable values are set once", "protocol/patch: RFC 7643 7 immutable values"),
      rule("RFC 7644 3.5.2", "schemas as a target", "protocol/patch: RFC 7644 3.5.2 schemas as a target"),
      rule("RFC 7644 3.5.2, figure 7", "Paths", "protocol/path: RFC 7644 3.5.2, figure 7"),
      rule("RFC 7644 3.12", "noTarget, invalidPath, mutability, invalidValue", "protocol/patch: 400 before any statement"),
    ],
  ],
  [
    "DELETE",
    [
      rule("RFC 7644 3.6", "204, then 404 for all, absent from lists, and the name is free", "protocol/http-resources: 204, then 404 for all, absent from lists, and the name is free"),
      without("RFC 7644 3.6", "After DELETE every operation is 404", 'With `remove: "deactivate"` the row stays readable by the mapping\'s own choice; `generate` and the generated README say so.'),
    ],
  ],
  [
    "Bulk",
    [
      rule("RFC 7644 3.7", "Each operation with its own status, in the order of the request", "protocol/http-bulk: each operation with its own status, in the order of the request"),
      rule("RFC 7644 3.7.3", "failOnErrors", "protocol/http-bulk: stops after failOnErrors"),
      rule("RFC 7644 3.7.2", "bulkId in references, paths and filters, in any order", "protocol/http-bulk: of an operation that stands %s", "protocol/http-bulk: in a path, in a filter of a path and in a reference of an extension"),
      rule("RFC 7644 3.7.1", "Circles are made", "protocol/http-bulk: in a circle: each is made, and what it says of the other is added"),
      rule("RFC 7644 3.7.2", "A bulkId of nothing is 400, of a failed operation 409", "protocol/http-bulk: of no operation is 400, of one that failed 409"),
      rule("RFC 7644 3.7", "A path lies below the base URL, and the result names the resource by it", "protocol/http-bulk: in the base URL's own words"),
      rule("RFC 7644 3.7.4", "maxOperations and maxPayloadSize are 413", "protocol/http-bulk: 413 names the limit that is exceeded"),
      rule("RFC 7644 3.7", "version is the If-Match of its operation", "protocol/http-bulk: version is the If-Match of its operation"),
    ],
  ],
  [
    "Versions",
    [
      rule("RFC 7644 3.14", "ETag and meta.version, weak, of what the answer shows", "protocol/http-version: stand in the header and in meta of every answer"),
      rule("RFC 7644 3.14", "If-Match: 412 and nothing written, on PUT, PATCH and DELETE", "protocol/http-version: of a version that is no more is 412, and nothing is written"),
      rule("RFC 7644 3.14", "The check and the write are one step: of many at once with one version one is done", "concurrency/versions: "),
      rule("RFC 7644 3.14", "A version that is asked for by name is there, whatever else is asked for", "protocol/http-version: stand in an answer to ?%s"),
      rule("RFC 9110 13.1", "If-None-Match of a write and If-Match of a GET: 412", "protocol/http-version: the other way round (RFC 9110 13.1)"),
      rule("RFC 7644 3.14", "If-None-Match: 304", "protocol/http-version: If-None-Match of what the client has is 304"),
    ],
  ],
  [
    "Resources and attributes",
    [
      rule("RFC 7643 2.4", "At most one primary; absent is false", "protocol/value: RFC 7643 2.4 multi-valued attributes", "protocol/element-filter: a primary that is not there is false"),
      rule("RFC 7643 2.5", "null and [] are unassigned", "protocol/body: null is left out too"),
      rule("RFC 7643 2.1", "Names without letter case; a name that stands twice is refused", "protocol/value: a name that stands twice is refused"),
      rule("RFC 7643 3.3, RFC 7644 3.10", "Extensions under their URN, named by it in paths, filters and attributes", "protocol/resolve-filter: RFC 7644 3.10", "protocol/patch: 3.5.2.2 removing an extension unassigns all of it"),
      rule("RFC 7643 4.1.1", "password is never returned", "protocol/http-resources: never returns a password"),
      rule("RFC 7643 4.1.2", "groups is read-only and follows from the members", "e2e/okta: a group: pushed"),
      rule("RFC 7643 4.2", "members are ids, none twice", "protocol/value: are ids, in order, none twice"),
      rule("RFC 7643 2.4", "The same element twice is one", "protocol/value: the same element twice is one"),
      without("RFC 7643 3.1", "An id is unique in the whole provider, and never holds the text bulkId", "The id is the mapped row's key, and each look-up goes by type and key. Numbers of two tables can be equal, so members of several types carry their type. Keys that the database makes hold no such text."),
      without("RFC 7643 2.4", "Canonical values of e-mails, phone numbers, ims", "Not done on purpose: Entra ID updates again and again when a number comes back in another form."),
      without("RFC 7643 9.3", "One id for a person in all tenants", "The id is that of the mapped model; where tenants share a person it is the membership's, as the RFC advises."),
    ],
  ],
  [
    "Errors and safety",
    [
      rule("RFC 7644 3.12", "Every error in SCIM's form, with status as text", "protocol/http-servers: RFC 7644 3.12: errors in SCIM's own form"),
      rule("RFC 7644 3.12", "Whatever is sent, the answer is a SCIM error and nothing changes", "protocol/patch-properties: RFC 7644 3.12 whatever is sent, the answer is a SCIM error"),
      rule("RFC 7644 7", "Deep nesting, prototype names, lone surrogates, huge numbers, 10 MB and one byte", "protocol/parse-json: RFC 7644 7 limits and unsafe bodies", "protocol/http-servers: 413 for 10 MB and one byte"),
      rule("RFC 7644 6", "No tenant, no query", "protocol/http-tenant: RFC 7644 6: no tenant, no query"),
      rule("RFC 7644 6.2", "Nothing of another tenant is seen or changed, by any route", "shapes/tenants: in $shape.name no request of $count changes what is another tenant's"),
      without("RFC 7644 7.1", "TLS, and how long tokens live", "The server in front of the endpoint and the host's authenticate see to them; baseUrl says https."),
      without("RFC 7644 7.5.2", "403 sensitive for personal data in a GET filter", "Off: every identity provider looks users up by GET. /.search is offered."),
      without("RFC 9967", "Security events", "Not offered; the operations leave room for them."),
    ],
  ],
];
