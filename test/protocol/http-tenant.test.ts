import { describe, expect, it } from "vitest";
import type { Auth } from "../../templates/generated/protocol/engine.js";
import { provider } from "./provider.js";

describe("RFC 7644 6: no tenant, no query", () => {
  const wrong: readonly (readonly [string, unknown])[] = [
    ["no tenant", {}],
    ["a tenant of undefined", { tenant: undefined }],
    ["a tenant of null", { tenant: null }],
    ["an empty tenant", { tenant: "" }],
    ["a tenant that is no number", { tenant: NaN }],
    ["an object for a tenant", { tenant: { not: "" } }],
  ];
  it.each(wrong)("authenticate that gives %s answers 503 and reaches no row", async (_name, auth) => {
    const { ask, errors, memory } = provider({ authenticate: () => auth as Auth<string> });
    const answer = await ask("GET", "/Users");
    expect(answer.status).toBe(503);
    expect(errors).toHaveLength(1);
    expect(memory.calls).toHaveLength(0);
  });

  it.each([["none", {}], ["null", { tenant: null }]])("a product without tenants is asked by callers whose tenant is %s", async (_name, auth) => {
    const { ask } = provider({ withoutTenants: true, authenticate: () => auth });
    expect((await ask("GET", "/Users")).status).toBe(200);
  });

  it("a product without tenants whose authenticate names one answers 503: its host believes that rows are kept apart", async () => {
    const { ask, memory } = provider({ withoutTenants: true, authenticate: () => ({ tenant: "acme" }) });
    expect((await ask("GET", "/Users")).status).toBe(503);
    expect(memory.calls).toHaveLength(0);
  });

  it("authenticate that gives undefined answers 401", async () => {
    const { ask } = provider({ authenticate: () => undefined as unknown as null });
    expect((await ask("GET", "/Users")).status).toBe(401);
  });
});
