import { describe, expect, it } from "vitest";
import { groupUrn, userUrn } from "./fixtures.js";
import { provider, type Answer, type Provider } from "./provider.js";

const searchUrn = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

async function filled(): Promise<Provider> {
  const scim = provider();
  for (const userName of ["ann", "ben", "cat"]) await scim.ask("POST", "/Users", { schemas: [userUrn], userName, displayName: userName === "ben" ? "Sales" : "Staff" });
  for (const displayName of ["Sales", "Staff"]) await scim.ask("POST", "/Groups", { schemas: [groupUrn], displayName });
  return scim;
}

const resources = ({ body }: Answer): readonly Record<string, unknown>[] => body["Resources"] as readonly Record<string, unknown>[];
const named = (answer: Answer): readonly unknown[] => resources(answer).map((each) => each["userName"] ?? each["displayName"]);

describe("RFC 7644 3.4.3 POST /{type}/.search", () => {
  it("answers 200 with what the same query by GET answers", async () => {
    const scim = await filled();
    const asked = await scim.ask("POST", "/Users/.search", { schemas: [searchUrn], filter: 'userName sw "b"', startIndex: 1, count: 10, attributes: ["userName"] });
    expect(asked.status).toBe(200);
    expect(asked.body).toEqual((await scim.ask("GET", "/Users?filter=userName%20sw%20%22b%22&startIndex=1&count=10&attributes=userName")).body);
    expect(named(asked)).toEqual(["ben"]);
  });

  it.each([
    ["a filter that is no text", { filter: 5 }, "invalidFilter"],
    ["a filter that does not parse", { filter: "userName" }, "invalidFilter"],
    ["an attribute that nobody knows", { filter: 'nonsense eq "x"' }, "invalidFilter"],
    ["a count that is no number", { count: true }, "invalidValue"],
    ["attributes that are no names", { attributes: [1] }, "invalidValue"],
    ["both lists of attributes", { attributes: ["userName"], excludedAttributes: ["emails"] }, "invalidValue"],
    ["another message", { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"] }, "invalidSyntax"],
  ])("400 for %s", async (_name, body, scimType) => {
    const answer = await (await filled()).ask("POST", "/Users/.search", { schemas: [searchUrn], ...body });
    expect(answer).toMatchObject({ status: 400, body: { scimType } });
  });
});

describe("RFC 7644 3.4.2.1 a query over all resource types", () => {
  it.each(["GET /", "POST /.search"])("%s lists each type behind the other, with the total of all", async (how) => {
    const [method = "", path = ""] = how.split(" ");
    const answer = await (await filled()).ask(method, path, method === "POST" ? { schemas: [searchUrn] } : undefined);
    expect(answer.body).toMatchObject({ totalResults: 5, startIndex: 1, itemsPerPage: 5 });
    expect(named(answer)).toEqual(["ann", "ben", "cat", "Sales", "Staff"]);
  });

  it("pages across the border of two types, and loses and repeats nothing", async () => {
    const scim = await filled();
    const pages = await Promise.all([1, 3, 5, 7].map((startIndex) => scim.ask("GET", `/?startIndex=${startIndex}&count=2`)));
    expect(pages.map((page) => [page.body["totalResults"], ...named(page)])).toEqual([[5, "ann", "ben"], [5, "cat", "Sales"], [5, "Staff"], [5]]);
  });

  it("meta.resourceType narrows, and an attribute that a type does not have is absent there", async () => {
    const scim = await filled();
    const search = (filter: string): Promise<Answer> => scim.ask("POST", "/.search", { schemas: [searchUrn], filter });
    expect(named(await search('meta.resourceType eq "Group"'))).toEqual(["Sales", "Staff"]);
    expect(named(await search('displayName eq "Sales"'))).toEqual(["ben", "Sales"]);
    expect(named(await search("userName pr"))).toEqual(["ann", "ben", "cat"]);
    expect(named(await search('not (userName eq "ann")'))).toEqual(["ben", "cat", "Sales", "Staff"]);
    expect(named(await search('nonsense eq "x"'))).toEqual([]);
  });

  it("sorts the resources of all types together, what is missing last and, turned round, first (3.4.2.3)", async () => {
    const scim = await filled();
    const sorted = async (query: string): Promise<readonly unknown[]> => named(await scim.ask("GET", `/?${query}`));
    expect(await sorted("sortBy=displayName")).toEqual(["ben", "Sales", "ann", "cat", "Staff"]);
    expect(await sorted("sortBy=displayName&sortOrder=descending")).toEqual(["ann", "cat", "Staff", "ben", "Sales"]);
    expect(await sorted("sortBy=userName&sortOrder=descending")).toEqual(["Sales", "Staff", "cat", "ben", "ann"]);
    expect(await sorted("sortBy=meta.resourceType")).toEqual(["Sales", "Staff", "ann", "ben", "cat"]);
    expect(await sorted("sortBy=displayName&attributes=userName&count=2&startIndex=3")).toEqual(["ann", "cat"]);
    expect(await sorted("sortBy=nonsense")).toEqual(["ann", "ben", "cat", "Sales", "Staff"]);
  });

  it("sorted pages lose and repeat nothing", async () => {
    const scim = provider({ cursorSecret: "x".repeat(32) });
    for (const userName of ["ann", "ben", "cat"]) await scim.ask("POST", "/Users", { schemas: [userUrn], userName, displayName: userName === "ben" ? "Sales" : "Staff" });
    for (const displayName of ["Sales", "Staff"]) await scim.ask("POST", "/Groups", { schemas: [groupUrn], displayName });
    const pages = await Promise.all([1, 3, 5, 7].map((startIndex) => scim.ask("GET", `/?sortBy=displayName&startIndex=${startIndex}&count=2`)));
    expect(pages.map((page) => [page.body["totalResults"], ...named(page)])).toEqual([[5, "ben", "Sales"], [5, "ann", "cat"], [5, "Staff"], [5]]);
    const first = await scim.ask("GET", "/?sortBy=displayName&count=3&cursor");
    expect(named(first)).toEqual(["ben", "Sales", "ann"]);
    expect(named(await scim.ask("GET", `/?sortBy=displayName&count=3&cursor=${String(first.body["nextCursor"])}`))).toEqual(["cat", "Staff"]);
  });

  it("far behind, several types are 400 tooMany together, and one is not (3.4.2.1)", async () => {
    const scim = await filled();
    expect(await scim.ask("GET", "/?sortBy=displayName&startIndex=901&count=100")).toMatchObject({ status: 200, body: { totalResults: 5, Resources: [] } });
    expect(await scim.ask("GET", "/?sortBy=displayName&startIndex=1000&count=100")).toMatchObject({ status: 400, body: { scimType: "tooMany" } });
    const one = encodeURIComponent('meta.resourceType eq "Group" and displayName pr');
    expect(named(await scim.ask("GET", `/?sortBy=displayName&sortOrder=descending&filter=${one}`))).toEqual(["Staff", "Sales"]);
    expect(await scim.ask("GET", `/?sortBy=displayName&startIndex=5000&filter=${one}`)).toMatchObject({ status: 200, body: { totalResults: 2 } });
    expect(await scim.ask("GET", "/?startIndex=5000")).toMatchObject({ status: 200, body: { totalResults: 5 } });
  });
});
