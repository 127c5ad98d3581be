import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { exportedClient, findClientModule } from "../../src/read/client-module.js";

test.each([
  ["a const", "export const prisma = new PrismaClient({ adapter });", { name: "prisma" }],
  ["a const of another name", "export const orm: PrismaClient = new PrismaClient();", { name: "orm" }],
  ["one kept across reloads", "export const db = globalThis.db ?? new PrismaClient({ adapter });\nif (dev) globalThis.db = db;", { name: "db" }],
  ["an export list", "const prisma = new PrismaClient();\nexport { prisma, other };", { name: "prisma" }],
  ["a default", "const prisma = new PrismaClient();\nexport default prisma;", { name: undefined }],
  ["a default without a name", "export default new PrismaClient();", { name: undefined }],
  ["Prisma's own advice for Next", "const make = () => {\n  return new PrismaClient();\n};\nconst prisma = globalThis.prisma ?? make();\nexport default prisma;", { name: undefined }],
  ["an extended one", "export const prisma = new PrismaClient({ adapter }).$extends(log);", { name: "prisma" }],
])("finds %s", (_title, text, expected) => {
  expect(exportedClient(text)).toEqual(expected);
});

test.each([
  ["a script's own client", "const prisma = new PrismaClient();\nawait prisma.user.create({ data });"],
  ["a class of Nest", "export class PrismaService extends PrismaClient {}"],
  ["a comment", "// export const prisma = new PrismaClient();\nexport const prisma = fake;"],
  ["a function that makes one", "export const prisma = () => new PrismaClient();"],
])("leaves %s alone", (_title, text) => {
  expect(exportedClient(text)).toBeUndefined();
});

test("the shallowest module wins; generated code, tests and packages are not read", async () => {
  const root = await mkdtemp(join(tmpdir(), "scim-gen-client-"));
  const make = "export const prisma = new PrismaClient();";
  try {
    for (const path of ["node_modules/a/index.js", "src/db/client.ts", "test/db.ts", "src/server/lib/db.ts", "src/prisma.ts", "prisma/seed.ts"]) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), make);
    }
    expect(await findClientModule(root, [join(root, "src/db")])).toEqual({ path: "src/prisma.ts", name: "prisma" });
  } finally {
    await rm(root, { recursive: true });
  }
});
