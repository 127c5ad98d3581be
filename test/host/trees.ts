/** Small hosts below `.tmp`: a golden's generated tree, its Prisma client, and an `index.ts` that mounts the one on the other. */
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ImportEnding } from "../../src/read/host.js";
import type { Provider, Resource } from "../../src/provider.js";
import { generateClient } from "../postgres/client.js";
import { generate, root } from "./goldens.js";
import type { Golden } from "./goldens.js";

export interface TreeKind {
  readonly ending: ImportEnding;
  readonly type: "module" | "commonjs";
}

const written = new Map<string, Promise<string>>();

/** Writes the host, once in a run, and says where. `place`: a folder of its own for tests that run beside those that compile. */
export function writeTree(golden: Golden, kind: TreeKind, place = `${kind.type}${kind.ending}`): Promise<string> {
  const key = `${place}/${golden.name}`;
  const made = written.get(key) ?? makeTree(golden, kind, place);
  written.set(key, made);
  return made;
}

async function makeTree(golden: Golden, { ending, type }: TreeKind, place: string): Promise<string> {
  const folder = join(root, ".tmp", "host", place, golden.name);
  const { provider, files } = await generate(golden.folder, { importEnding: ending, clientImport: `../db/client${ending}` });
  const [user] = provider?.resources ?? [];
  if (files === undefined || provider === undefined || user === undefined) throw new Error(`Nothing is generated from ${golden.name}.`);
  await rm(folder, { recursive: true, force: true });
  const own: readonly (readonly [string, string])[] = [
    ["package.json", JSON.stringify({ type })],
    ["index.ts", host(provider.transaction, user, ending)],
    ["scim.config.ts", await readFile(join(golden.folder, "scim.config.ts"), "utf8")],
    ...[...files].map(([path, text]) => [`out/${path}`, text] as const),
  ];
  for (const [path, text] of own) await write(join(folder, path), text);
  await cp(await clientOf(await readFile(join(golden.folder, "schema.prisma"), "utf8")), join(folder, "db"), { recursive: true });
  return folder;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const clients = new Map<string, Promise<string>>();

/** The folder of the client for a schema that generates into `./db`, made once for each text and kept from run to run. */
export function clientOf(schema: string): Promise<string> {
  const made = clients.get(schema) ?? makeClient(schema);
  clients.set(schema, made);
  return made;
}

async function makeClient(schema: string): Promise<string> {
  const folder = join(root, ".tmp", "host", "clients", createHash("sha256").update(schema).digest("hex").slice(0, 16));
  // Test files run side by side, and none must read half a schema.
  const own = join(folder, `schema.${String(process.pid)}`);
  await write(own, schema);
  await rename(own, join(folder, "schema.prisma"));
  await generateClient(folder);
  return join(folder, "db");
}

/** What a host does with the generated code: a plain client, clients extended in three ways, and one inside a transaction. */
function host(transaction: Provider["transaction"], { model, id, attributes }: Resource, ending: ImportEnding): string {
  const access = (client: string): string => (transaction === "client" ? `db: ${client}` : `transaction: (_, run) => ${client}.$transaction((tx) => run(tx))`);
  return `import type { PrismaClient } from "./db/client${ending}";
import { createScim, ScimError } from "./out/index${ending}";
import type { Hooks, Rules, Scim, User } from "./out/index${ending}";

declare const db: PrismaClient;
declare const rules: Rules;

const hooks: Hooks = {
  User: {
    beforeCreate: ({ input }) => {
      if (input["userName"] === "root") throw new ScimError(400, "Not this one.", "invalidValue");
    },
    afterCreate: async ({ tx, resource }) => {
      await tx.${model.delegate}.count({ where: { NOT: { ${id.name}: { not: ${id.type === "int" ? "Number(resource.id)" : id.type === "bigint" ? "BigInt(resource.id)" : "resource.id"} } } } });
    },${attributes.some(({ source }) => source.kind === "handed") ? `
    password: async ({ tx, password }) => {
      if (password !== null) await tx.${model.delegate}.count();
    },` : ""}
  },
};
const settings = { authenticate: () => null, baseUrl: "https://app.example/scim/v2", rules, hooks };

export const plain: Scim = createScim({ ...settings, ${access("db")} });

export const watched: Scim = createScim({
  ...settings,
  ${access("db.$extends({ query: { $allModels: { $allOperations: ({ args, query }) => query(args) } } })")},
});

export const withMethods: Scim = createScim({
  ...settings,
  ${access(`db.$extends({ model: { $allModels: { hello: () => "hello" } }, client: { $hello: () => "hello" } })`)},
});

export const withResults: Scim = createScim({
  ...settings,
  ${access(`db.$extends({ result: { ${model.delegate}: { label: { needs: { ${id.name}: true }, compute: (row) => String(row.${id.name}) } } } })`)},
});

export const inTransaction = (): Promise<Scim> => db.$transaction((tx) => Promise.resolve(createScim({ ...settings, ${transaction === "client" ? "db: tx" : "transaction: (_, run) => run(tx)"} })));

export const shown = (user: User): string => \`\${user.id} \${user.meta.location}\`;
`;
}
