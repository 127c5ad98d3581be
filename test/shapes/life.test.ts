/** The same life in hosts that do not resemble each other: generated, compiled strictly, served by node:http over PostgreSQL, and every row looked at. */
import { expect, test } from "vitest";
import { serve } from "../e2e/app.js";
import { compile, nodeNextEsm, ts70 } from "../host/configs.js";
import { entra, okta } from "./directory.js";
import { hosts, makeHost, openHost, tokenOf } from "./host.js";
import { wholeLife } from "./life.js";
import type { Resource } from "../e2e/app.js";
import type { Shape, ShapeTenant } from "./shape.js";
import { shapes } from "./shapes.js";

test("every shape is generated", { timeout: 120_000 }, async () => {
  for (const shape of shapes) expect((await makeHost(shape)).errors, shape.name).toEqual([]);
});

test("the generated code of all shapes, their mappings and what their hosts write compile under every strict flag", { timeout: 120_000 }, async () => {
  const files = shapes.flatMap(({ name }) => [`${name}/mount.ts`, `${name}/scim.config.ts`]);
  expect(await compile(ts70, nodeNextEsm, hosts, files, { "scim-gen": ["../../src/index.ts"] })).toBe("");
});

test.each(shapes)("$name lives: $about", { timeout: 60_000 }, async (shape) => {
  const host = await openHost(shape);
  const served = await serve();
  try {
    served.open(host.scim(served.baseUrl));
    const lives = shape.tenants.map((tenant, n) => ({ tenant, other: shape.tenants[1 - n] ?? tenant, directory: (n === 0 ? okta : entra)(served, { token: tokenOf(tenant) }) }));
    for (const { tenant, other, directory } of lives) {
      await wholeLife({ shape, tenant, other, directory, database: host.database, foreign: { user: await someoneOf(shape, other) } });
    }
  } finally {
    // First, for a failed step that is a 500 says nothing of why.
    expect.soft(host.errors).toEqual([]);
    await served.close();
    await host.close();
  }

  async function someoneOf({ users }: Shape, tenant: ShapeTenant): Promise<string | undefined> {
    if (tenant.id === null) return undefined;
    const answer = await served.ask({ token: tokenOf(tenant), method: "GET", path: `/Users?count=1${users.active === false ? "" : "&filter=active+eq+true"}` });
    return (answer.body as { readonly Resources: readonly Resource[] }).Resources[0]?.id;
  }
});
