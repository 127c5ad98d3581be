/** Okta's and Entra ID's lives through every mount that the README names. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acmeTenant, error, globexTenant, nodeMount, otherMounts, startApp } from "./app.js";
import type { App } from "./app.js";
import { entraUserLife } from "./entra.js";
import { specimenGround } from "./grounds.js";
import { Okta, oktaGroupLife, oktaUserLife } from "./okta.js";

describe.each([nodeMount, ...otherMounts])("$name", (mount) => {
  let app: App;
  beforeAll(async () => {
    app = await startApp(mount);
  });
  afterAll(() => app.close());

  test("Okta's user", () => oktaUserLife(specimenGround(app, acmeTenant)));
  test("Okta's group", () => oktaGroupLife(specimenGround(app, globexTenant)));
  test("Entra ID's user", () => entraUserLife(specimenGround(app, globexTenant)));

  test("an unknown path below the mount is SCIM's 404, to whom may come in", async () => {
    expect(await new Okta(app, acmeTenant).get("/Nothing")).toMatchObject({ status: 404, body: error(404) });
    expect(await app.ask({ token: "nobody", method: "GET", path: "/Nothing" })).toMatchObject({ status: 401, body: error(401) });
  });
});
