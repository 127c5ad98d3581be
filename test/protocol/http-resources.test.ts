import { describe, expect, it } from "vitest";
import { unavailable } from "../../templates/generated/protocol/error.js";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { enterpriseUrn, groupUrn, userUrn } from "./fixtures.js";
import { baseUrl, provider, type Answer, type Provider } from "./provider.js";

const patchUrn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const user = (userName: string, more: object = {}): object => ({ schemas: [userUrn], userName, ...more });
const patch = (...operations: object[]): object => ({ schemas: [patchUrn], Operations: operations });

async function made(scim: Provider, path: string, body: object, headers?: Record<string, string>): Promise<string> {
  const answer = await scim.ask("POST", path, body, headers);
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body["id"]);
}

function failed(answer: Answer, status: number, scimType?: string): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers["Content-Type"]).toBe("application/scim+json");
  expect(answer.body).toEqual({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: expect.stringMatching(/^\S.+[.…)]$/) as unknown,
  });
}

describe("RFC 7644 3.3 POST", () => {
  it("201 with Location and the whole resource", async () => {
    const scim = provider();
    const answer = await scim.ask("POST", "/scim/v2/Users", user("Ann", { name: { familyName: "Lee" }, emails: [{ value: "a@b.example", type: "work" }], [enterpriseUrn]: { department: "R" } }));
    expect(answer.status).toBe(201);
    const location = `${baseUrl}/Users/${String(answer.body["id"])}`;
    expect(answer.headers).toEqual({ "Content-Type": "application/scim+json", Location: location, ETag: expect.stringMatching(/^W\/"/) as unknown });
    expect(answer.body).toMatchObject({
      schemas: [userUrn, enterpriseUrn],
      userName: "Ann",
      name: { familyName: "Lee" },
      emails: [{ value: "a@b.example", type: "work" }],
      [enterpriseUrn]: { department: "R" },
      meta: { resourceType: "User", location },
    });
  });

  it("never returns a password (RFC 7643 4.1.1)", async () => {
    const scim = provider();
    const answer = await scim.ask("POST", "/Users?attributes=password,userName", user("ann", { password: "s3cret" }));
    expect(answer.text).not.toContain("s3cret");
    expect(JSON.stringify(scim.log)).not.toContain("s3cret");
  });

  it("keeps Location when attributes leave meta out (3.9)", async () => {
    const answer = await provider().ask("POST", "/Users?attributes=userName", user("ann"));
    expect(Object.keys(answer.body).sort()).toEqual(["id", "schemas", "userName"]);
    expect(answer.headers["Location"]).toBe(`${baseUrl}/Users/${String(answer.body["id"])}`);
  });

  it("409 uniqueness for a taken userName, whatever its case", async () => {
    const scim = provider();
    await made(scim, "/Users", user("ann"));
    failed(await scim.ask("POST", "/Users", user("ANN")), 409, "uniqueness");
  });

  it("the same userName is free in another tenant (6.2)", async () => {
    const scim = provider();
    await made(scim, "/Users", user("ann"));
    await made(scim, "/Users", user("ann"), { authorization: "Bearer globex-token" });
  });

  it("400 invalidValue for a required attribute that is missing", async () => failed(await provider().ask("POST", "/Users", { schemas: [userUrn] }), 400, "invalidValue"));

  it("400 invalidValue, nothing written, for a member of another tenant (product.md 6)", async () => {
    const scim = provider();
    const foreign = await made(scim, "/Users", user("x"), { authorization: "Bearer globex-token" });
    const body = (id: string): object => ({ schemas: [groupUrn], displayName: "G", members: [{ value: id }] });
    failed(await scim.ask("POST", "/Groups", body(foreign)), 400, "invalidValue");
    failed(await scim.ask("POST", "/Groups", body("no-such-id")), 400, "invalidValue");
    expect((await scim.ask("GET", "/Groups")).body["totalResults"]).toBe(0);
  });
});

describe("RFC 7644 3.4.1 GET", () => {
  it("200 with the resource", async () => {
    const scim = provider();
    const created = await scim.ask("POST", "/Users", user("ann", { title: "Dr" }));
    const answer = await scim.ask("GET", `/Users/${String(created.body["id"])}`);
    expect(answer).toMatchObject({ status: 200, body: created.body });
    expect(answer.headers).toEqual({ "Content-Type": "application/scim+json", ETag: expect.stringMatching(/^W\/"/) as unknown });
  });

  it("404 in the same words for an unknown and a foreign id, of any shape (6)", async () => {
    const scim = provider();
    const id = await made(scim, "/Users", user("ann"));
    const foreign = await scim.ask("GET", `/Users/${id}`, undefined, { authorization: "Bearer globex-token" });
    failed(foreign, 404);
    for (const other of ["nobody", "9".repeat(30), "%00", "a%2Fb", "%", "é", "__proto__"]) failed(await scim.ask("GET", `/Users/${other}`), 404);
    const unknown = await scim.ask("GET", "/Users/nobody", undefined, { authorization: "Bearer globex-token" });
    expect(String(unknown.body["detail"]).replace("nobody", "X")).toBe(String(foreign.body["detail"]).replace(id, "X"));
    failed(await scim.ask("GET", `/Groups/${id}`), 404);
  });

  it("passes over a filter, which says nothing of one resource (3.4.2.1)", async () => {
    const scim = provider();
    const id = await made(scim, "/Users", user("ann"));
    expect((await scim.ask("GET", `/Users/${id}?filter=${encodeURIComponent('userName eq "bob"')}`)).body).toMatchObject({ userName: "ann" });
  });

  it("HEAD is GET without its body (RFC 9110 9.3.2)", async () => {
    const scim = provider();
    const id = await made(scim, "/Users", user("Zoë"));
    const [get, head] = [await scim.ask("GET", `/Users/${id}`), await scim.ask("HEAD", `/Users/${id}`)];
    expect(head).toMatchObject({ status: 200, text: undefined });
    expect(head.headers).toEqual({ ...get.headers, "Content-Length": String(Buffer.byteLength(get.text ?? "")) });
    expect(await scim.ask("HEAD", "/Users/none")).toMatchObject({ status: 404, text: undefined });
  });
});

describe("RFC 7644 3.9 attributes and excludedAttributes", () => {
  it("reads no more than is asked for (scim-spec 11.6)", async () => {
    const scim = provider();
    const member = await made(scim, "/Users", user("ann", { name: { familyName: "Lee" } }));
    const id = await made(scim, "/Groups", { displayName: "G", members: [{ value: member }] });
    scim.memory.calls.length = 0;
    const without = await scim.ask("GET", `/Groups/${id}?excludedAttributes=members`);
    expect(without.body).not.toHaveProperty("members");
    const names = await scim.ask("GET", `/Users/${member}?attributes=NAME.familyname`);
    expect(names.body).toEqual({ schemas: [userUrn], id: member, name: { familyName: "Lee" } });
    expect(scim.memory.calls).toEqual(["Group.get 0", "User.get 1"]);
  });

  it.each(["", "%20,,"])("an empty list asks for nothing special: %j", async (list) => {
    const scim = provider();
    const id = await made(scim, "/Users", user("ann"));
    expect((await scim.ask("GET", `/Users/${id}?attributes=${list}`)).body).toMatchObject({ userName: "ann" });
  });

  it("on every operation that answers with a resource: POST, PUT, PATCH, GET, list and search", async () => {
    const scim = provider();
    const asked = "attributes=nickName";
    const shown = { nickName: "A" };
    const created = await scim.ask("POST", `/Users?${asked}`, user("ann", { title: "Dr", ...shown }));
    const url = `/Users/${String(created.body["id"])}`;
    const least = { schemas: [userUrn], id: created.body["id"], ...shown };
    const bodies = [
      created.body,
      (await scim.ask("PUT", `${url}?${asked}`, user("ann", { title: "Prof", ...shown }))).body,
      (await scim.ask("PATCH", `${url}?${asked}`, patch({ op: "replace", path: "title", value: "Dr" }))).body,
      (await scim.ask("GET", `${url}?${asked}`)).body,
      ...((await scim.ask("GET", `/Users?${asked}`)).body["Resources"] as readonly JsonObject[]),
      ...((await scim.ask("POST", "/Users/.search", { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], attributes: ["nickName"] })).body["Resources"] as readonly JsonObject[]),
    ];
    expect(bodies).toEqual(Array.from({ length: 6 }, () => least));
  });

  it("400 for both at once", async () => failed(await provider().ask("GET", "/Users?attributes=userName&excludedAttributes=name"), 400, "invalidValue"));
});

describe("RFC 7644 3.4.2 query", () => {
  async function five(): Promise<Provider> {
    const scim = provider({ limits: { pageMax: 3, pageDefault: 2 } });
    for (const name of ["a", "b", "c", "d", "e"]) await made(scim, "/Users", user(name));
    return scim;
  }
  const page = ({ body }: Answer): unknown => [
    body["totalResults"],
    body["startIndex"],
    body["itemsPerPage"],
    ((body["Resources"] ?? []) as readonly JsonObject[]).map((each) => each["userName"]).join(""),
  ];

  it("no match is 200 with an empty list (3.4.2)", async () => {
    const answer = await provider().ask("GET", '/Users?filter=userName+eq+%22nobody%22');
    expect(answer).toMatchObject({
      status: 200,
      body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
    });
  });

  it.each([
    ["", [5, 1, 2, "ab"]],
    ["startIndex=3", [5, 3, 2, "cd"]],
    ["startIndex=0", [5, 1, 2, "ab"]],
    ["startIndex=-7&count=1", [5, 1, 1, "a"]],
    ["count=0", [5, 1, 0, ""]],
    ["count=-1", [5, 1, 0, ""]],
    ["count=3", [5, 1, 3, "abc"]],
    ["count=1000", [5, 1, 3, "abc"]],
    ["count=+2", [5, 1, 2, "ab"]],
    ["startIndex=5&count=3", [5, 5, 1, "e"]],
    ["startIndex=6", [5, 6, 0, ""]],
    ["startIndex=99999999999999999999999", [5, 2147483647, 0, ""]],
    [`count=${"9".repeat(400)}`, [5, 1, 3, "abc"]],
    ["startIndex=1&startIndex=4", [5, 4, 2, "de"]],
    ["sortBy=userName&sortOrder=descending&cursor&x=%", [5, 1, 2, "ed"]],
    ["?aadOptscim062020", [5, 1, 2, "ab"]],
  ])("3.4.2.4 paging: %s", async (query, expected) => {
    const scim = await five();
    const answer = await scim.ask("GET", `/Users?${query}`);
    expect(answer.status, answer.text).toBe(200);
    expect(page(answer)).toEqual(expected);
  });

  it.each(["count=x", "count=", "count=1.5", "count=1e2", "count=0x1", "startIndex=NaN", "startIndex=Infinity", "startIndex=%FF"])("400 invalidValue: %s", async (query) =>
    failed(await provider().ask("GET", `/Users?${query}`), 400, "invalidValue"),
  );

  it.each([
    ["userName eq %22a%2Bb+c%22", "a+b c"],
    ["userName%20eq%20%22a%2Bb%20c%22", "a+b c"],
    ["%75serName+eq+%22A%2BB%20C%22", "a+b c"],
  ])("3.4.2.2 spaces as + and %%20, a plus as %%2B: %s", async (filter, userName) => {
    const scim = provider();
    await made(scim, "/Users", user(userName));
    const answer = await scim.ask("GET", `/Users?filter=${filter}`);
    expect(answer.body["totalResults"], answer.text).toBe(1);
  });

  it.each(["filter=%", "filter=%C3%28", "filter=", "filter=userName", "filter=userName%20eq%20ann", "filter=nothing%20pr", "filter=password%20eq%20%22x%22"])("400 invalidFilter: %s", async (query) =>
    failed(await provider().ask("GET", `/Users?${query}`), 400, "invalidFilter"),
  );

  it("shows each tenant its own (6)", async () => {
    const scim = await five();
    expect((await scim.ask("GET", "/Users", undefined, { authorization: "Bearer globex-token" })).body["totalResults"]).toBe(0);
  });
});

describe("RFC 7644 3.5.1 PUT", () => {
  it("200 with the whole resource; what is left out is cleared", async () => {
    const scim = provider();
    const id = await made(scim, "/Users", user("ann", { title: "Dr", nickName: "A" }));
    const answer = await scim.ask("PUT", `/Users/${id}`, user("ann", { id: "other", nickName: "B" }));
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject({ id, nickName: "B" });
    expect(answer.body).not.toHaveProperty("title");
  });

  it("never creates: 404", async () => failed(await provider().ask("PUT", "/Users/none", user("ann")), 404));

  it("409 uniqueness", async () => {
    const scim = provider();
    await made(scim, "/Users", user("ann"));
    const id = await made(scim, "/Users", user("bob"));
    failed(await scim.ask("PUT", `/Users/${id}`, user("Ann")), 409, "uniqueness");
  });

  it("200 for a group, with the members that it named", async () => {
    const scim = provider();
    const [one, two] = [await made(scim, "/Users", user("1")), await made(scim, "/Users", user("2"))];
    const id = await made(scim, "/Groups", { displayName: "G", members: [{ value: one }] });
    const answer = await scim.ask("PUT", `/Groups/${id}`, { displayName: "G", members: [{ value: two }] });
    expect(answer).toMatchObject({ status: 200, body: { members: [{ value: two }] } });
  });
});

describe("RFC 7644 3.5.2 PATCH", () => {
  it("200 with the resource for a user", async () => {
    const scim = provider();
    const id = await made(scim, "/Users", user("ann", { title: "Dr", emails: [{ value: "a@b.example", type: "work" }] }));
    const answer = await scim.ask("PATCH", `/Users/${id}`, patch({ op: "replace", path: "title", value: "Prof" }, { op: "add", path: "emails", value: [{ value: "c@d.example", type: "home" }] }));
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject({ title: "Prof", emails: [{ value: "a@b.example" }, { value: "c@d.example" }] });
  });

  it("moves lastModified only when something changed (3.5.2.1)", async () => {
    const scim = provider();
    const created = await scim.ask("POST", "/Users", user("ann", { title: "Dr" }));
    const path = `/Users/${String(created.body["id"])}`;
    const same = await scim.ask("PATCH", path, patch({ op: "replace", path: "title", value: "Dr" }));
    expect(same.body["meta"]).toEqual(created.body["meta"]);
    const changed = await scim.ask("PATCH", path, patch({ op: "replace", path: "title", value: "Prof" }));
    expect(changed.body["meta"]).not.toEqual(created.body["meta"]);
  });

  it("204 for a group, 200 when attributes are asked for; members are never read to answer (3.5.2)", async () => {
    const scim = provider();
    const member = await made(scim, "/Users", user("ann"));
    const id = await made(scim, "/Groups", { displayName: "G" });
    scim.memory.calls.length = 0;
    const add = patch({ op: "add", path: "members", value: [{ value: member }] });
    expect(await scim.ask("PATCH", `/Groups/${id}`, add)).toMatchObject({ status: 204, text: undefined, headers: {} });
    const excluded = await scim.ask("PATCH", `/Groups/${id}?excludedAttributes=members`, add);
    expect(excluded).toMatchObject({ status: 200, body: { id, displayName: "G" } });
    expect(excluded.body).not.toHaveProperty("members");
    expect(scim.memory.calls).toEqual(["Group.write set undefined", "Group.write set 0"]);
    const named = await scim.ask("PATCH", `/Groups/${id}?attributes=members`, add);
    expect(named).toMatchObject({ status: 200, body: { members: [{ value: member }] } });
  });

  it("404 for an unknown id, 400 for a bad body, 409 for a taken name", async () => {
    const scim = provider();
    await made(scim, "/Users", user("ann"));
    const id = await made(scim, "/Users", user("bob"));
    failed(await scim.ask("PATCH", "/Users/none", patch({ op: "replace", path: "title", value: "x" })), 404);
    failed(await scim.ask("PATCH", `/Users/${id}`, user("x")), 400, "invalidSyntax");
    failed(await scim.ask("PATCH", `/Users/${id}`, patch({ op: "replace", path: "no/path", value: "x" })), 400, "invalidPath");
    failed(await scim.ask("PATCH", `/Users/${id}`, patch({ op: "replace", path: "userName", value: "ANN" })), 409, "uniqueness");
  });
});

describe("RFC 7644 3.6 DELETE", () => {
  it("204, then 404 for all, absent from lists, and the name is free", async () => {
    const scim = provider();
    const id = await made(scim, "/Users", user("ann"));
    failed(await scim.ask("DELETE", `/Users/${id}`, undefined, { authorization: "Bearer globex-token" }), 404);
    expect(await scim.ask("DELETE", `/Users/${id}`)).toMatchObject({ status: 204, text: undefined, headers: {} });
    for (const method of ["GET", "DELETE"]) failed(await scim.ask(method, `/Users/${id}`), 404);
    failed(await scim.ask("PUT", `/Users/${id}`, user("ann")), 404);
    expect((await scim.ask("GET", "/Users")).body["totalResults"]).toBe(0);
    await made(scim, "/Users", user("ann"));
  });
});

describe("RFC 6750 3, RFC 7644 2 who may", () => {
  const realm = 'Bearer realm="scim"';
  it.each([
    ["no credentials", "", realm],
    ["another scheme", "Basic YTpi", realm],
    ["a scheme without a token", "Bearer ", realm],
    ["a wrong token", "Bearer nobody-token", `${realm}, error="invalid_token"`],
    ["a wrong token under a scheme of another letter case", "bearer x", `${realm}, error="invalid_token"`],
  ])("401: %s", async (_, authorization, challenge) => {
    for (const path of ["/Users", "/Users/1", "/Nothing", "/Me"]) {
      const answer = await provider().ask("GET", path, undefined, { authorization });
      failed(answer, 401);
      expect(answer.headers["WWW-Authenticate"]).toBe(challenge);
    }
  });

  it("401: a token in the query string is none (RFC 6750 2.3)", async () =>
    failed(await provider().ask("GET", "/Users?access_token=acme-token", undefined, { authorization: "" }), 401));

  it("503, never allowed, when the host cannot tell (product.md 4)", async () => {
    const cause = new Error("redis is down at 10.0.0.7");
    for (const authenticate of [() => Promise.reject(cause), () => { throw cause; }]) {
      const scim = provider({ authenticate });
      const answer = await scim.ask("POST", "/Users", user("ann"));
      failed(answer, 503);
      expect(answer.headers["Retry-After"]).toBe("5");
      expect(answer.text).not.toContain("redis");
      expect(scim.errors).toEqual([cause]);
      expect(scim.memory.calls).toEqual([]);
    }
  });

  it.each([
    [["read"], ["GET", "HEAD"], ["POST", "PUT", "PATCH", "DELETE"], "write"],
    [["write"], ["POST", "PUT", "PATCH", "DELETE"], ["GET", "HEAD"], "read"],
    [[], [], ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], undefined],
  ])("403 insufficient_scope: a token for %j", async (scopes, may, mayNot, lacks) => {
    const scim = provider({ authenticate: () => ({ tenant: "acme", scopes }) });
    const path = (method: string): string => (method === "POST" ? "/Users" : "/Users/1");
    for (const method of may) expect((await scim.ask(method, path(method), "{}")).status).not.toBe(403);
    for (const method of mayNot) {
      const answer = await scim.ask(method, path(method), "{}");
      expect(answer.status).toBe(403);
      const needed = ["GET", "HEAD"].includes(method) ? "read" : "write";
      if (lacks) expect(needed).toBe(lacks);
      expect(answer.headers["WWW-Authenticate"]).toBe(`${realm}, error="insufficient_scope", scope="${needed}"`);
    }
  });
});

describe("RFC 7644 3.8, 8.1 media types", () => {
  it.each(["application/scim+json", "application/json", "Application/JSON; charset=utf-8", 'application/scim+json;charset="UTF-8"', "application/json ; odata=verbose", ""])(
    "takes a body of type %j",
    async (type) => expect((await provider().ask("POST", "/Users", user("ann"), { "content-type": type })).status).toBe(201),
  );
  it("takes a body of no type", async () => {
    const scim = provider();
    const { header, ...rest } = (await import("./provider.js")).record("POST", "/Users", user("ann"));
    expect((await scim.handle({ ...rest, header: (name) => (name === "content-type" ? undefined : header(name)) })).status).toBe(201);
  });
  it.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "application/xml", "application/json; charset=iso-8859-1", "x"])("415: %j", async (type) => {
    for (const [method, path] of [["POST", "/Users"], ["PUT", "/Users/1"], ["PATCH", "/Users/1"]] as const) {
      failed(await provider().ask(method, path, user("ann"), { "content-type": type }), 415);
    }
  });
  it.each(["application/scim+json", "application/json", "*/*", "text/html", "application/scim+xml;q=1"])("answers application/scim+json to Accept: %s", async (accept) => {
    const answer = await provider().ask("GET", "/Users", undefined, { accept });
    expect([answer.status, answer.headers["Content-Type"]]).toEqual([200, "application/scim+json"]);
  });
  it("a GET or DELETE may carry any type and body: nobody reads it", async () => {
    expect((await provider().ask("GET", "/Users", "<xml/>", { "content-type": "text/xml" })).status).toBe(200);
  });
});

describe("RFC 7644 3.12 errors, hostile requests (product.md 6)", () => {
  const deep = (depth: number): string => `{"userName":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  it.each([
    ["no body", "", "invalidSyntax"],
    ["no JSON", "{", "invalidSyntax"],
    ["something behind it", "{}x", "invalidSyntax"],
    ["no object", "[]", "invalidSyntax"],
    ["null", "null", "invalidSyntax"],
    ["text", '"x"', "invalidSyntax"],
    ["a level too deep", deep(40), "invalidSyntax"],
    ["far too deep", deep(1_000_000), "invalidSyntax"],
  ])("400 for %s", async (_, body, scimType) => {
    for (const [method, path] of [["POST", "/Users"], ["PUT", "/Users/1"], ["PATCH", "/Groups/1"]] as const) failed(await provider().ask(method, path, body), 400, scimType);
  });

  it.each(["__proto__", "constructor", "prototype"])("400 for a name of the prototype: %s", async (name) => {
    const scim = provider();
    failed(await scim.ask("POST", "/Users", `{"userName":"ann","${name}":{"title":"x"}}`), 400, "invalidSyntax");
    expect(({} as Record<string, unknown>)["title"]).toBeUndefined();
  });

  it("500 without a word of the cause, and the cause for the host", async () => {
    const scim = provider();
    const cause = new Error('relation "User" does not exist at /srv/app');
    scim.memory.fail = () => {
      throw cause;
    };
    const answer = await scim.ask("GET", "/Users");
    failed(answer, 500);
    expect(answer.text).not.toContain("relation");
    expect(scim.errors).toEqual([cause]);
  });

  it("503 with Retry-After from below, and the cause for the host", async () => {
    const scim = provider();
    const cause = new Error("connect ECONNREFUSED");
    scim.memory.fail = () => {
      throw unavailable(7, cause);
    };
    const answer = await scim.ask("GET", "/Users");
    failed(answer, 503);
    expect(answer.headers["Retry-After"]).toBe("7");
    expect(answer.text).not.toContain("ECONNREFUSED");
    expect(scim.errors).toEqual([cause]);
  });

  it("a log or error hook that fails costs nobody an answer", async () => {
    const scim = provider();
    const { service } = await import("../../templates/generated/protocol/service.js");
    const { record } = await import("./provider.js");
    const fails = (): never => {
      throw new Error("disk full");
    };
    const handle = service({ ...scim.engine, log: fails, onError: fails, within: fails });
    expect((await handle(record("GET", "/Users"))).status).toBe(500);
  });

  it("405 and 501 as SCIM errors", async () => {
    const answer = await provider().ask("DELETE", "/Users");
    failed(answer, 405);
    expect(answer.headers["Allow"]).toBe("GET, HEAD, POST");
    for (const [method, path] of [["GET", "/Me"], ["POST", "/Bulk"]] as const) {
      failed(await provider({ features: { bulk: false } }).ask(method, path, {}), 501);
    }
  });
});

describe("product.md 6 what the log says", () => {
  it("one line a request, without values", async () => {
    const scim = provider();
    await made(scim, "/Users", user("ann"));
    await scim.ask("POST", "/Users", user("ann"));
    await scim.ask("GET", "/Users?filter=userName%20eq%20%22ann%22");
    const requests = scim.log.filter((entry) => entry.event === "request");
    expect(requests).toEqual([
      { event: "request", method: "POST", path: "/Users", status: 201, detail: undefined },
      { event: "request", method: "POST", path: "/Users", status: 409, detail: "uniqueness" },
      { event: "request", method: "GET", path: "/Users", status: 200, detail: undefined },
    ]);
    expect(JSON.stringify(scim.log)).not.toContain("ann");
  });

  it("names each leniency that was used, once for each place and without values", async () => {
    const scim = provider();
    const id = await made(scim, "/Users", user("ann"));
    const off = { op: "Replace", path: "active", value: "False" };
    expect((await scim.ask("PATCH", `/Users/${id}`, patch(off, off, off))).body).toMatchObject({ active: false });
    const used = scim.log.filter((entry) => entry.event === "leniency").map((entry) => entry.detail);
    expect(used).toEqual(["opLetterCase: op", "booleanText: active"]);
    const strict = provider({ leniencies: { opLetterCase: false } });
    const other = await made(strict, "/Users", user("ann"));
    failed(await strict.ask("PATCH", `/Users/${other}`, patch(off)), 400, "invalidSyntax");
  });

  it("names the attributes of a shared person that were kept, and the answer shows the true value", async () => {
    const scim = provider({ shared: ["name.familyName", "phoneNumbers[work].value"] });
    const id = await made(scim, "/Users", user("ann", { name: { familyName: "Lee" }, phoneNumbers: [{ type: "work", value: "1" }] }));
    const change = patch({ op: "replace", path: "name.familyName", value: "Roy" }, { op: "replace", path: "active", value: false });
    const answer = await scim.ask("PATCH", `/Users/${id}`, change);
    expect(answer).toMatchObject({ status: 200, body: { name: { familyName: "Lee" }, active: false } });
    const kept = (): unknown[] => scim.log.filter((entry) => entry.event === "kept").map((entry) => entry.detail);
    expect(kept()).toEqual(["name.familyName"]);
    await scim.ask("PUT", `/Users/${id}`, user("ann", { name: { familyName: "Roy" }, phoneNumbers: [{ type: "work", value: "2" }] }));
    expect(kept()).toEqual(["name.familyName", "name.familyName, phoneNumbers[work].value"]);
    await scim.ask("PATCH", `/Users/${id}?attributes=userName`, change);
    expect(kept()).toHaveLength(2);
  });
});
