/** Names that resources, endpoints and schemas are known by: well formed, and each of one thing. */
import type { LooseConfig, LooseResource } from "../config.js";
import { enterpriseUserSchema, groupSchema, userSchema } from "../scim/core-schemas.js";
import type { ConfigPath, Scope } from "./context.js";
import { isObject } from "./options.js";

interface Name {
  readonly text: string;
  readonly path: ConfigPath;
}

/** Paths that the protocol answers by itself (RFC 7644 3.2). */
const ownPaths = ["/Users", "/Groups", "/Me", "/Bulk", "/Schemas", "/ResourceTypes", "/ServiceProviderConfig"];
/** What a generated file calls its types, and what it imports. */
const ownTypes: ReadonlySet<string> = new Set(
  (
    "Begin Columns Data Date Db Group HostAccess ClientAccess Hooks Identity Index Discovery Mapping New Own Partial Parts Pick Prisma Promise PromiseLike Record Readonly ReturnType Row Rows RuleContext " +
    "Rules Schema Schemas ResourceType ServiceProviderConfig Scim ScimError ScimOptions Scoped Select Setters String Number Boolean BigInt Tenant User Values Where"
  ).split(" "),
);

/** Tells every name that cannot be one, and every one that two things would share. */
export function checkNames(scope: Scope, { User, Group, resources = {} }: LooseConfig, at: ConfigPath): void {
  const custom = Object.entries(resources).filter((each): each is [string, LooseResource] => isObject(each[1]));
  for (const [name, { schema, endpoint }] of custom) checkResource(scope, name, schema, endpoint, [...at, "resources", name]);
  once(scope, [...ownNames(["User", "Group"]), ...custom.map(([name]) => ({ text: name, path: [...at, "resources", name] }))], "resource type");
  once(scope, [...ownNames(ownPaths), ...custom.flatMap(([name, { endpoint }]) => (typeof endpoint === "string" ? [{ text: endpoint, path: [...at, "resources", name, "endpoint"] }] : []))], "endpoint");
  const all = [...(isObject(User) ? [["User", User, [...at, "User"]] as const] : []), ...(isObject(Group) ? [["Group", Group as LooseResource, [...at, "Group"]] as const] : []), ...custom.map(([name, each]) => [name, each, [...at, "resources", name]] as const)];
  const urns = all.flatMap(([, resource, path]) => [
    ...(typeof resource.schema === "string" ? [{ text: resource.schema, path: [...path, "schema"] }] : []),
    ...Object.keys(resource.extensions ?? {}).map((urn) => ({ text: urn, path: [...path, "extensions", urn] })),
  ]);
  for (const { text, path } of urns) checkUrn(scope, text, path);
  once(scope, [...ownNames([userSchema.id, groupSchema.id, enterpriseUserSchema.id]), ...urns], "schema");
}

function ownNames(names: readonly string[]): readonly Name[] {
  return names.map((text) => ({ text, path: [] }));
}

/** SCIM compares all of these without letter case. */
function once(scope: Scope, names: readonly Name[], what: string): void {
  for (const [index, { text, path }] of names.entries()) {
    const before = names.slice(0, index).find((each) => each.text.toLowerCase() === text.toLowerCase());
    if (before !== undefined && path.length > 0) scope.findings.error("name-taken", path, `There is another ${what} "${before.text}".`, { remedy: "give it a name of its own" });
  }
}

function checkResource(scope: Scope, name: string, schema: unknown, endpoint: unknown, path: ConfigPath): void {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name) || ownTypes.has(name)) {
    scope.findings.error("name-not-valid", path, `"${name}" cannot be the name of a resource type here.`, { remedy: "a capital letter, then letters and digits, and no word of the generated code: Instrument" });
  }
  if (typeof schema !== "string") scope.findings.error("name-not-valid", path, `${name} does not say which schema it has.`, { remedy: `schema: "urn:example:scim:schemas:${name}"` });
  if (typeof endpoint !== "string") scope.findings.error("name-not-valid", path, `${name} does not say where its endpoint is.`, { remedy: `endpoint: "/${name}s"` });
  else if (!/^\/[A-Za-z][A-Za-z0-9_-]*$/.test(endpoint)) {
    scope.findings.error("name-not-valid", [...path, "endpoint"], `"${endpoint}" is no endpoint: a slash, then letters, digits, "-" and "_".`, { remedy: `endpoint: "/${name}s"` });
  }
}

/** RFC 8141, as far as SCIM needs it; the RFC's own namespace belongs to the RFCs. */
function checkUrn(scope: Scope, urn: string, path: ConfigPath): void {
  const remedy = { remedy: "urn:example:scim:schemas:Player, with a namespace of yours in place of example" };
  if (!/^urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[!-~]+$/i.test(urn) || /["[\]()\\]/.test(urn)) scope.findings.error("name-not-valid", path, `"${urn}" is no URN.`, remedy);
  else if (/^urn:ietf:/i.test(urn)) scope.findings.error("name-not-valid", path, `"${urn}" lies in the namespace of the RFCs.`, remedy);
}
