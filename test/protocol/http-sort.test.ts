import { describe, expect, it } from "vitest";
import { provider } from "./provider.js";

const people = [
  { userName: "cal@example.com", title: "alto" },
  { userName: "Ann@example.com", title: "Bass" },
  { userName: "bob@example.com" },
];

async function filled(): Promise<ReturnType<typeof provider>> {
  const given = provider();
  for (const each of people) expect((await given.ask("POST", "/Users", { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], ...each })).status).toBe(201);
  return given;
}

async function names(query: string): Promise<readonly unknown[]> {
  const { body } = await (await filled()).ask("GET", `/Users?${query}`);
  return (body["Resources"] as readonly { readonly userName: string }[]).map(({ userName }) => userName);
}

describe("sorting (RFC 7644 3.4.2.3)", () => {
  it.each([
    ["sortBy=userName", ["Ann@example.com", "bob@example.com", "cal@example.com"]],
    ["sortBy=USERNAME&sortOrder=ascending", ["Ann@example.com", "bob@example.com", "cal@example.com"]],
    ["sortBy=userName&sortOrder=descending", ["cal@example.com", "bob@example.com", "Ann@example.com"]],
    ["sortBy=urn:ietf:params:scim:schemas:core:2.0:User:userName", ["Ann@example.com", "bob@example.com", "cal@example.com"]],
    ["sortBy=title", ["cal@example.com", "Ann@example.com", "bob@example.com"]],
    ["sortBy=title&sortOrder=descending", ["bob@example.com", "Ann@example.com", "cal@example.com"]],
    ["sortBy=userName&startIndex=2&count=1", ["bob@example.com"]],
    ["sortBy=", ["cal@example.com", "Ann@example.com", "bob@example.com"]],
  ])("%s", async (query, wanted) => {
    expect(await names(query)).toEqual(wanted);
  });

  it.each([
    ["sortBy=nonsense", "nonsense"],
    ["sortBy=name", "name.formatted"],
    ["sortBy=password", "password"],
    ["sortBy=emails.type", "emails.type"],
    ["sortBy=userName&sortOrder=upwards", "sortOrder"],
    ["sortBy=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "enterprise"],
  ])("%s is 400 invalidValue", async (query, named) => {
    const { status, body } = await provider().ask("GET", `/Users?${query}`);
    expect([status, body["scimType"]]).toEqual([400, "invalidValue"]);
    expect(String(body["detail"])).toContain(named);
  });

  it("is announced, and goes by the body of a search too (RFC 7644 3.4.3)", async () => {
    const given = await filled();
    expect((await given.ask("GET", "/ServiceProviderConfig")).body["sort"]).toEqual({ supported: true });
    const { body } = await given.ask("POST", "/Users/.search", { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], sortBy: "userName", sortOrder: "descending", count: 1 });
    expect((body["Resources"] as readonly { readonly userName: string }[]).map(({ userName }) => userName)).toEqual(["cal@example.com"]);
  });

  it("over all types sorts each by what it has (RFC 7644 3.4.2.1)", async () => {
    expect((await (await filled()).ask("GET", "/?sortBy=userName")).status).toBe(200);
  });
});
