/** The whole endpoint behind real servers, asked by a real client. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, describe, expect, it } from "vitest";
import { toFetch } from "../../templates/generated/protocol/fetch.js";
import { toNode } from "../../templates/generated/protocol/node.js";
import type { Handle } from "../../templates/generated/protocol/service.js";
import { groupUrn, userUrn } from "./fixtures.js";
import { provider } from "./provider.js";

type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function listening(listener: RequestListener): Promise<Ask> {
  server = createServer(listener);
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return (method, path, body, headers) => fetch(`http://127.0.0.1:${port}/scim/v2${path}`, init(method, body, headers));
}

function init(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  const text = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  return { method, headers: { authorization: "Bearer acme-token", "content-type": "application/scim+json", ...headers }, ...text };
}

const servers: readonly (readonly [string, (handle: Handle) => Promise<Ask>])[] = [
  ["node:http", (handle) => listening(toNode(handle))],
  ["Express 5", (handle) => listening(express().use("/scim/v2", toNode(handle)))],
  ["Express 5 at the root, behind express.json()", (handle) => listening(express().use(express.json({ type: ["json", "application/scim+json"], limit: "11mb" }), toNode(handle)))],
  [
    "Fetch",
    async (handle) => {
      const fetcher = toFetch(handle);
      return (method, path, body, headers) => fetcher(new Request(`https://app.example/scim/v2${path}`, init(method, body, headers)));
    },
  ],
];

describe.each(servers)("%s", (_, start) => {
  it("RFC 7644 3: a life from POST to DELETE", async () => {
    const ask = await start(provider().handle);
    const created = await ask("POST", "/Users", { schemas: [userUrn], userName: "Zoë+1", title: "Dr" });
    expect([created.status, created.headers.get("content-type")]).toEqual([201, "application/scim+json"]);
    const resource = (await created.json()) as { readonly id: string; readonly meta: { readonly location: string } };
    expect(created.headers.get("location")).toBe(resource.meta.location);
    const path = `/Users/${resource.id}`;

    const found = await ask("GET", `/Users?filter=${encodeURIComponent('userName eq "ZOË+1"')}`);
    expect(await found.json()).toMatchObject({ totalResults: 1, Resources: [resource] });
    expect(await (await ask("GET", path)).json()).toEqual(resource);
    const head = await ask("HEAD", path);
    expect([head.status, await head.text()]).toEqual([200, ""]);

    const patched = await ask("PATCH", path, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [{ op: "Replace", path: "active", value: "False" }] });
    expect([patched.status, await patched.json()]).toEqual([200, expect.objectContaining({ active: false })]);
    expect((await ask("PUT", path, { userName: "zoe" })).status).toBe(200);

    const group = (await (await ask("POST", "/Groups", { schemas: [groupUrn], displayName: "G" })).json()) as { readonly id: string };
    const added = await ask("PATCH", `/Groups/${group.id}`, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "add", path: "members", value: [{ value: resource.id }] }],
    });
    expect([added.status, await added.text()]).toEqual([204, ""]);

    expect((await ask("DELETE", path)).status).toBe(204);
    expect((await ask("GET", path)).status).toBe(404);
  });

  it("RFC 7644 3.12: errors in SCIM's own form", async () => {
    const ask = await start(provider().handle);
    const answers: readonly (readonly [number, Promise<Response>])[] = [
      [401, ask("GET", "/Users", undefined, { authorization: "Bearer x" })],
      [404, ask("GET", "/Users/none")],
      [405, ask("PUT", "/Users", {})],
      [501, ask("GET", "/Me")],
      [400, ask("GET", "/Users?filter=%C3%28")],
    ];
    for (const [status, answer] of answers) {
      const response = await answer;
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: String(status) });
    }
  });

  it("413 for 10 MB and one byte (scim-spec 18.11)", async () => {
    const ask = await start(provider().handle);
    const [open, close] = ['{"userName":"', '"}'];
    const body = (bytes: number): string => open + "x".repeat(bytes - open.length - close.length) + close;
    expect((await ask("POST", "/Users", body(10_000_001))).status).toBe(413);
    expect((await ask("POST", "/Users", body(10_000_000))).status).not.toBe(413);
  });
});
