/**
 * Rows that SCIM could not have made, as older code, scripts and imports leave them: the endpoint answers with the rest by a clear rule, never with
 * a 500, and a write of something else leaves them as they are.
 */
import { expect, test } from "vitest";
import { baseUrl, callerOf, idOf } from "../database/endpoint.js";
import type { Caller } from "../database/endpoint.js";
import { openHost, tokenOf } from "./host.js";
import { moved } from "./rows.js";
import { shapes } from "./shapes.js";

const cases = shapes.flatMap((shape) => (shape.bad ?? []).map((bad) => ({ shape, bad, title: `${shape.name}: ${bad.name}` })));

test.each(cases)("$title", { timeout: 60_000 }, async ({ shape, bad }) => {
  const host = await openHost(shape);
  const acme = callerOf(host.scim(baseUrl), tokenOf(shape.tenants[0]));
  try {
    const before = await listed(acme, shape.groups !== undefined);
    await host.database.run(bad.sql);
    const damaged = await host.database.all();

    // Listed with the rest, found, and read.
    expect(await listed(acme, shape.groups !== undefined)).toEqual(before);
    const [, type = "", id = ""] = bad.at.split("/");
    for (const filter of [`id eq "${id}"`, `not (userName eq "x")`, `active eq true or not (active eq true)`, `emails[type eq "work"]`, `members pr`]) {
      const answer = await acme.get(`/${type}?filter=${encodeURIComponent(filter)}`);
      expect(answer.status, `${filter}: ${answer.text}`).toBeOneOf([200, 400]);
    }
    const read = await acme.get(bad.at);
    expect(read.status, read.text).toBe(200);
    expect(read.body).toMatchObject(bad.shows);
    for (const attribute of bad.without ?? []) expect(read.body).not.toHaveProperty([attribute]);
    expect(moved(damaged, await host.database.all()), "nothing moves by being read").toEqual([]);

    // Put back as it was read, it stays as it is.
    const put = await acme.put(bad.at, read.body);
    expect(put.status, put.text).toBe(bad.incomplete === true ? 400 : 200);
    const settled = await host.database.all();
    expect(moved(damaged, settled), "moved by a PUT of what was read").toEqual(bad.settles ?? []);
    if (bad.change !== undefined) {
      const { path, value, moves } = bad.change;
      const patch = await acme.patch(bad.at, { op: "replace", path, value });
      expect(patch.status, patch.text).toBeOneOf([200, 204]);
      expect(moved(settled, await host.database.all())).toEqual([...moves].sort());
    }
    expect((await acme.delete(bad.at)).status).toBe(bad.isHeld === true ? 409 : 204);
    if (bad.isHeld === true) return;
    expect((await acme.get(bad.at)).status).toBe(404);
    expect(await listed(acme, shape.groups !== undefined)).toEqual(before.filter((each) => each !== bad.at));
  } finally {
    expect.soft(host.errors).toEqual([]);
    await host.close();
  }
});

async function listed(caller: Caller, hasGroups: boolean): Promise<readonly string[]> {
  const paths = async (type: string): Promise<readonly string[]> => (await caller.list(`/${type}?count=200`)).map((each) => `/${type}/${idOf(each)}`);
  return [...(await paths("Users")), ...(hasGroups ? await paths("Groups") : [])].sort();
}
