/** What rules and hooks see of a body: never a password, whatever it is called and wherever a client puts it (RFC 7643 4.1.1). */
import { describe, expect, it, test } from "vitest";
import { resourceType } from "../../templates/generated/protocol/attributes.js";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { patchWithoutSecrets, withoutSecrets } from "../../templates/generated/protocol/secrets.js";
import { userMapping } from "./fixtures.js";

const type = resourceType(userMapping.type);
const core = "urn:ietf:params:scim:schemas:core:2.0:User";

test("a body without secrets is handed on as it is", () => {
  const body: JsonObject = { userName: "ann", name: { givenName: "Ann" }, unknown: [1] };
  expect(withoutSecrets(body, type)).toBe(body);
});

test.each(["password", "PassWord", `${core}:password`])("a resource is handed on without %s", (name) => {
  expect(withoutSecrets({ userName: "ann", [name]: "S3cret" }, type)).toEqual({ userName: "ann" });
});

describe("an operation of PATCH", () => {
  it.each<readonly [string, JsonObject]>([
    ["with a path", { op: "replace", path: "password", value: "S3cret" }],
    ["in other letters", { OP: "Replace", PATH: "PASSWORD", VALUE: "S3cret" }],
    ["by its URN", { op: "add", path: `${core}:password`, value: "S3cret" }],
    ["without a path", { op: "add", value: { password: "S3cret", title: "T" } }],
    ["that gives its value twice", { op: "add", path: "password", value: "x", Value: "S3cret" }],
    ["that gives its path twice", { op: "add", path: "title", Path: "password", value: "S3cret" }],
    ["with an object", { op: "add", path: "password", value: { value: "S3cret" } }],
    ["with a list", { op: "add", path: "password", value: ["S3cret"] }],
    ["of a whole schema", { op: "add", path: core, value: { password: "S3cret" } }],
  ])("%s", (_, operation) => {
    const text = JSON.stringify(patchWithoutSecrets({ schemas: [], Operations: [operation] }, type));
    expect(text).not.toContain("S3cret");
    expect(text.toLowerCase()).toContain(`"op":`);
  });

  it("of something else is handed on as it is", () => {
    const body = { Operations: [{ op: "add", path: "title", value: "T" }, { op: "remove", path: "title" }] };
    expect(patchWithoutSecrets(body, type)).toEqual(body);
  });
});
