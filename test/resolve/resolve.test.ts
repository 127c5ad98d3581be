/** Finer points of what a mapping becomes; whole outputs stand in test/golden. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { LooseConfig } from "../../src/config.js";
import type { Attribute, Provider, Resource } from "../../src/provider.js";
import { loadConfig } from "../../src/read/config.js";
import { parseSchema } from "../../src/read/prisma.js";
import { resolve } from "../../src/resolve/resolve.js";
import { leniencies as known } from "../../src/scim/leniencies.js";
import { leniencies } from "../../templates/generated/protocol/leniencies.js";
import { root, schemaOf } from "../host/goldens.js";

const account = `
  model Account {
    id       String  @id @default(cuid())
    tenantId String  @map("tenant_id")
    email    String  @map("mail")
    name     String?
    nick     String?
    number   Int?    @unique
    nextTo   String?

    @@unique([tenantId, email], map: "one_mail_each")
    @@unique([tenantId, name])
    @@unique([nick, nextTo])
    @@map("accounts")
  }`;

async function user(attributes: LooseConfig["User"]["attributes"], more: Partial<LooseConfig["User"]> = {}, text = account): Promise<{ readonly user: Resource; readonly problems: readonly string[] }> {
  const { schema } = await parseSchema({ path: "/host/schema.prisma", name: "schema.prisma", files: [{ path: "/host/schema.prisma", text }] });
  if (schema === undefined) throw new Error("The schema does not parse.");
  const { provider, problems } = resolve({ User: { model: "Account", tenant: "tenantId", attributes, ...more } }, schema, { inputs: [], output: "out" });
  const [first] = provider?.resources ?? [];
  if (first === undefined) throw new Error(problems.map(({ message }) => message).join("\n"));
  return { user: first, problems: problems.map(({ code }) => code) };
}

describe("constraints", () => {
  it("are known by the names they have in the database", async () => {
    const resolved = await user({ userName: "email", displayName: "name", userType: "number" });
    expect(resolved.user.constraints).toEqual([
      { name: "accounts_number_key", attribute: "userType" },
      { name: "accounts_tenant_id_name_key", attribute: "displayName" },
      { name: "one_mail_each", attribute: "userName" },
    ]);
  });

  it("of several columns go to the first of their attributes", async () => {
    const resolved = await user({ userName: "email", nickName: "nextTo", title: "nick" });
    expect(resolved.user.constraints).toContainEqual({ name: "accounts_nick_nextTo_key", attribute: "nickName" });
  });

  it("are added by the mapping", async () => {
    const resolved = await user({ userName: "email" }, { constraints: { accounts_lower: "userName" } });
    expect(resolved.user.constraints).toContainEqual({ name: "accounts_lower", attribute: "userName" });
    expect(resolved.problems).toEqual([]);
    expect(resolved.user.unguarded).toBeUndefined();
  });

  it("that do not fold letters leave userName to a lock", async () => {
    const resolved = await user({ userName: "email" });
    expect(resolved.problems).toEqual(["unique-without-index"]);
    expect(resolved.user.unguarded).toMatchObject({ key: "userName", letters: "folded" });
  });

  it.each(["trusted", true] as const)("hold for what is stored in lower case (%s)", async (lower) => {
    expect((await user({ userName: { at: "email", lower } })).problems).toEqual([]);
  });
});

describe("one column under several attributes", () => {
  it("is written by userName before displayName, and by that before the rest in the RFC's order", async () => {
    const resolved = await user({ emails: "email", title: "name", nickName: "name", displayName: "name", userName: "email" });
    expect(resolved.user.oneColumn).toEqual([
      ["userName", "emails[work].value"],
      ["displayName", "nickName", "title"],
    ]);
  });

  it("is nobody's when all but one only read it", async () => {
    const resolved = await user({ userName: "email", displayName: { at: "email", readOnly: true } });
    expect(resolved.user.oneColumn).toEqual([]);
  });

  it("is kept in lower case for all when one says so", async () => {
    const resolved = await user({ userName: { at: "email", lower: "trusted" }, displayName: { at: "email", readOnly: true }, emails: { slots: { work: "email" } } });
    const sources = resolved.user.attributes.flatMap(({ source }) => (source.kind === "slots" ? source.slots.flatMap(({ parts }) => parts.map((part) => part.source)) : [source]));
    const letters = sources.map((source) => ("letters" in source ? source.letters : undefined));
    expect(letters).toEqual(["trusted", "trusted", "trusted"]);
  });
});

it("attributes stand in the RFC's order, whatever the mapping's", async () => {
  const resolved = await user({ title: "nick", nickName: "nextTo", displayName: "name", userName: "email" });
  expect(resolved.user.attributes.map(({ key }) => key)).toEqual(["userName", "displayName", "nickName", "title"]);
});

it("knows the leniencies that the protocol has", () => {
  expect(known).toEqual(leniencies);
});

describe("the size of the specimen's generated files", () => {
  it("is printed beside its budget", async () => {
    const provider = await specimen();
    const lines = provider.resources.map((resource) => {
      const size = readFileSync(join(root, "prisma", "src", "scim", "generated", `${resource.file}.ts`), "utf8").split("\n").length - 1;
      const leaves = leavesOf(resource);
      return `${resource.file}.ts: ${String(size)} lines for ${String(leaves)} leaves; the budget is ${String(leaves * 8 + 80)}`;
    });
    console.info(lines.join("\n"));
    expect(lines).toHaveLength(2);
  });
});

async function specimen(): Promise<Provider> {
  const folder = join(root, "prisma");
  const { config } = await loadConfig(join(folder, "scim.config.ts"), []);
  const [first] = config?.providers ?? [];
  if (first === undefined) throw new Error("The specimen's mapping does not load.");
  const { provider } = resolve(first.config, await schemaOf(folder), { inputs: [], output: "out" });
  if (provider === undefined) throw new Error("The specimen does not resolve.");
  return provider;
}

/** What a client can read or write as one value: sub-attributes count, and what only frames them does not. */
function leavesOf(resource: Resource): number {
  const top = [...(resource.externalId ? [resource.externalId] : []), ...resource.attributes, ...resource.extensions.flatMap(({ attributes }) => attributes)];
  return top.reduce((sum, { definition }: Attribute) => sum + (definition.subAttributes?.length ?? 1), 0);
}
