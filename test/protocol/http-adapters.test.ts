/** The adapters alone, over real sockets: a handle that says what reached it. */
import { createServer, request as send, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import express from "express";
import { afterEach, describe, expect, it } from "vitest";
import { refusal } from "../../templates/generated/protocol/answer.js";
import { byteLength } from "../../templates/generated/protocol/bytes.js";
import type { ScimRequest, ScimResponse } from "../../templates/generated/protocol/engine.js";
import { ScimError } from "../../templates/generated/protocol/error.js";
import { toFetch } from "../../templates/generated/protocol/fetch.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import { toNode } from "../../templates/generated/protocol/node.js";

const limits = { ...defaultLimits, bodyBytes: 200_000 };
let failures: unknown[] = [];

async function echo(request: ScimRequest): Promise<ScimResponse> {
  const { method, path, query } = request;
  try {
    const reads = ["POST", "PUT", "PATCH"].includes(method);
    const body = JSON.stringify({ method, path, query, tenant: request.header("x-tenant"), body: reads ? await request.body(limits) : undefined });
    const headers = { "Content-Type": "application/scim+json" };
    if (method === "DELETE") return { status: 204, headers: {}, body: undefined };
    return method === "HEAD" ? { status: 200, headers: { ...headers, "Content-Length": String(byteLength(body)) }, body: undefined } : { status: 200, headers, body };
  } catch (error) {
    failures.push(error);
    return refusal(error instanceof ScimError ? error : new ScimError(500, "no"));
  }
}

const node = toNode(echo);
let server: Server | undefined;

afterEach(() => {
  failures = [];
  server?.closeAllConnections();
  server?.close();
});

async function listen(listener: RequestListener): Promise<number> {
  server = createServer(listener);
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

interface Got {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

function call(port: number, method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    let got: Got | undefined;
    const sent = send({ port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => (got = { status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() }));
    });
    sent.on("error", reject);
    // Both sides are done: an answer may be there before the body is sent.
    sent.on("close", () => (got ? resolve(got) : reject(new Error("no answer"))));
    sent.end(body);
  });
}

const json = { "content-type": "application/scim+json" };

const mounts: readonly (readonly [string, () => RequestListener])[] = [
  ["node:http", () => node],
  ["Express 5", () => express().use("/scim/v2", node)],
  ["Express 5 with express.json() for other types", () => express().use(express.json()).use("/scim/v2", node)],
  ["Express 5 with express.json() for this type", () => express().use(express.json({ type: "application/scim+json", limit: "1mb" })).use("/scim/v2", node)],
  ["Express 5 with express.text()", () => express().use(express.text({ type: "*/*", limit: "1mb" })).use("/scim/v2", node)],
  ["Express 5 with express.raw()", () => express().use(express.raw({ type: "*/*", limit: "1mb" })).use("/scim/v2", node)],
];

describe.each(mounts)("%s", (_, mount) => {
  it("hands over method, path, query, headers and body (RFC 9110 6)", async () => {
    const port = await listen(mount());
    const body = JSON.stringify({ name: "Zoë 💡" });
    const got = await call(port, "POST", "/scim/v2/Users/a%2Fb?filter=a%20b&x", body, { ...json, "X-Tenant": "acme" });
    expect(JSON.parse(got.text)).toEqual({ method: "POST", path: "/scim/v2/Users/a%2Fb", query: "filter=a%20b&x", tenant: "acme", body });
    expect(got.headers["content-type"]).toBe("application/scim+json");
    expect(got.headers["content-length"]).toBe(String(Buffer.byteLength(got.text)));
  });

  it("takes an empty body", async () => {
    const got = await call(await listen(mount()), "POST", "/scim/v2/Users", undefined, json);
    expect(["", "{}"]).toContain((JSON.parse(got.text) as { body: string }).body);
  });

  it("answers HEAD with the headers of GET and no body (RFC 9110 9.3.2)", async () => {
    const port = await listen(mount());
    const get = await call(port, "GET", "/scim/v2/Users?q=%C3%A9");
    const head = await call(port, "HEAD", "/scim/v2/Users?q=%C3%A9");
    expect(head.text).toBe("");
    expect(Number(head.headers["content-length"])).toBe(Number(get.headers["content-length"]) + 1);
    expect(head.headers["content-type"]).toBe(get.headers["content-type"]);
  });

  it("answers 204 without length or type", async () => {
    const got = await call(await listen(mount()), "DELETE", "/scim/v2/Users/1");
    expect([got.status, got.text, got.headers["content-length"], got.headers["content-type"]]).toEqual([204, "", undefined, undefined]);
  });

  it("413 for a body over the limit, heard by a client that is still sending (RFC 9110 15.5.14)", async () => {
    const port = await listen(mount());
    const got = await call(port, "POST", "/scim/v2/Users", JSON.stringify(["x".repeat(900_000)]), json);
    expect(got.status).toBe(413);
    expect((JSON.parse(got.text) as { detail: string }).detail).toContain("200000 bytes");
  });
});

describe("bodies over node:http", () => {
  it.each(["keep-alive", "close"])("413 for 20 MB that come in chunks and say no length, connection: %s (RFC 9112 9.6)", async (connection) => {
    const port = await listen(node);
    const got = await call(port, "POST", "/Users", Buffer.alloc(20_000_000, 0x20), { ...json, connection, "transfer-encoding": "chunked" });
    expect(got.status).toBe(413);
  });

  it.each(["keep-alive", "close"])("413 for 20 MB that say their length, connection: %s", async (connection) => {
    const port = await listen(node);
    const got = await call(port, "POST", "/Users", Buffer.alloc(20_000_000, 0x20), { ...json, connection });
    expect(got.status).toBe(413);
  });

  it.each(["keep-alive", "close"])("an answer that needs no body waits for 20 MB of it, connection: %s", async (connection) => {
    const port = await listen(toNode(async () => refusal(new ScimError(401, "no"))));
    expect((await call(port, "POST", "/Users", Buffer.alloc(20_000_000, 0x20), { ...json, connection })).status).toBe(401);
    expect((await call(port, "DELETE", "/Users", undefined, { connection })).status).toBe(401);
  });

  it("takes a body of exactly the limit, and not one byte more", async () => {
    const port = await listen(node);
    expect((await call(port, "POST", "/Users", Buffer.alloc(200_000, 0x20), json)).status).toBe(200);
    expect((await call(port, "POST", "/Users", Buffer.alloc(200_001, 0x20), json)).status).toBe(413);
  });

  it("400 for bytes that are not UTF-8 (RFC 7644 8.1)", async () => {
    const got = await call(await listen(node), "POST", "/Users", Buffer.from([0x22, 0xe9, 0x22]), json);
    expect(got.status).toBe(400);
    expect(got.text).toContain("invalidSyntax");
  });

  it("keeps characters that two chunks share", async () => {
    const port = await listen(node);
    const bytes = Buffer.from('"💡"');
    const text = await new Promise<string>((resolve) => {
      const sent = send({ port, method: "PUT", path: "/Users/1", headers: json }, (response) => {
        let all = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (all += chunk)).on("end", () => resolve(all));
      });
      sent.write(bytes.subarray(0, 3));
      setTimeout(() => sent.end(bytes.subarray(3)), 20);
    });
    expect(JSON.parse(text)).toMatchObject({ body: '"💡"' });
  });

  it("415 for a compressed body (RFC 9110 8.4)", async () => {
    const got = await call(await listen(node), "POST", "/Users", "x", { ...json, "content-encoding": "gzip" });
    expect(got.status).toBe(415);
  });

  it("takes an absolute request target (RFC 9112 3.2.2)", async () => {
    const got = await call(await listen(node), "GET", "http://evil.example/scim/v2/Users?a=b");
    expect(JSON.parse(got.text)).toMatchObject({ path: "/scim/v2/Users", query: "a=b" });
  });

  it("lives on when a client goes away in the middle of its body", async () => {
    const port = await listen(node);
    await new Promise<void>((done) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write("POST /Users HTTP/1.1\r\nHost: x\r\nContent-Type: application/scim+json\r\nContent-Length: 100\r\n\r\n{");
        setTimeout(() => socket.destroy(), 30);
      });
      socket.on("close", () => setTimeout(done, 50));
    });
    expect(failures).toMatchObject([{ status: 400 }]);
    expect((await call(port, "GET", "/Users")).status).toBe(200);
  });

  it("does not wait for ever for a body whose client went before it was asked for", async () => {
    const late = toNode(async (request) => {
      await new Promise((done) => setTimeout(done, 80));
      return echo(request);
    });
    const port = await listen(late);
    await new Promise<void>((done) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write("POST /Users HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
        setTimeout(() => socket.destroy(), 20);
      });
      socket.on("close", () => setTimeout(done, 150));
    });
    expect(failures).toMatchObject([{ status: 400 }]);
  });

  it("answers 500, and lives on, when an answer cannot be written", async () => {
    const port = await listen(toNode(async () => ({ status: 201, headers: { Location: "a\r\nb" }, body: "{}" })));
    expect(await call(port, "GET", "/Users")).toMatchObject({ status: 500, text: "" });
    const silent = await listen(toNode(() => Promise.reject(new Error("never"))));
    expect((await call(silent, "GET", "/Users")).status).toBe(500);
  });
});

describe("Express mounts", () => {
  const deep = "[".repeat(60_000) + "]".repeat(60_000);
  it("400 for a parsed body too deep to print", async () => {
    const port = await listen(express().use(express.json({ type: "*/*", limit: "1mb" })).use(node));
    expect(await call(port, "POST", "/Users", deep, json)).toMatchObject({ status: 400 });
  });

  it("lets the error of a body parser go to Express", async () => {
    const port = await listen(express().use(express.json({ type: "*/*" })).use(node));
    expect((await call(port, "POST", "/Users", "{", json)).status).toBe(400);
  });
});

describe("Fetch", () => {
  const fetcher = toFetch(echo);
  const ask = (method: string, path: string, init: RequestInit = {}): Promise<Response> =>
    fetcher(new Request(`https://app.example${path}`, { method, headers: { ...json, "x-tenant": "acme" }, ...init }));

  it("hands over method, path, query, headers and body", async () => {
    const response = await ask("PATCH", "/scim/v2/Users/a%2Fb?x=%20y", { body: '"Zoë"' });
    expect(await response.json()).toEqual({ method: "PATCH", path: "/scim/v2/Users/a%2Fb", query: "x=%20y", tenant: "acme", body: '"Zoë"' });
    expect(response.headers.get("content-type")).toBe("application/scim+json");
  });

  it("answers HEAD and DELETE without a body", async () => {
    expect(await (await ask("HEAD", "/Users")).text()).toBe("");
    const gone = await ask("DELETE", "/Users/1");
    expect([gone.status, gone.body]).toEqual([204, null]);
  });

  it("takes an empty body", async () => expect(await (await ask("POST", "/Users")).json()).toMatchObject({ body: "" }));

  it("413 for a body over the limit, with and without a length", async () => {
    expect((await ask("POST", "/Users", { body: " ".repeat(200_001) })).status).toBe(413);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(50_000));
      },
    });
    const stream = await ask("POST", "/Users", { body: endless, duplex: "half" } as RequestInit);
    expect(stream.status).toBe(413);
    expect(pulled).toBeLessThan(10);
    expect((await ask("POST", "/Users", { headers: { ...json, "content-length": "200001" }, body: "x" })).status).toBe(413);
  });

  it("400, and no error for the host, when the client goes away in the middle", async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("reset")) });
    expect((await ask("POST", "/Users", { body: broken, duplex: "half" } as RequestInit)).status).toBe(400);
  });

  it("415 for a compressed body", async () => {
    expect((await ask("POST", "/Users", { headers: { ...json, "content-encoding": "br" }, body: "x" })).status).toBe(415);
  });
});

describe("UTF-8 length", () => {
  it.each(["", "abc", "é", "߿ࠀ", "€", "💡a💡", "\uffff"])("%j", (text) => expect(byteLength(text)).toBe(Buffer.byteLength(text)));
});
