import { describe, expect, it } from "vitest";
import type { Mapping } from "../../templates/generated/protocol/mapping.js";
import { router } from "../../templates/generated/protocol/router.js";

const endpoints = ["/Users", "/Groups", "/users", "/Badges"].map((endpoint) => ({
  mapping: { type: { name: endpoint === "/Users" ? "User" : endpoint.slice(1), endpoint } } as unknown as Mapping,
}));
const route = router("https://app.example/api/scim/v2", endpoints, { bulk: false, me: false });

function ask(method: string, path: string): unknown {
  const found = route(method, path);
  if (found.operation === "refuse") return { status: found.error.status, ...found.error.headers };
  return "endpoint" in found ? { ...found, endpoint: found.endpoint.mapping.type.endpoint } : found;
}

describe("RFC 7644 3.2 endpoints and methods", () => {
  it.each([
    ["GET", "/Users", { operation: "list", endpoint: "/Users" }],
    ["HEAD", "/Users", { operation: "list", endpoint: "/Users" }],
    ["POST", "/Users", { operation: "create", endpoint: "/Users" }],
    ["GET", "/Users/", { operation: "list", endpoint: "/Users" }],
    ["GET", "/Groups/7", { operation: "get", endpoint: "/Groups", id: "7" }],
    ["HEAD", "/Groups/7", { operation: "get", endpoint: "/Groups", id: "7" }],
    ["GET", "/Groups/7/", { operation: "get", endpoint: "/Groups", id: "7" }],
    ["PUT", "/Groups/7", { operation: "replace", endpoint: "/Groups", id: "7" }],
    ["PATCH", "/Groups/7", { operation: "modify", endpoint: "/Groups", id: "7" }],
    ["DELETE", "/Groups/7", { operation: "remove", endpoint: "/Groups", id: "7" }],
    ["GET", "/Users/a%20b%2Fc%3Fd%C3%A9", { operation: "get", endpoint: "/Users", id: "a b/c?dé" }],
    ["GET", "/Users/a+b", { operation: "get", endpoint: "/Users", id: "a+b" }],
    ["GET", "/Users/constructor", { operation: "get", endpoint: "/Users", id: "constructor" }],
  ])("%s %s", (method, path, expected) => expect(ask(method, path)).toEqual(expected));

  it.each([
    ["exactly first", "/users", "/users"],
    ["then without letter case", "/BADGES", "/Badges"],
    ["percent-encoded", "/%42adges", "/Badges"],
  ])("finds an endpoint by name: %s", (_, path, endpoint) => expect(ask("GET", path)).toEqual({ operation: "list", endpoint }));

  it.each(["/api/scim/v2/Users/7", "/scim/v2/Users/7", "/v2/Users/7", "/Users/7"])("takes the base path, a tail of it, or none: %s", (path) =>
    expect(ask("GET", path)).toEqual({ operation: "get", endpoint: "/Users", id: "7" }),
  );

  it.each(["/api/scim/v2x/Users", "/scim/Users", "/api/Users", "//Users", "/Users/7/emails", "/Users//", "/Nothing", "/Nothing/7", "/constructor", "/__proto__", "/%", "/Me/x", "/Bulk/x"])(
    "404 for a path that is none: %s",
    (path) => expect(ask("GET", path)).toEqual({ status: 404 }),
  );

  it.each(["/Users/%", "/Users/%E9", "/Users/%zz"])("404 for an id that cannot be decoded: %s", (path) => expect(ask("GET", path)).toEqual({ status: 404 }));

  it.each([
    ["PUT", "/Users", "GET, HEAD, POST"],
    ["DELETE", "/Users/", "GET, HEAD, POST"],
    ["OPTIONS", "/Users", "GET, HEAD, POST"],
    ["get", "/Users", "GET, HEAD, POST"],
    ["constructor", "/Users", "GET, HEAD, POST"],
    ["POST", "/Users/7", "GET, HEAD, PUT, PATCH, DELETE"],
    ["POST", "/Schemas", "GET, HEAD"],
    ["PATCH", "/ServiceProviderConfig", "GET, HEAD"],
    ["DELETE", "/ResourceTypes/User", "GET, HEAD"],
    ["GET", "/Bulk", "POST"],
    ["GET", "/.search", "POST"],
    ["GET", "/Users/.search", "POST"],
    ["POST", "/", "GET, HEAD"],
  ])("405 with Allow: %s %s", (method, path, allow) => expect(ask(method, path)).toEqual({ status: 405, Allow: allow }));
});

describe("RFC 7644 3.12 501 for what is not offered", () => {
  it.each([
    ["GET", "/Me"],
    ["PATCH", "/me"],
    ["DELETE", "/Me/"],
    ["POST", "/Bulk"],
  ])("%s %s", (method, path) => expect(ask(method, path)).toEqual({ status: 501 }));
});

describe("RFC 7644 3.4.2.1, 3.4.3 queries over all types and by a body", () => {
  it.each([
    ["GET", "/", "listAll"],
    ["HEAD", "", "listAll"],
    ["GET", "/api/scim/v2", "listAll"],
    ["GET", "/api/scim/v2/", "listAll"],
    ["POST", "/.search", "searchAll"],
    ["POST", "/api/scim/v2/.search", "searchAll"],
    ["POST", "/Users/.search", "search"],
  ])("%s %s is %s", (method, path, operation) => expect(ask(method, path)).toMatchObject({ operation }));
});

describe("RFC 7644 4 discovery", () => {
  const urn = "urn:ietf:params:scim:schemas:core:2.0:User";
  it.each([
    ["/ServiceProviderConfig", "ServiceProviderConfig", undefined],
    ["/serviceproviderconfig/", "ServiceProviderConfig", undefined],
    ["/ResourceTypes", "ResourceTypes", undefined],
    ["/ResourceTypes/User", "ResourceTypes", "User"],
    ["/Schemas", "Schemas", undefined],
    [`/Schemas/${urn}`, "Schemas", urn],
    [`/Schemas/${encodeURIComponent(urn)}`, "Schemas", urn],
    ["/scim/v2/Schemas/urn:example:a/b:2.0", "Schemas", "urn:example:a/b:2.0"],
  ])("%s", (path, kind, name) => expect(ask("GET", path)).toEqual({ operation: "discover", kind, name }));

  it.each(["/Schemas/%", "/ServiceProviderConfig/1"])("404: %s", (path) => expect(ask("GET", path)).toEqual({ status: 404 }));
});
