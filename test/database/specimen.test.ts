/** The ground that the other database tests stand on. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acme, globex, memberships, seed, users } from "../../prisma/seed.js";
import { openDatabase, openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { createSchema } from "../postgres/ddl.js";
import { fileURLToPath } from "node:url";

describe("the specimen", () => {
  let specimen: Specimen;
  beforeAll(async () => {
    specimen = await openSpecimen();
  });
  afterAll(() => specimen.close());

  test("is seeded with two tenants, one person in both and one in none", async () => {
    const { prisma } = specimen;
    expect(await prisma.membership.count({ where: { orgId: acme } })).toBe(5);
    expect(await prisma.membership.count({ where: { orgId: globex } })).toBe(4);
    expect(await prisma.membership.count({ where: { userId: users.barbara } })).toBe(2);
    expect(await prisma.user.findUnique({ where: { id: users.margaret }, select: { ownerId: true, memberships: true } })).toEqual({ ownerId: null, memberships: [] });
  });

  test("can be seeded again", async () => {
    const { prisma } = specimen;
    const before = await prisma.membership.findMany({ orderBy: { id: "asc" } });
    await seed(prisma);
    expect(await prisma.membership.findMany({ orderBy: { id: "asc" } })).toEqual(before);
  });

  test("is this file's own", async () => {
    const other = await openSpecimen();
    await other.prisma.membership.delete({ where: { id: memberships.mary } });
    await other.close();
    expect(await specimen.prisma.membership.count({ where: { id: memberships.mary } })).toBe(1);
  });

  test("refuses the same address in other letter case", async () => {
    await expect(specimen.prisma.user.create({ data: { email: "ADA@acme.example" } })).rejects.toMatchObject({ code: "P2002" });
  });
});

describe("the recorder of statements", () => {
  test("sees BEGIN and COMMIT", async () => {
    const { prisma, statements, close } = await openSpecimen();
    const sent = await statements.of(() => prisma.$transaction(async (tx) => tx.membership.update({ where: { id: memberships.ada }, data: { title: "CEO" }, select: { id: true } })));
    expect(sent.map(({ sql }) => sql.split(" ")[0])).toEqual(["BEGIN", "UPDATE", "COMMIT"]);
    expect(sent[1]?.values).toContain("CEO");
    await close();
  });
});

test("tables are made from any schema", async () => {
  const url = await openDatabase();
  await createSchema(url, fileURLToPath(new URL("../../prisma/schema.prisma", import.meta.url)));
});
