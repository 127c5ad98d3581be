import { describe, expect, it } from "vitest";
import { provider, type Provider, type ProviderOptions } from "./provider.js";

const secret = "0123456789abcdef0123456789abcdef";

async function filled(options: ProviderOptions = {}): Promise<Provider> {
  const given = provider({ cursorSecret: secret, ...options });
  for (let index = 1; index <= 5; index++) {
    await given.ask("POST", "/Users", { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: `u${String(index)}@example.com` });
  }
  return given;
}

const namesOf = (body: Readonly<Record<string, unknown>>): readonly string[] => (body["Resources"] as readonly { readonly userName: string }[]).map(({ userName }) => userName.slice(0, 2));

async function walk(given: Provider, query: string): Promise<{ readonly pages: readonly (readonly string[])[]; readonly totals: readonly unknown[] }> {
  const pages: (readonly string[])[] = [];
  const totals: unknown[] = [];
  let cursor: unknown = "";
  while (typeof cursor === "string") {
    const { status, body } = await given.ask("GET", `/Users?${query}&cursor=${cursor}`);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("startIndex");
    pages.push(namesOf(body));
    totals.push(body["totalResults"]);
    cursor = body["nextCursor"];
  }
  return { pages, totals };
}

describe("pages by cursor (RFC 9865 2)", () => {
  it.each([
    ["count=2", [["u1", "u2"], ["u3", "u4"], ["u5"]]],
    ["count=5", [["u1", "u2", "u3", "u4", "u5"]]],
    ["count=1&sortBy=userName&sortOrder=descending", [["u5"], ["u4"], ["u3"], ["u2"], ["u1"]]],
    ["count=2&filter=userName%20ne%20%22u2@example.com%22", [["u1", "u3"], ["u4", "u5"]]],
  ])("%s: every row once, the last page without nextCursor", async (query, wanted) => {
    const { pages, totals } = await walk(await filled(), query);
    expect(pages).toEqual(wanted);
    expect(new Set(totals).size).toBe(1);
  });

  it.each(["count=2", "count=1&sortBy=userName&sortOrder=descending", "count=2&filter=userName%20ne%20%22u2@example.com%22", "count=4"])("%s: previousCursor walks back over the same pages, and the first has none", async (query) => {
    const given = await filled();
    const at = async (cursor: unknown): Promise<Readonly<Record<string, unknown>>> => (await given.ask("GET", `/Users?${query}&cursor=${String(cursor)}`)).body;
    const forward = [await at("")];
    for (let last = forward.at(-1); last?.["nextCursor"] !== undefined; last = forward.at(-1)) forward.push(await at(last["nextCursor"]));
    expect(forward.map((page) => page["previousCursor"] === undefined)).toEqual(forward.map((_, index) => index === 0));
    const back = [forward.at(-1) ?? {}];
    for (let last = back[0]; last?.["previousCursor"] !== undefined; last = back[0]) back.unshift(await at(last["previousCursor"]));
    expect(back.map(namesOf)).toEqual(forward.map(namesOf));
    expect(back[0]).not.toHaveProperty("previousCursor");
    expect(back.slice(0, -1).every((page) => typeof page["nextCursor"] === "string")).toBe(true);
    expect(new Set(back.map((page) => page["totalResults"])).size).toBe(1);
    // And forward again from the first.
    expect(namesOf(await at(back[0]?.["nextCursor"]))).toEqual(namesOf(forward[1] ?? {}));
  });

  it("a page to which all is gone that came before leads on to what is left", async () => {
    const given = await filled();
    const first = (await given.ask("GET", "/Users?count=2&cursor=")).body;
    const second = (await given.ask("GET", `/Users?count=2&cursor=${String(first["nextCursor"])}`)).body;
    for (const { id } of first["Resources"] as readonly { readonly id: string }[]) await given.ask("DELETE", `/Users/${id}`);
    const empty = (await given.ask("GET", `/Users?count=2&cursor=${String(second["previousCursor"])}`)).body;
    expect(namesOf(empty)).toEqual([]);
    expect(empty).not.toHaveProperty("previousCursor");
    const again = (await given.ask("GET", `/Users?count=2&cursor=${String(empty["nextCursor"])}`)).body;
    expect(namesOf(again)).toEqual(["u3", "u4"]);
    expect(again).not.toHaveProperty("previousCursor");
  });

  it("holds only letters that need no encoding in a URL", async () => {
    const { body } = await (await filled()).ask("GET", "/Users?count=2&cursor=");
    expect(body["nextCursor"]).toMatch(/^[A-Za-z0-9\-._~]+$/);
  });

  it("goes on behind a row that has been removed meanwhile", async () => {
    const given = await filled();
    const first = await given.ask("GET", "/Users?count=2&cursor");
    const gone = (first.body["Resources"] as readonly { readonly id: string }[])[1]?.id ?? "";
    await given.ask("DELETE", `/Users/${gone}`);
    expect(namesOf((await given.ask("GET", `/Users?count=2&cursor=${String(first.body["nextCursor"])}`)).body)).toEqual(["u3", "u4"]);
  });

  it("count=0 gives the total alone and no cursor, since a walk would never end", async () => {
    const { body } = await (await filled()).ask("GET", "/Users?count=0&cursor=");
    expect(body).toMatchObject({ totalResults: 5, itemsPerPage: 0 });
    expect(body).not.toHaveProperty("nextCursor");
  });

  it("by the body of a search (RFC 9865 2.3), and over all types", async () => {
    const given = await filled();
    const search = { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], count: 3 };
    for (const url of ["/Users/.search", "/.search"]) {
      const { body } = await given.ask("POST", url, { ...search, cursor: "" });
      expect(namesOf(body)).toEqual(["u1", "u2", "u3"]);
      expect(namesOf((await given.ask("POST", url, { ...search, cursor: body["nextCursor"] })).body)).toEqual(["u4", "u5"]);
    }
  });

  it("is announced with the time that a cursor lives (RFC 9865 4), and without a secret not offered: the parameter is unknown then", async () => {
    expect((await (await filled()).ask("GET", "/ServiceProviderConfig")).body["pagination"]).toMatchObject({ cursor: true, index: true, defaultPaginationMethod: "index", cursorTimeout: 3600 });
    const without = provider();
    expect((await without.ask("GET", "/ServiceProviderConfig")).body["pagination"]).toMatchObject({ cursor: false });
    expect((await without.ask("GET", "/Users?cursor=nonsense")).status).toBe(200);
  });
});

describe("cursors that are refused (RFC 9865 2.1)", () => {
  it.each([
    ["another query", (cursor: string) => `/Users?count=2&sortBy=userName&cursor=${cursor}`, "invalidCursor"],
    ["another filter", (cursor: string) => `/Users?count=2&filter=title%20pr&cursor=${cursor}`, "invalidCursor"],
    ["another endpoint", (cursor: string) => `/Groups?count=2&cursor=${cursor}`, "invalidCursor"],
    ["one letter changed", (cursor: string) => `/Users?count=2&cursor=${cursor.replace(/.$/, (last) => (last === "0" ? "1" : "0"))}`, "invalidCursor"],
    ["another place in it", (cursor: string) => `/Users?count=2&cursor=${cursor.replace(/\.a[0-9a-f]+\./, ".a31.")}`, "invalidCursor"],
    ["nonsense", () => "/Users?count=2&cursor=nonsense", "invalidCursor"],
    ["another count", (cursor: string) => `/Users?count=3&cursor=${cursor}`, "invalidCount"],
    ["a count that is no number", (cursor: string) => `/Users?count=x&cursor=${cursor}`, "invalidCount"],
    ["startIndex beside it", (cursor: string) => `/Users?count=2&startIndex=1&cursor=${cursor}`, "invalidValue"],
  ])("%s", async (_, url, scimType) => {
    const given = await filled();
    const { body } = await given.ask("GET", "/Users?count=2&cursor=");
    const refused = await given.ask("GET", url(String(body["nextCursor"])));
    expect([refused.status, refused.body["scimType"]]).toEqual([400, scimType]);
  });

  it("another tenant's is the same as a forged one", async () => {
    const given = await filled();
    const { body } = await given.ask("GET", "/Users?count=2&cursor=");
    const foreign = await given.ask("GET", `/Users?count=2&cursor=${String(body["nextCursor"])}`, undefined, { authorization: "Bearer globex-token" });
    const forged = await given.ask("GET", "/Users?count=2&cursor=forged", undefined, { authorization: "Bearer globex-token" });
    expect(foreign.text).toBe(forged.text);
  });

  it("an expired one says so; another secret's is invalid, and a former secret's still read", async () => {
    let now = Date.UTC(2026, 0, 1);
    const given = await filled({ now: () => now });
    const { body } = await given.ask("GET", "/Users?count=2&cursor=");
    const url = `/Users?count=2&cursor=${String(body["nextCursor"])}`;
    expect((await given.ask("GET", url)).status).toBe(200);
    now += 3_601_000;
    expect((await given.ask("GET", url)).body["scimType"]).toBe("expiredCursor");

    const other = await filled({ cursorSecret: "another-secret-of-more-than-32-bytes" });
    expect((await other.ask("GET", url)).body["scimType"]).toBe("invalidCursor");
    const rotated = await filled({ cursorSecret: ["another-secret-of-more-than-32-bytes", secret], now: () => Date.UTC(2026, 0, 1) });
    expect((await rotated.ask("GET", url)).status).toBe(200);
  });

  it.each(["", "short"])("a secret of %j is refused at start", (short) => {
    expect(() => provider({ cursorSecret: short })).toThrow(/32 bytes/);
  });
});
