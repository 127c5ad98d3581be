/** Golden `version-counted`: `meta.version` names a column that counts the writes (RFC 7644 3.14). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"one">;
beforeAll(async () => {
  host = await openKind("version-counted", { tenants: { one: "one" }, seed: `CREATE UNIQUE INDEX account_email_lower ON "Account" ("workspaceId", lower(email))` });
});
afterAll(() => host.close());

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const versionOf = (meta: unknown): unknown => (meta as { readonly version?: string }).version;

test("each write that changes something raises it by one, and none that does not", async () => {
  const { one } = host.tenants;
  const made = await one.make("/Users", { schemas: [core], userName: "ann@example.com" });
  const path = `/Users/${String(made["id"])}`;
  expect(versionOf(made["meta"])).toBe('W/"0"');
  const steps = [
    [await one.patch(path, { op: "replace", path: "active", value: false }), 'W/"1"'],
    [await one.patch(path, { op: "replace", path: "active", value: false }), 'W/"1"'],
    [await one.patch(path, { op: "replace", path: "active", value: true }, { op: "replace", path: "displayName", value: "Ann" }), 'W/"2"'],
    [await one.request("PUT", path, { schemas: [core], userName: "ann@example.com", displayName: "Ann Lee" }), 'W/"3"'],
    [await one.request("PUT", path, { schemas: [core], userName: "ann@example.com", displayName: "Ann Lee" }), 'W/"3"'],
    // The version is known without the rest of the resource.
    [await one.request("GET", `${path}?attributes=displayName,meta`), 'W/"3"'],
  ] as const;
  expect(steps.map(([{ status, body }]) => [status, versionOf(body["meta"])])).toEqual(steps.map(([, version]) => [200, version]));
  expect(await host.rows(`SELECT revision FROM "Account"`)).toEqual([{ revision: 3 }]);
});
