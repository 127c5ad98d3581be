import { describe, expect, it } from "vitest";
import { provider, type Answer, type Provider } from "./provider.js";

const core = "urn:ietf:params:scim:schemas:core:2.0:";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const user = (userName: string, more: object = {}) => ({ schemas: [`${core}User`], userName, ...more });
const group = (displayName: string, ...members: readonly string[]) => ({ schemas: [`${core}Group`], displayName, members: members.map((value) => ({ value })) });
const post = (bulkId: string, path: string, data: unknown) => ({ method: "POST", path, bulkId, data });
const patch = (...Operations: readonly unknown[]) => ({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations });

interface Result {
  readonly method?: string;
  readonly bulkId?: string;
  readonly location?: string;
  readonly version?: string;
  readonly status: string;
  readonly response?: { readonly scimType?: string; readonly detail?: string };
}

async function bulk(given: Provider, operations: readonly unknown[], more: object = {}): Promise<readonly Result[]> {
  const { status, body, text } = await given.ask("POST", "/Bulk", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations: operations, ...more });
  expect(status, text).toBe(200);
  expect(body["schemas"]).toEqual(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]);
  return body["Operations"] as readonly Result[];
}

const statuses = (results: readonly Result[]): readonly string[] => results.map(({ status }) => status);
const idIn = ({ location = "" }: Result): string => location.slice(location.lastIndexOf("/") + 1);
const membersOf = ({ body }: Answer): readonly string[] => ((body["members"] ?? []) as readonly { readonly value: string }[]).map(({ value }) => value).sort();

async function read(given: Provider, result: Result | undefined): Promise<Answer> {
  const path = new URL(result?.location ?? "").pathname;
  return given.ask("GET", path);
}

describe("bulk (RFC 7644 3.7)", () => {
  it("a path that is a whole URL of another host means this endpoint, and the answer names this one", async () => {
    const results = await bulk(provider(), [{ method: "DELETE", path: "https://elsewhere.example/scim/v2/Users/nobody?x=1" }]);
    expect(results).toMatchObject([{ status: "404", location: "https://app.example/scim/v2/Users/nobody" }]);
  });

  it("thousands of references in circles cost no more than their number", { timeout: 20_000 }, async () => {
    const given = provider();
    const count = 120;
    const each = (n: number) => post(`g${String(n)}`, "/Groups", group(`g${String(n)}`, ...Array.from({ length: count }, (_, other) => `bulkId:g${String(other)}`)));
    const start = performance.now();
    const results = await bulk(given, Array.from({ length: count }, (_, n) => each(n)));
    const members = Array.from({ length: 30_000 }, () => "bulkId:self");
    await bulk(given, [post("self", "/Groups", group("self", ...members))]);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(new Set(statuses(results))).toEqual(new Set(["201"]));
  });

  it("each operation with its own status, in the order of the request", async () => {
    const given = provider();
    const [ann] = await bulk(given, [post("a", "/Users", user("ann@example.com"))]);
    const url = `/Users/${idIn(ann ?? { status: "" })}`;
    const results = await bulk(given, [
      { method: "PUT", path: url, data: user("ann@example.com", { title: "alto" }) },
      { method: "PATCH", path: url, data: patch({ op: "replace", path: "title", value: "bass" }) },
      post("b", "/Users", user("bob@example.com")),
      post("twin", "/Users", user("ANN@example.com")),
      { method: "DELETE", path: "/Users/nobody" },
      { method: "DELETE", path: url },
    ]);
    expect(results.map(({ method, status }) => `${String(method)} ${status}`)).toEqual(["PUT 200", "PATCH 200", "POST 201", "POST 409", "DELETE 404", "DELETE 204"]);
    expect(results[2]).toMatchObject({ bulkId: "b", location: expect.stringMatching(/^https:\/\/app\.example\/scim\/v2\/Users\/./) as unknown, version: expect.stringMatching(/^W\//) as unknown });
    expect(results[3]).toMatchObject({ bulkId: "twin", response: { status: "409", scimType: "uniqueness", schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"] } });
    expect(results[3]).not.toHaveProperty("location");
    expect(results[0]).not.toHaveProperty("response");
    expect(results[4]?.location).toBe("https://app.example/scim/v2/Users/nobody");
  });

  it("a result names method, location, status, bulkId, version and response, and repeats no path or data", async () => {
    const results = await bulk(provider(), [post("a", "/Users", user("ann@example.com")), post("b", "/Users", user("ann@example.com")), { method: "DELETE", path: "/Users/nobody" }]);
    expect(results.map((each) => Object.keys(each).sort().join(" "))).toEqual(["bulkId location method status version", "bulkId method response status", "location method response status"]);
  });

  it.each([
    [1, ["409"]],
    [2, ["409", "201", "404"]],
    [3, ["409", "201", "404", "201"]],
  ])("stops after failOnErrors: %i", async (failOnErrors, wanted) => {
    const given = provider();
    await bulk(given, [post("a", "/Users", user("ann@example.com"))]);
    const operations = [post("x", "/Users", user("ann@example.com")), post("y", "/Users", user("y@example.com")), { method: "DELETE", path: "/Users/nobody" }, post("z", "/Users", user("z@example.com"))];
    expect(statuses(await bulk(given, operations, { failOnErrors }))).toEqual(wanted);
  });

  it.each([
    ["no operations", {}, 400, "invalidSyntax"],
    ["operations that are no array", { Operations: {} }, 400, "invalidSyntax"],
    ["failOnErrors that is no number", { Operations: [], failOnErrors: "1" }, 400, "invalidValue"],
    ["another message", { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [] }, 400, "invalidSyntax"],
  ])("%s is refused as a whole", async (_, body, status, scimType) => {
    const answer = await provider().ask("POST", "/Bulk", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], ...body });
    expect([answer.status, answer.body["scimType"]]).toEqual([status, scimType]);
  });

  it.each([
    ["a POST without bulkId", { method: "POST", path: "/Users", data: user("a@example.com") }],
    ["GET", { method: "GET", path: "/Users/1" }],
    ["no path", { method: "DELETE" }],
    ["data that is no object", { method: "PUT", path: "/Users/1", data: "x" }],
    ["no operation", "x"],
    ["another bulk request", post("a", "/Bulk", {})],
    ["a search", post("a", "/Users/.search", {})],
  ])("%s is 400 for that operation alone", async (_, operation) => {
    expect(statuses(await bulk(provider(), [operation, post("b", "/Users", user("b@example.com"))]))).toEqual(["400", "201"]);
  });

  it("413 names the limit that is exceeded (RFC 7644 3.7.4)", async () => {
    const given = provider({ limits: { bulkOperations: 2, bulkBytes: 100_000 } });
    const operations = [1, 2, 3].map((each) => post(String(each), "/Users", user(`${String(each)}@example.com`)));
    const many = await given.ask("POST", "/Bulk", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations: operations });
    expect([many.status, many.body["detail"]]).toEqual([413, expect.stringContaining("maxOperations")]);
    expect((await given.ask("GET", "/ServiceProviderConfig")).body["bulk"]).toEqual({ supported: true, maxOperations: 2, maxPayloadSize: 100_000 });
  });

  it("version is the If-Match of its operation (RFC 7644 3.14)", async () => {
    const given = provider();
    const [ann] = await bulk(given, [post("a", "/Users", user("ann@example.com"))]);
    const path = `/Users/${idIn(ann ?? { status: "" })}`;
    const data = patch({ op: "replace", path: "title", value: "bass" });
    const results = await bulk(given, [
      { method: "PATCH", path, data, version: ann?.version },
      { method: "PATCH", path, data: patch({ op: "replace", path: "title", value: "alto" }), version: ann?.version },
    ]);
    expect(statuses(results)).toEqual(["200", "412"]);
    expect(results[0]?.version).not.toBe(ann?.version);
  });
});

describe("bulkId (RFC 7644 3.7.2)", () => {
  it.each([
    ["before", (maker: unknown, group: unknown) => [maker, group]],
    ["behind", (maker: unknown, group: unknown) => [group, maker]],
  ])("of an operation that stands %s", async (_, order) => {
    const given = provider();
    const results = await bulk(given, order(post("ann", "/Users", user("ann@example.com")), post("altos", "/Groups", group("Altos", "bulkId:ann"))));
    expect(statuses(results)).toEqual(["201", "201"]);
    const [ann, altos] = ["ann", "altos"].map((id) => results.find(({ bulkId }) => bulkId === id));
    expect(membersOf(await read(given, altos))).toEqual([idIn(ann ?? { status: "" })]);
  });

  it("in a path, in a filter of a path and in a reference of an extension", async () => {
    const given = provider();
    const results = await bulk(given, [
      post("boss", "/Users", user("boss@example.com")),
      post("ann", "/Users", user("ann@example.com", { [enterprise]: { manager: { value: "bulkId:boss" } } })),
      post("altos", "/Groups", group("Altos", "bulkId:ann", "bulkId:boss")),
      { method: "PATCH", path: "/Groups/bulkId:altos", data: patch({ op: "remove", path: 'members[value eq "bulkId:boss"]' }) },
    ]);
    expect(statuses(results).slice(0, 3)).toEqual(["201", "201", "201"]);
    expect(Number(results[3]?.status)).toBeLessThan(300);
    const [boss, ann, altos] = results;
    expect(membersOf(await read(given, altos))).toEqual([idIn(ann ?? { status: "" })]);
    expect((await read(given, ann)).body[enterprise]).toMatchObject({ manager: { value: idIn(boss ?? { status: "" }) } });
  });

  it("in a circle: each is made, and what it says of the other is added (3.7.1)", async () => {
    const given = provider();
    const results = await bulk(given, [
      post("a", "/Users", user("a@example.com", { [enterprise]: { department: "x", manager: { value: "bulkId:b" } } })),
      post("b", "/Users", user("b@example.com", { [enterprise]: { manager: { value: "bulkId:a" } } })),
      post("self", "/Users", user("self@example.com", { [enterprise]: { manager: { value: "bulkId:self" } } })),
    ]);
    expect(statuses(results)).toEqual(["201", "201", "201"]);
    const [a, b, self] = results;
    for (const [one, other] of [[a, b], [b, a], [self, self]]) {
      expect((await read(given, one)).body[enterprise]).toMatchObject({ manager: { value: idIn(other ?? { status: "" }) } });
    }
    expect((await read(given, a)).body[enterprise]).toMatchObject({ department: "x" });
    // The one that was completed later is another version than the one that was made.
    for (const each of results) expect(each.version).toBe((await read(given, each)).headers["ETag"]);
  });

  it("in a circle of groups, whose PATCH tells no version: none rather than one that is no more", async () => {
    const given = provider();
    const [one, other] = await bulk(given, [post("one", "/Groups", group("One", "bulkId:other")), post("other", "/Groups", group("Other", "bulkId:one"))]);
    expect(statuses([one, other].flatMap((each) => each ?? []))).toEqual(["201", "201"]);
    for (const each of [one, other]) expect([undefined, (await read(given, each)).headers["ETag"]]).toContain(each?.version);
  });

  it("of no operation is 400, of one that failed 409, and of one that stands twice 400, each for the operation alone", async () => {
    const given = provider();
    await bulk(given, [post("x", "/Users", user("ann@example.com"))]);
    const results = await bulk(given, [
      post("g1", "/Groups", group("One", "bulkId:nobody")),
      post("g2", "/Groups", group("Two", "bulkId:twin")),
      post("twin", "/Users", user("ann@example.com")),
      post("twin", "/Users", user("other@example.com")),
      post("g3", "/Groups", group("Three")),
    ]);
    expect(results.map(({ status, response }) => [status, response?.scimType])).toEqual([["400", "invalidValue"], ["409", undefined], ["409", "uniqueness"], ["400", "invalidValue"], ["201", undefined]]);
  });

  it("in the base URL's own words: a path may repeat all or some of it (3.7)", async () => {
    const given = provider();
    const [ann] = await bulk(given, [post("a", "/Users", user("ann@example.com"))]);
    const location = ann?.location ?? "";
    const results = await bulk(given, [
      { method: "PATCH", path: location, data: patch({ op: "add", path: "title", value: "alto" }) },
      { method: "PATCH", path: new URL(location).pathname, data: patch({ op: "add", path: "title", value: "bass" }) },
      { method: "PATCH", path: location.slice("https://app.example/scim/v2/".length), data: patch({ op: "add", path: "title", value: "tenor" }) },
      post("b", "https://app.example/scim/v2/Users", user("bob@example.com")),
    ]);
    expect(results.map(({ status, response }) => [status, response?.scimType])).toEqual([...Array.from({ length: 3 }, () => ["200", undefined]), ["201", undefined]]);
    expect(results.slice(0, 3).map((each) => each.location)).toEqual([location, location, location]);
    expect((await given.ask("GET", "/Users")).body["totalResults"]).toBe(2);
  });

  it("a text that only looks like one is left alone", async () => {
    const given = provider();
    const [ann] = await bulk(given, [post("ann", "/Users", user("ann@example.com", { title: "the bulkId: of things" }))]);
    expect((await read(given, ann)).body["title"]).toBe("the bulkId: of things");
  });
});

describe("/Me (RFC 7644 3.11)", () => {
  it("is the user's own resource, and the answer says where that is", async () => {
    let id = "";
    const given = provider({ me: () => id });
    id = String((await given.ask("POST", "/Users", user("ann@example.com"))).body["id"]);
    const location = `https://app.example/scim/v2/Users/${id}`;
    const answer = await given.ask("GET", "/Me");
    expect([answer.status, answer.headers["Location"], answer.body["userName"]]).toEqual([200, location, "ann@example.com"]);
    expect((await given.ask("PATCH", "/Me", patch({ op: "replace", path: "title", value: "bass" }))).body).toMatchObject({ title: "bass" });
    expect((await given.ask("GET", "/Me?attributes=title")).body).not.toHaveProperty("userName");
    expect((await given.ask("POST", "/Me", user("x@example.com"))).status).toBe(501);
    expect((await given.ask("DELETE", "/Me")).status).toBe(204);
    expect((await given.ask("GET", "/Me")).status).toBe(404);
  });

  it("is 404 where the credentials stand for no user, and 501 where the host says nothing of it", async () => {
    expect((await provider({ me: () => null }).ask("GET", "/Me")).status).toBe(404);
    expect((await provider().ask("GET", "/Me")).status).toBe(501);
  });
});
