/** The files that become the user's: written once by `init`, and the lines that mount them. */
import type { Guess, GuessedRule, GuessedTenant } from "../sketch.js";
import { template } from "./template.js";

export type Mount = "node" | "express" | "hono" | "next" | "fastify" | "fetch";

/** Where a host makes its Prisma client, as the new file imports it. */
export interface ClientImport {
  readonly module: string;
  /** Undefined: the default export. */
  readonly name: string | undefined;
}

export interface Yours {
  readonly rules: readonly GuessedRule[];
  /** Null: a product without tenants. */
  readonly tenant: GuessedTenant | null | undefined;
  /** Row level security: the setting that the policies compare with. */
  readonly guarded: Guess["guarded"];
  readonly ending: "" | ".js" | ".ts";
  readonly client: ClientImport | undefined;
  /** The module to write where no client was found. */
  readonly likelyClient: string;
}

export async function indexText({ tenant, guarded, ending, client, likelyClient }: Yours): Promise<string> {
  const type = tenant?.type ?? "string";
  return template(
    "index.ts.hbs",
    {
      ending,
      clientImport: clientImport(client ?? { module: likelyClient, name: "prisma" }),
      clientFound: client !== undefined,
      tenants: tenant !== null,
      guarded: guarded !== undefined,
      setting: guarded?.setting ?? "app.tenant_id",
      settingFound: guarded?.setting !== undefined,
      tenantName: tenant?.model === undefined ? "tenant" : words(tenant.model),
      tenantPattern: type === "string" ? ".+" : "\\d+",
      tenantMember: { string: "tenant", number: "tenant: Number(tenant)", bigint: "tenant: BigInt(tenant)" }[type],
    },
    "yours/",
  );
}

export async function rulesText({ rules, ending }: Yours): Promise<string> {
  const view = rules.map(({ name, kind, column }) => ({
    name,
    column,
    link: kind === "link",
    id: kind === "id",
    password: kind === "password",
    open: kind === "open",
  }));
  return template("rules.ts.hbs", { rules: view, ending, ids: rules.some(({ kind }) => kind === "id") }, "yours/");
}

/** The lines to add to a host's own code. `scim`: our index file, as that code imports it. */
export async function mountText(mount: Mount, scim: string): Promise<string> {
  return template(`mount-${mount}.hbs`, { scim }, "yours/");
}

function clientImport({ module, name }: ClientImport): string {
  if (name === undefined) return `import prisma from "${module}";`;
  return `import { ${name === "prisma" ? name : `${name} as prisma`} } from "${module}";`;
}

/** "OrganizationUnits" as people say it: "organization unit". */
const words = (model: string): string =>
  model
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase()
    .replace(/ies$/, "y")
    .replace(/([^s])s$/, "$1");
