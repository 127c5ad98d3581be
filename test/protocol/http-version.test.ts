import { describe, expect, it } from "vitest";
import { isAmong, versionOf } from "../../templates/generated/protocol/version.js";
import { provider, type Answer, type Provider } from "./provider.js";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const patch = (...Operations: readonly unknown[]) => ({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations });

async function ann(given: Provider): Promise<{ readonly url: string; readonly tag: string }> {
  const { body, headers } = await given.ask("POST", "/Users", { schemas: [core], userName: "ann@example.com", title: "alto" });
  return { url: `/Users/${String(body["id"])}`, tag: headers["ETag"] ?? "" };
}

const versionIn = ({ body }: Answer): unknown => (body["meta"] as { readonly version?: string }).version;

describe("versions (RFC 7644 3.14)", () => {
  it("stand in the header and in meta of every answer that holds the whole resource, and in each of a list", async () => {
    const given = provider();
    const { url, tag } = await ann(given);
    expect(tag).toMatch(/^W\/"[^"]+"$/);
    for (const answer of [await given.ask("GET", url), await given.ask("PUT", url, { schemas: [core], userName: "ann@example.com", title: "alto" }), await given.ask("PATCH", url, patch({ op: "add", path: "title", value: "alto" }))]) {
      expect([answer.headers["ETag"], versionIn(answer)]).toEqual([tag, tag]);
    }
    const { body } = await given.ask("GET", "/Users");
    expect((body["Resources"] as readonly { readonly meta: unknown }[])[0]?.meta).toMatchObject({ version: tag });
  });

  it("change with what the resource holds, and not with a write that changes nothing", async () => {
    const given = provider();
    const { url, tag } = await ann(given);
    const changed = await given.ask("PATCH", url, patch({ op: "replace", path: "title", value: "bass" }));
    expect(versionIn(changed)).not.toBe(tag);
    expect(versionIn(await given.ask("PATCH", url, patch({ op: "replace", path: "title", value: "alto" })))).toBe(tag);
  });

  it("are not made up for a part of the resource", async () => {
    const given = provider();
    const { url } = await ann(given);
    const answer = await given.ask("GET", `${url}?attributes=title`);
    expect(answer.headers).not.toHaveProperty("ETag");
  });

  it("If-None-Match of what the client has is 304 without a body; of anything else the resource", async () => {
    const given = provider();
    const { url, tag } = await ann(given);
    for (const header of [tag, tag.slice(2), `"x", ${tag}`, "*"]) {
      const { status, text, headers } = await given.ask("GET", url, undefined, { "if-none-match": header });
      expect([status, text, headers["ETag"]]).toEqual([304, undefined, tag]);
    }
    expect((await given.ask("GET", url, undefined, { "if-none-match": 'W/"x"' })).status).toBe(200);
  });

  it.each(["attributes=meta", "attributes=title,META.version", "excludedAttributes=nickName"])("stand in an answer to ?%s, which asks for them or reads all that they are made of", async (query) => {
    const given = provider();
    const { url, tag } = await ann(given);
    const answer = await given.ask("GET", `${url}?${query}`);
    expect([answer.headers["ETag"], versionIn(answer)]).toEqual([tag, tag]);
    expect((await given.ask("GET", `/Users?${query}`)).body["Resources"]).toEqual([answer.body]);
  });

  it("and a condition are of the resource, whatever of it the client wants to see", async () => {
    const given = provider();
    const { url, tag } = await ann(given);
    expect((await given.ask("GET", `${url}?attributes=title`, undefined, { "if-none-match": tag })).status).toBe(304);
    expect((await given.ask("GET", `${url}?attributes=title`, undefined, { "if-none-match": 'W/"x"' })).body).toMatchObject({ title: "alto" });
  });

  it("are announced", async () => {
    expect((await provider().ask("GET", "/ServiceProviderConfig")).body["etag"]).toEqual({ supported: true });
  });
});

describe("If-Match (RFC 7644 3.14)", () => {
  const writes = [
    ["PUT", { schemas: [core], userName: "ann@example.com", title: "bass" }],
    ["PATCH", patch({ op: "replace", path: "title", value: "bass" })],
    ["DELETE", undefined],
  ] as const;

  it.each(writes)("%s of a version that is no more is 412, and nothing is written", async (method, body) => {
    const given = provider();
    const { url, tag } = await ann(given);
    await given.ask("PATCH", url, patch({ op: "replace", path: "nickName", value: "Annie" }));
    const refused = await given.ask(method, url, body, { "if-match": tag });
    expect([refused.status, refused.body["status"]]).toEqual([412, "412"]);
    expect((await given.ask("GET", url)).body).toMatchObject({ title: "alto", nickName: "Annie" });
  });

  it.each(writes)("%s of the version that is there is done", async (method, body) => {
    const given = provider();
    const { url, tag } = await ann(given);
    expect((await given.ask(method, url, body, { "if-match": `"other", ${tag}` })).status).toBe(method === "DELETE" ? 204 : 200);
  });

  it.each(writes)("%s of * wants the resource to be there", async (method, body) => {
    const given = provider();
    const { url } = await ann(given);
    expect((await given.ask(method, url, body, { "if-match": "*" })).status).toBe(method === "DELETE" ? 204 : 200);
    expect((await given.ask(method, "/Users/nobody", body, { "if-match": "*" })).status).toBe(404);
  });
});

describe("the other way round (RFC 9110 13.1)", () => {
  it.each([
    ["PUT", { schemas: [core], userName: "ann@example.com", title: "bass" }],
    ["PATCH", patch({ op: "replace", path: "title", value: "bass" })],
    ["DELETE", undefined],
  ] as const)("If-None-Match of what is there, or of *, is 412 for %s, and nothing is written", async (method, body) => {
    const given = provider();
    const { url, tag } = await ann(given);
    for (const header of ["*", tag]) expect((await given.ask(method, url, body, { "if-none-match": header })).status).toBe(412);
    expect((await given.ask("GET", url)).body).toMatchObject({ title: "alto" });
    expect((await given.ask(method, url, body, { "if-match": tag, "if-none-match": 'W/"other"' })).status).toBe(method === "DELETE" ? 204 : 200);
  });

  it("GET with If-Match of another version is 412", async () => {
    const given = provider();
    const { url, tag } = await ann(given);
    expect((await given.ask("GET", url, undefined, { "if-match": 'W/"other"' })).status).toBe(412);
    expect((await given.ask("GET", `${url}?attributes=title`, undefined, { "if-match": 'W/"other"' })).status).toBe(412);
    for (const header of [tag, "*"]) expect((await given.ask("GET", url, undefined, { "if-match": header })).status).toBe(200);
  });
});

describe("the tag of an answer", () => {
  it.each([
    [{ a: "bc" }, { ab: "c" }],
    [{ a: ["b", "c"] }, { a: ["bc"] }],
    [{ a: "1" }, { a: 1 }],
    [{ a: true }, { a: "true" }],
    [{ a: null }, { a: "null" }],
    [{ a: [{ b: "c" }, { d: "e" }] }, { a: [{ b: "c", d: "e" }] }],
    [{ a: "b", c: "d" }, { a: "d", c: "b" }],
  ])("%j and %j differ", (one, other) => {
    expect(versionOf(one)).not.toBe(versionOf(other));
  });

  it("leaves out what is absent, and meta", () => {
    expect(versionOf({ a: "b", c: undefined, meta: { lastModified: "1" } })).toBe(versionOf({ a: "b", meta: { lastModified: "2" } }));
  });

  it.each([
    ['W/"a"', true],
    ['"a"', true],
    ["a", true],
    ['"b", W/"a"', true],
    ['"a,b", "a"', true],
    ['"b"', false],
    ["", false],
    ['W/"A"', false],
  ])("is found under If-Match: %s: %s", (header, found) => {
    expect(isAmong('W/"a"', header)).toBe(found);
  });
});
