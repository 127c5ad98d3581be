import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { constraintName, parseSchema, readSchema, schemaPosition } from "../../src/read/prisma.js";
import type { PrismaSchema } from "../../src/read/prisma.js";
import { cleaning, linkPackage, makeHost, schema, write } from "../cli/host.js";

cleaning();

async function parsed(...texts: readonly string[]): Promise<PrismaSchema> {
  const files = texts.map((text, index) => ({ path: `/host/${index}.prisma`, text }));
  const read = await parseSchema({ path: "/host", name: "host", files });
  if (read.schema === undefined) throw new Error(read.problems.map(({ message }) => message).join());
  return read.schema;
}

const rich = `generator a {
  provider            = "prisma-client"
  output              = "../generated" // a comment
  importFileExtension = "ts"
  previewFeatures     = ["partialIndexes", "views"]
}
datasource db {
  provider = "postgresql"
  schemas  = ["public", "hr"]
}
enum Rank {
  HIGH @map("high")
  LOW
  @@map("ranks")
  @@schema("hr")
}
/// A person.
model Zebra {
  /// The e-mail // address.
  mail    String   @db.VarChar(255) @map("mail_address")
  id      BigInt   @id @default(autoincrement())
  rank    Rank     @default(LOW)
  token   String   @unique(map: "hand_made") @default(uuid(7)) @db.Uuid
  code    String   @unique
  made    DateTime @default(now()) @db.Timestamptz(3)
  touched DateTime @updatedAt
  raw     String   @default(dbgenerated("gen_random_uuid()"))
  tags    String[]
  search  Unsupported("tsvector")?
  hidden  String?  @ignore
  note    String   @default("an @ignore { brace")
  herdId  Int
  herd    Herd     @relation("zebras", fields: [herdId], references: [id], onDelete: Cascade)
  parts   Part[]

  @@unique([herdId, mail])
  @@unique([herdId, code], name: "named", map: "mapped_key")
  @@unique([herdId, note], where: { note: "x" })
  @@index([herdId, made])
  @@map("zebras")
  @@schema("hr")
}
model Herd {
  id     Int     @id
  zebras Zebra[] @relation("zebras")
  @@schema("hr")
}
model Part {
  a     BigInt
  b     Int
  zebra Zebra  @relation(fields: [a], references: [id])
  @@id([a, b])
  @@schema("public")
}
model Gone {
  id Int @id
  @@ignore
  @@schema("public")
}
view Seen {
  id Int @unique
  @@schema("public")
}
`;

describe("a schema", () => {
  it("holds models and enums by name, and fields in their order", async () => {
    const { models, enums } = await parsed(rich);
    expect(models.map(({ name }) => name)).toEqual(["Herd", "Part", "Seen", "Zebra"]);
    expect(models[3]?.fields.slice(0, 3).map(({ name }) => name)).toEqual(["mail", "id", "rank"]);
    expect(enums).toEqual([{ name: "Rank", dbName: "ranks", values: [{ name: "HIGH", dbName: "high" }, { name: "LOW", dbName: "LOW" }] }]);
  });

  it("knows names in Prisma, in the client and in the database", async () => {
    const zebra = (await parsed(rich)).models[3];
    expect(zebra).toMatchObject({ name: "Zebra", dbName: "zebras", delegate: "zebra", schema: "hr", documentation: "A person.", primaryKey: ["id"], isView: false });
    expect(zebra?.fields[0]).toMatchObject({ dbName: "mail_address", nativeType: ["VarChar", "255"], documentation: "The e-mail // address." });
  });

  it("knows what the database fills in", async () => {
    const fields = (await parsed(rich)).models[3]?.fields ?? [];
    const defaults = Object.fromEntries(fields.filter(({ hasDefault }) => hasDefault).map((field) => [field.name, field.default]));
    expect(defaults).toEqual({
      id: { kind: "autoincrement", args: [] },
      rank: { kind: "literal", value: "LOW" },
      token: { kind: "uuid", args: [7] },
      made: { kind: "now", args: [] },
      raw: { kind: "dbgenerated", args: ["gen_random_uuid()"] },
      note: { kind: "literal", value: "an @ignore { brace" },
    });
    expect(fields.find(({ name }) => name === "touched")?.isUpdatedAt).toBe(true);
  });

  it("names unique constraints as Postgres does, and keeps partial ones apart", async () => {
    const zebra = (await parsed(rich)).models[3];
    expect(zebra?.uniques).toEqual([
      { fields: ["token"], name: "token", dbName: "hand_made" },
      { fields: ["code"], name: "code", dbName: "zebras_code_key" },
      { fields: ["herdId", "mail"], name: "herdId_mail", dbName: "zebras_herdId_mail_address_key" },
      { fields: ["herdId", "code"], name: "named", dbName: "mapped_key" },
    ]);
    expect(zebra?.indexes).toEqual([
      { fields: ["herdId", "made"], dbName: "zebras_herdId_made_idx", kind: "plain" },
      { fields: ["herdId", "note"], dbName: "zebras_herdId_note_key", kind: "partial" },
    ]);
  });

  it("knows both sides of a relation", async () => {
    const { models } = await parsed(rich);
    expect(models[3]?.fields.find(({ name }) => name === "herd")).toMatchObject({ kind: "object", relation: { name: "zebras", model: "Herd", fromFields: ["herdId"], toFields: ["id"], onDelete: "Cascade" } });
    expect(models[0]?.fields.find(({ name }) => name === "zebras")).toMatchObject({ isList: true, relation: { name: "zebras", model: "Zebra", fromFields: [], toFields: [] } });
    expect(models[1]?.primaryKey).toEqual(["a", "b"]);
  });

  it("reads from the text what the DMMF leaves out", async () => {
    const { models, ignoredModels, clients } = await parsed(rich);
    expect(models[3]?.ignoredFields).toEqual(["search", "hidden"]);
    expect(models.filter(({ isView }) => isView).map(({ name }) => name)).toEqual(["Seen"]);
    expect(ignoredModels).toEqual(["Gone"]);
    expect(clients).toEqual([{ name: "a", provider: "prisma-client", output: "/generated", fileExtension: undefined, importFileExtension: "ts", moduleFormat: undefined }]);
  });

  it("knows the line of a field", async () => {
    const found = await parsed(rich);
    expect(schemaPosition(found, { model: "Zebra", field: "code" })).toMatchObject({ file: "/host/0.prisma", line: 24, column: 3, text: expect.stringContaining("code    String") as string });
    expect(schemaPosition(found, { model: "Part" })).toMatchObject({ line: 48, column: 1 });
    expect(schemaPosition(found, { model: "Nobody" })).toBeUndefined();
  });

  it("is the same whatever the order of its blocks", async () => {
    const [a = "", b = ""] = ["model A {\n  id Int @id\n}\n", "model B {\n  id Int @id\n}\n"];
    const shuffled = await Promise.all([parsed(a + b), parsed(b + a)]);
    const [one, two] = shuffled.map(({ models }) => models.map((model) => ({ ...model, position: undefined, fields: model.fields.map((field) => ({ ...field, position: undefined })) })));
    expect(one).toEqual(two);
  });
});

describe("a constraint's name", () => {
  it.each([
    ["short", "user", ["org_id", "email"], "user_org_id_email_key"],
    ["cut at 63 bytes", "a".repeat(40), ["b".repeat(40)], `${"a".repeat(40)}_${"b".repeat(18)}_key`],
    ["never cut within a letter", "a".repeat(58), ["ü"], `${"a".repeat(58)}__key`],
  ])("%s", (_, table, columns, wanted) => {
    expect(constraintName(table, columns, "_key")).toBe(wanted);
    expect(Buffer.byteLength(wanted)).toBeLessThanOrEqual(63);
  });
});

describe("finding the schema", () => {
  it.each([
    ["prisma/schema.prisma", { "prisma/schema.prisma": schema }],
    ["schema.prisma", { "schema.prisma": schema }],
    ["db/x.prisma", { "db/x.prisma": schema, "package.json": '{ "prisma": { "schema": "./db/x.prisma" } }' }],
    ["db/y.prisma", { "db/y.prisma": schema, "prisma.config.ts": 'export default { schema: "db/y.prisma" };' }],
    ["db/z.prisma", { "db/z.prisma": schema, "prisma/schema.prisma": schema, "prisma.config.ts": '// schema: "prisma/schema.prisma"\nexport default { schema: ["db", "z.prisma"].join("/") };' }],
    ["prisma/schema.prisma", { "prisma/schema.prisma": schema, "prisma.config.mjs": "export default {};" }],
  ])("at %s", async (path, files) => {
    const root = await makeHost(files);
    const read = await readSchema({ root });
    expect(read.problems).toEqual([]);
    expect(read.schema).toMatchObject({ path: join(root, path), name: path });
  });

  it("in a folder, every file below it", async () => {
    const root = await makeHost({
      "prisma.config.ts": 'export default { schema: "prisma" };',
      "prisma/base.prisma": 'generator client {\n  provider = "prisma-client"\n  output = "../src/db"\n}\ndatasource db {\n  provider = "postgresql"\n}\n',
      "prisma/models/deep/user.prisma": "model User {\n  id Int @id\n  teamId Int\n  team Team @relation(fields: [teamId], references: [id])\n}\n",
      "prisma/models/team.prisma": "model Team {\n  id Int @id\n  users User[]\n}\n",
      "prisma/notes.txt": "not a schema",
    });
    const { schema: found } = await readSchema({ root });
    expect(found?.models.map(({ name }) => name)).toEqual(["Team", "User"]);
    expect(found && schemaPosition(found, { model: "User", field: "team" })).toMatchObject({ file: join(root, "prisma/models/deep/user.prisma"), line: 4 });
    expect(found?.clients[0]?.output).toBe(join(root, "src/db"));
  });

  it("prefers --schema to all else", async () => {
    const root = await makeHost({ "prisma/schema.prisma": "broken", "other.prisma": schema });
    expect((await readSchema({ root, schema: join(root, "other.prisma") })).schema?.name).toBe("other.prisma");
  });

  it("says where it looked in vain", async () => {
    const root = await makeHost({});
    expect((await readSchema({ root })).problems).toMatchObject([{ code: "schema-not-found", remedy: expect.stringContaining("--schema") as string }]);
    expect((await readSchema({ root, schema: join(root, "no.prisma") })).problems).toMatchObject([{ code: "schema-not-found", message: expect.stringContaining("no.prisma") as string }]);
  });

  it.each([
    ['import path from "node:path";\nimport { defineConfig, env } from "prisma/config";\nexport default defineConfig({ schema: path.join("db", "my.prisma"), datasource: { url: env("SCIM_GEN_NO_SUCH_URL") } });\n', "SCIM_GEN_NO_SUCH_URL"],
    ['import path from "node:path";\nimport { env } from "prisma/config";\nexport default { schema: path.join("db", "my.prisma"), datasource: { url: env("SCIM_GEN_NO_SUCH_URL") } };\n', "SCIM_GEN_NO_SUCH_URL"],
    ['throw new Error("only in CI");\nexport default { schema: join("db", "my.prisma") };\n', "only in CI"],
  ])("in the text of a config that cannot be loaded (%#)", async (config, reason) => {
    const root = await makeHost({ "prisma.config.ts": config, "db/my.prisma": schema });
    await linkPackage(root, "prisma");
    const read = await readSchema({ root });
    expect(read.schema?.name).toBe("db/my.prisma");
    expect(read.problems).toMatchObject([{ code: "prisma-config-unread", severity: "note", message: expect.stringContaining(reason) as string }]);
  });
});

it("needs no variable where the path stands as text in the config", async () => {
  const root = await makeHost({ "prisma.config.ts": 'import { env } from "prisma/config";\nexport default { schema: "db/my.prisma", datasource: { url: env("SCIM_GEN_NO_SUCH_URL") } };\n', "db/my.prisma": schema });
  expect(await readSchema({ root })).toMatchObject({ schema: { name: "db/my.prisma" }, problems: [] });
});

describe("a broken schema", () => {
  it("tells every error with its line, and where in it", async () => {
    const root = await makeHost({ "prisma/schema.prisma": `${schema}\nmodel Odd {\n  id Int @id\n  a  Foo\n  b  Bar\n}\n` });
    const { schema: found, problems } = await readSchema({ root });
    expect(found).toBeUndefined();
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatchObject({ code: "schema-invalid", severity: "error", at: { file: join(root, "prisma/schema.prisma"), line: 31, column: 6, text: "  a  Foo" } });
    expect(problems[0]?.message).toBe('Type "Foo" is neither a built-in type, nor refers to another model, composite type, or enum.');
    expect(problems[1]).toMatchObject({ at: { line: 32, column: 6 } });
  });

  it("may be no schema at all", async () => {
    const root = await makeHost({ "prisma/schema.prisma": "this is not a schema\n" });
    expect((await readSchema({ root })).problems[0]).toMatchObject({ code: "schema-invalid", at: { line: 1 } });
  });
});

describe("the installed Prisma", () => {
  it.each([
    ["prisma", "6.19.0", ["unsupported-prisma"]],
    ["@prisma/client", "6.19.0", ["unsupported-prisma"]],
    ["prisma", "8.0.0-rc.33", ["unsupported-prisma"]],
    ["prisma", "7.10.1", []],
  ])("%s %s", async (name, version, codes) => {
    const root = await makeHost({ "prisma/schema.prisma": schema, [`node_modules/${name}/package.json`]: JSON.stringify({ name, version }) });
    expect((await readSchema({ root })).problems.map(({ code }) => code)).toEqual(codes);
  });

  it("is found in the folder of a workspace above", async () => {
    const root = await makeHost({ "app/schema.prisma": schema, "node_modules/prisma/package.json": '{ "version": "6.0.0" }' });
    await mkdir(join(root, "app/node_modules"), { recursive: true });
    expect((await readSchema({ root: join(root, "app") })).problems).toMatchObject([{ code: "unsupported-prisma", message: expect.stringContaining("prisma 6.0.0") as string }]);
  });

  it("counts by its client, with the tool of a later version beside", async () => {
    const root = await makeHost({ "schema.prisma": schema });
    await write(root, { "node_modules/prisma/package.json": '{ "version": "8.0.0" }', "node_modules/@prisma/client/package.json": '{ "version": "7.10.0" }' });
    expect((await readSchema({ root })).problems).toEqual([]);
  });
});
