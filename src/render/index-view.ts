/** What index.ts.hbs prints: the endpoints, the host's rules and hooks, and `createScim`. */
import type { Provider, Resource, TenantType, ValueGroups } from "../provider.js";
import { object, property, quoted } from "./expressions.js";
import { resourceView } from "./resource-view.js";
import { served } from "./view.js";

export interface IndexView {
  readonly tenantType: string;
  readonly withoutTenants: boolean;
  readonly resources: readonly { readonly name: string; readonly variable: string; readonly store: string; readonly hooks: string; readonly optional: "?" | ""; readonly given: string }[];
  /** Whether the mapping leans on a hook, so that the host must have it. */
  readonly hooked: boolean;
  /** The interfaces that `Rules` is made of; undefined when the mapping names no rule. */
  readonly rules: string | undefined;
  readonly dbs: string;
  readonly access: string;
  readonly leniencies: string;
  readonly limits: string;
  readonly features: string;
}

export function indexView(provider: Provider): IndexView {
  const hasRules = (resource: Resource): boolean => resourceView(resource, provider.tenant).rules.length > 0;
  const hooked = provider.resources.some(isHooked);
  const given = hooked ? "hooks" : "hooks?";
  const ruled = provider.resources.filter(hasRules);
  return {
    tenantType: provider.tenant ?? "null",
    withoutTenants: provider.tenant === undefined,
    resources: [
      ...provider.resources.map((resource) => ({
        name: resource.name,
        variable: resource.file,
        store: `createStore(${rowsOf(resource, provider.tenant, hasRules(resource))}, session.work, events, ${provider.tenant === undefined ? quoted(resource.name) : `\`${resource.name}/\${session.auth.tenant}\``})`,
        hooks: hooksOf(resource, provider.tenant),
        optional: isHooked(resource) ? ("" as const) : ("?" as const),
        given: `${given}.${resource.name}`,
      })),
      ...(provider.valueGroups === undefined ? [] : [valueGroupsOf(provider.valueGroups, provider.tenant, given)]),
    ],
    hooked,
    rules: ruled.length === 0 ? undefined : ruled.map(({ name }) => `${name}Rules`).join(", "),
    dbs: served(provider).map(({ name }) => `${name}Db`).join(" & "),
    access: provider.transaction === "host" ? `HostAccess<Db, ${provider.tenant ?? "null"}>` : "ClientAccess<Db>",
    leniencies: object(Object.entries(provider.leniencies).map(([name, on]) => `${property(name)}: ${String(on)}`)),
    features: object(Object.entries(provider.features).map(([name, on]) => `${property(name)}: ${String(on)}`)),
    limits: object([
      ...(provider.page.default === undefined ? [] : [`pageDefault: ${String(provider.page.default)}`]),
      ...(provider.page.max === undefined ? [] : [`pageMax: ${String(provider.page.max)}`]),
    ]),
  };
}

/** `userRows(tenantOf(session), baseUrl, rules)`. */
function rowsOf({ file }: Pick<Resource, "file">, tenantType: TenantType | undefined, hasRules: boolean): string {
  return `${file}Rows(${[...(tenantType === undefined ? [] : ["tenantOf(session)"]), "baseUrl", ...(hasRules ? ["rules"] : [])].join(", ")})`;
}

function valueGroupsOf(groups: ValueGroups, tenantType: TenantType | undefined, given: string): IndexView["resources"][number] {
  const { name, file } = groups;
  const tenant = tenantType ?? "null";
  return {
    name,
    variable: file,
    store: `createValueStore(${rowsOf(groups, tenantType, false)}, session.work, events)`,
    hooks: `ResourceHooks<${name}, ${tenant}, Tx> & MemberHooks<${tenant}, Tx>`,
    optional: "?",
    given: `${given}.${name}`,
  };
}

function isHooked({ attributes }: Resource): boolean {
  return attributes.some(({ source }) => source.kind === "handed");
}

/** The hooks of what the resource has: a client can turn `active`, and move members of its lists. */
function hooksOf(resource: Resource, tenantType: TenantType | undefined): string {
  const active = resource.attributes.find(({ key }) => key === "active");
  const tenant = tenantType ?? "null";
  return [
    `ResourceHooks<${resource.name}, ${tenant}, Tx>`,
    ...(active?.definition.mutability === "readWrite" && active.source.kind !== "constant" && active.source.kind !== "exists" ? [`ActivationHooks<${resource.name}, ${tenant}, Tx>`] : []),
    ...(resourceView(resource, tenantType).links === "" ? [] : [`MemberHooks<${tenant}, Tx>`]),
    ...(isHooked(resource) ? [`PasswordHook<${tenant}, Tx>`] : []),
  ].join(" & ");
}
