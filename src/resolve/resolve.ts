/** Config x PrismaSchema -> Provider, or every problem at once. The only place where both worlds meet. Pure. */
import { columnNames } from "./place.js";
import type { LooseConfig, LooseResource } from "../config.js";
import type { MemberList, Provider, Resource, ResourceRef, TenantType, ValueGroups } from "../provider.js";
import type { PendingProblem } from "../problem.js";
import type { PrismaModel, PrismaSchema } from "../read/prisma.js";
import { enterpriseUserSchema } from "../scim/core-schemas.js";
import { leniencyNames } from "../scim/leniencies.js";
import { lowersOf } from "./agreement.js";
import { withOneMeaning } from "./codec.js";
import { Findings, modelOf, suggestion } from "./context.js";
import type { ConfigPath, Scope, TenantAt } from "./context.js";
import { aliasesOf } from "./custom.js";
import { fileName, TypeNames, typeName } from "./names.js";
import { checkOptions, isObject } from "./options.js";
import { peopleOf, startOf } from "./reach.js";
import { coreSchema, resourceOf } from "./resource.js";
import { rowsOf } from "./scope.js";
import type { Rows } from "./scope.js";
import { valueGroups } from "./value-groups.js";
import type { Home, Other } from "./home.js";
import { checkNames } from "./taken.js";

export interface Facts {
  /** How the header of each file names its sources. */
  readonly inputs: readonly string[];
  /** Where to generate when the mapping does not say. */
  readonly output: string;
}

export interface Resolved {
  /** Undefined: there are errors among the problems. */
  readonly provider: Provider | undefined;
  readonly problems: readonly PendingProblem[];
}

interface Asked {
  readonly ref: ResourceRef;
  readonly resource: LooseResource;
  readonly model: PrismaModel;
  readonly path: ConfigPath;
}

export function resolve(config: LooseConfig, schema: PrismaSchema, facts: Facts, at: ConfigPath = []): Resolved {
  const findings = new Findings();
  const scope: Scope = { schema, findings, tenantType: undefined, tenantAt: undefined, hasTenants: config.User?.tenant !== null };
  const provider = checkOptions(scope, config, "config", "a mapping", at) ? providerOf(scope, config, facts, at) : undefined;
  const failed = findings.problems.some((each) => each.severity === "error");
  return { provider: failed ? undefined : provider, problems: findings.problems };
}

function providerOf(scope: Scope, config: LooseConfig, facts: Facts, at: ConfigPath): Provider | undefined {
  checkNames(scope, config, at);
  checkFeatures(scope, config, at);
  const table = config.Group?.valuesOf === undefined ? config.Group : undefined;
  const asked = [askedOf(scope, "User", "/Users", config.User, [...at, "User"]), ...(table === undefined ? [] : [askedOf(scope, "Group", "/Groups", table, [...at, "Group"])]), ...customOf(scope, config, at)];
  const known = asked.filter((each) => each !== undefined);
  const rows = known.map((each) => ({ ...each, rows: rowsOf(scope, each.ref.name, each.model, each.resource, each.path) }));
  const found = rows.flatMap((each) => (each.rows === undefined ? [] : [{ ...each, rows: each.rows }]));
  if (found.length < asked.length || !agree(scope, found)) return undefined;
  const tenant = tenantTypeOf(found[0]?.rows);

  const others: readonly Other[] = found.map(({ ref, resource, model, rows: own }) => ({ ref, model, rows: own, display: displayOf(resource, model) }));
  const people = found.flatMap(({ model, resource }) => peopleOf(model, resource));
  // Group first: what a User shows as `groups` is what Group keeps as members.
  const resources: Omit<Resource, "referenced">[] = [];
  let members: readonly MemberList[] = [];
  let values: ValueGroups | undefined;
  for (const { ref, resource, model, path, rows: own } of [...found].reverse()) {
    const home: Home = { ...scope, ...namesOf(ref, resource), tenantType: tenant, tenantAt: tenantAt(scope, model, own), lowers: lowersOf(scope, resource, path), isCustom: false, resource: ref.name, model, rows: own, start: startOf(own.scope.tenant, resource), people, others, members, valueGroups: undefined };
    if (ref.name === "User" && config.Group?.valuesOf !== undefined) values = valueGroups(home, resource, config.Group, [...at, "Group"]);
    const resolved = resourceOf({ ...home, valueGroups: values }, ref, resource, tenant, path);
    if (resolved === undefined) continue;
    resources.unshift(resolved);
    if (ref.name === "Group") members = resolved.attributes.flatMap(({ source }) => (source.kind === "members" ? source.lists : []));
  }
  return {
    inputs: facts.inputs,
    output: config.output ?? facts.output,
    client: config.client,
    tenant,
    resources: withOneMeaning(resources).map((each) => ({ ...each, referenced: resources.some((other) => refersTo(other, each.name)) })),
    valueGroups: values,
    leniencies: Object.fromEntries(Object.entries(config.leniencies ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))),
    page: config.features?.page ?? {},
    features: featuresOf(config),
    transaction: config.transaction ?? "client",
    owned: Array.isArray(config.owned) ? [...config.owned].sort() : [],
    imports: config.imports,
  };
}

const switches = ["bulk", "sort", "etag", "cursor"] as const;

/** All are on unless the mapping says otherwise. */
function featuresOf({ features = {} }: LooseConfig): Provider["features"] {
  return Object.fromEntries(switches.filter((name) => features[name] === false).map((name) => [name, false]));
}

function checkFeatures(scope: Scope, { features = {}, leniencies = {} }: LooseConfig, at: ConfigPath): void {
  checkOptions(scope, features, "features", "features", [...at, "features"]);
  if (isObject(features.page)) checkOptions(scope, features.page, "page", "features.page", [...at, "features", "page"]);
  for (const [name, value] of Object.entries(leniencies)) {
    if (typeof value !== "boolean") scope.findings.error("type-mismatch", [...at, "leniencies", name], `The leniency "${name}" is on or off: true or false.`, { remedy: `${name}: false` });
    if (!leniencyNames.includes(name)) scope.findings.error("unknown-option", [...at, "leniencies", name], `There is no leniency "${name}".`, suggestion(name, leniencyNames));
  }
}

function askedOf(scope: Scope, name: string, endpoint: string, resource: LooseResource, path: ConfigPath): Asked | undefined {
  const model = modelOf(scope, resource.model, [...path, "model"]);
  if (!isObject(resource.attributes)) return scope.findings.error("config-invalid", path, `${name} maps no attributes.`, { remedy: "attributes: { … }" });
  if (resource.tenant === undefined) {
    return scope.findings.error("tenant-missing", path, `${name} does not say which column of ${resource.model} holds its tenant.`, {
      remedy: `tenant: "…"${model === undefined ? "" : `, a column of ${model.name} or behind its relations (${columnNames(model)})`}; or tenant: null, if the product has no tenants`,
      ...(model === undefined ? {} : { schema: { model: model.name } }),
    });
  }
  if (resource.tenant !== null && typeof resource.tenant !== "string") return scope.findings.error("type-mismatch", [...path, "tenant"], "The tenant is a column: a string.", { remedy: `tenant: "…"` });
  return model === undefined ? undefined : { ref: { name, file: fileName(name), endpoint }, resource, model, path };
}

/** Resource types of the host's own, by name: the order of keys means nothing. */
function customOf(scope: Scope, { resources = {} }: LooseConfig, at: ConfigPath): readonly (Asked | undefined)[] {
  return Object.keys(resources).sort().map((name) => {
    const path = [...at, "resources", name];
    const resource = resources[name];
    return isObject(resource) ? askedOf(scope, name, resource.endpoint ?? "", resource, path) : scope.findings.error("type-mismatch", path, `The resource type ${name} is an object.`, { remedy: `${name}: { model: "…", tenant: "…", schema: "urn:…", endpoint: "/${name}s", attributes: { … } }` });
  });
}

/** What names a resource of this name takes up in its file. */
function namesOf(ref: ResourceRef, resource: LooseResource): Pick<Home, "typePrefix" | "typeNames" | "aliases"> {
  const core = coreSchema(ref.name)?.attributes ?? [];
  const complex = [...core, ...enterpriseUserSchema.attributes].filter(({ type }) => type === "complex").map(({ name, multiValued }) => typeName(ref.name, name, multiValued));
  const attributes = core.length > 0 ? core.map(({ name }) => name) : isObject(resource.attributes) ? Object.keys(resource.attributes) : [];
  const typeNames = new TypeNames([ref.name, ...["Db", "Enterprise", "Ids", "Rules"].map((each) => ref.name + each), ...complex]);
  return { typePrefix: ref.name, typeNames, aliases: aliasesOf(resource, ["schemas", "id", "externalId", "meta", ...attributes], ref.name) };
}

/** One type of the tenants' ids: `authenticate` gives one value for all resources. */
function agree(scope: Scope, found: readonly (Asked & { readonly rows: Rows })[]): boolean {
  const [first] = found;
  const other = found.find((each) => tenantTypeOf(each.rows) !== tenantTypeOf(first?.rows));
  if (first === undefined || other === undefined) return first !== undefined;
  const called = (each: typeof first): string => (tenantTypeOf(each.rows) === undefined ? `${each.ref.name} has no tenant` : `the tenant of ${each.ref.name} is a ${String(tenantTypeOf(each.rows))}`);
  const message = `${called(other)}, and ${called(first)}.`;
  scope.findings.error("tenant-types-differ", [...other.path, "tenant"], message.slice(0, 1).toUpperCase() + message.slice(1), {
    remedy: tenantTypeOf(other.rows) === undefined ? `tenant: "…", a column of ${other.model.name} or behind its relations` : "name columns that hold the same ids",
    schema: { model: other.model.name, ...(typeof other.resource.tenant === "string" ? { field: other.resource.tenant.split(".")[0] ?? "" } : {}) },
  });
  return false;
}

/** The column of a resource's tenant, and the model that has it. */
function tenantAt({ schema }: Scope, model: PrismaModel, { scope: { tenant } }: Rows): TenantAt | undefined {
  if (tenant === undefined) return undefined;
  const last = tenant.steps.at(-1)?.model.name;
  return { model: schema.models.find((each) => each.name === last) ?? model, column: tenant.column };
}

function tenantTypeOf(rows: Rows | undefined): TenantType | undefined {
  const type = rows?.scope.tenant?.column.type;
  return type === undefined ? undefined : type === "int" ? "number" : type === "bigint" ? "bigint" : "string";
}

function displayOf(resource: LooseResource, model: PrismaModel): string | undefined {
  const entry = resource.attributes["displayName"];
  // What a codec hides is not shown as it stands.
  const place = typeof entry === "string" ? entry : typeof entry === "object" && "at" in entry && typeof entry.at === "string" && !("codec" in entry) ? entry.at : undefined;
  return model.fields.some((each) => each.name === place && each.type === "String") ? place : undefined;
}

/** Whether a resource refers to another by its ids. */
function refersTo(resource: Omit<Resource, "referenced">, name: string): boolean {
  const attributes = [...resource.attributes, ...resource.extensions.flatMap((each) => each.attributes)];
  return attributes.some(({ source }) => (source.kind === "reference" && source.to.name === name) || (source.kind === "members" && source.lists.some(({ to }) => to.name === name)));
}
