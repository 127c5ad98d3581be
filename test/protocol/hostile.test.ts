/** What a hostile client orders with few bytes: work, lines of a log, names of JavaScript's own (RFC 7644 7). */
import { describe, expect, it } from "vitest";
import { resourceType } from "../../templates/generated/protocol/attributes.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import { apart, operationsApart } from "../../templates/generated/protocol/others.js";
import { userMapping } from "./fixtures.js";
import { edit, plan } from "./patching.js";
import { provider } from "./provider.js";

const user = (userName: string, more: object = {}): object => ({ userName, ...more });
const emails = (count: number, from = 0): { readonly value: string }[] => Array.from({ length: count }, (_, n) => ({ value: `a${String(from + n)}@x.example` }));

describe("the log", () => {
  it("a name that a client made up cannot begin a line of its own, nor hide one", async () => {
    const given = provider();
    const name = 'x\r\n{"event":"request","status":200}\u001b[2K\u2028\u202e\u0085';
    expect((await given.ask("POST", "/Users", user("ann", { [name]: 1 }))).status).toBe(201);
    await given.ask("GET", "/Users/x\ny");
    const texts = given.log.flatMap(({ method, path, detail }) => [method, path, detail ?? ""]);
    expect(texts.join(" ")).toContain(String.raw`unknownAttributes: x\u000d\u000a{"event":"request","status":200}\u001b[2K\u2028\u202e\u0085`);
    for (const text of texts) expect(text).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  });

  it("a body of ten thousand unknown names is no ten thousand lines", async () => {
    const given = provider();
    const names = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`unknown${String(n)}`, 1]));
    expect((await given.ask("POST", "/Users", user("ann", names))).status).toBe(201);
    expect(given.log.length).toBeLessThan(100);
  });
});

describe("attributes that no schema knows, where they are kept", () => {
  const type = resourceType(userMapping.type);
  const many = (count: number, name: string): Record<string, number> => Object.fromEntries(Array.from({ length: count }, (_, n) => [`${name}${String(n)}`, 1]));

  it("more of them in one PATCH than it may hold operations are 400 at once", () => {
    expect(() => operationsApart([{ op: "add", path: undefined, value: many(50_000, "odd") }], type, defaultLimits)).toThrow(/too many/);
  });

  it("a body of as many URNs in schemas is read in their number", () => {
    const least = (count: number): number => {
      const urns = many(count, "urn:example:x:");
      const runs = Array.from({ length: 3 }, () => {
        const start = performance.now();
        expect(apart({ ...urns, schemas: Object.keys(urns).reverse() }, type).known).toEqual({ schemas: [] });
        return performance.now() - start;
      });
      return Math.min(...runs);
    };
    least(3_000);
    // Ten times as many; by pairs it would be a hundred times the work.
    expect(least(30_000) / least(3_000)).toBeLessThan(50);
  });
});

it("the usual limits leave room for what identity providers send (scim-spec 18.11)", () => {
  const { patchOperations, elements, bulkOperations, pageMax, filterTerms, bodyBytes } = defaultLimits;
  const room: readonly (readonly [limit: number, least: number])[] = [[patchOperations, 1_000], [elements, 5_000], [bulkOperations, 1_000], [pageMax, 200], [filterTerms, 100], [bodyBytes, 10_000_000]];
  for (const [limit, least] of room) expect(limit).toBeGreaterThanOrEqual(least);
});

describe("long lists", () => {
  const most = defaultLimits.values;

  it("more values than the limit are 400 in POST and PATCH, members are not counted among them", async () => {
    const given = provider();
    const refused = { status: 400, body: { scimType: "invalidValue", detail: `emails has more than ${String(most)} elements.` } };
    expect(await given.ask("POST", "/Users", user("ann", { emails: emails(most + 1) }))).toMatchObject(refused);
    const made = await given.ask("POST", "/Users", user("ann", { emails: emails(most) }));
    expect(made.status).toBe(201);
    const patch = (...Operations: object[]): Promise<unknown> => given.ask("PATCH", `/Users/${String(made.body["id"])}`, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations });
    expect(await patch({ op: "add", path: "emails", value: emails(1, most) })).toMatchObject(refused);
    expect(await patch({ op: "remove", path: 'emails[value eq "a0@x.example"]' }, { op: "add", path: "emails", value: emails(1, most) })).toMatchObject({ status: 200 });
    const members = Array.from({ length: most + 1 }, (_, n) => ({ value: String(n) }));
    const { body } = await given.ask("POST", "/Groups", { displayName: "all", members });
    expect(String(body["detail"])).not.toContain("more than");
  });

  it("what the host itself has stored beyond the limit can be made less, and not more", () => {
    const now = { id: "1", emails: emails(most + 10) };
    const left = edit([{ op: "remove", path: 'emails[value eq "a0@x.example"]' }], now) as { readonly emails: readonly object[] };
    expect(left.emails).toHaveLength(most + 9);
    expect(edit([{ op: "add", path: "emails", value: emails(1, 5_000) }], now)).toMatchObject({ status: 400, scimType: "invalidValue" });
  });

  it("operations that would look at every element again and again are 400", () => {
    const terms = Array.from({ length: 200 }, (_, n) => `value eq "no${String(n)}"`).join(" or ");
    const operations = Array.from({ length: 400 }, () => ({ op: "remove", path: `emails[${terms}]` }));
    const change = plan(operations);
    expect(() => change.kind === "edit" && change.apply({ id: "1", emails: emails(most) })).toThrow(/too many/);
  });
});
