/** One server in a process of its own, so that its CPU time is its own: `server.ts <kind> <database url>`. */
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import { PrismaPg } from "@prisma/adapter-pg";
import express from "express";
import { tenant, token } from "./data.js";
import { PrismaClient } from "./host/src/db/client.js";
import { onExpress, onNode } from "./ideal.js";
import type { TenantOf } from "./ideal.js";

export const kinds = ["PH", "PE", "ours on node", "ours on Express"] as const;
export type Kind = (typeof kinds)[number];

// As this file is: TypeScript for bench.ts, which asks whether it is there, and compiled in the processes that are measured.
const generated = new URL(`host/src/scim/generated/index.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);
export const isGenerated = (): boolean => existsSync(generated);

/** The same for all, so that all answers have the same length. */
export const baseUrl = "http://127.0.0.1/scim/v2";

/** What is used of the generated code, which is not there before `generate` has run. */
interface Generated {
  createScim(options: {
    readonly db: PrismaClient;
    readonly baseUrl: string;
    authenticate(credentials: { header(name: string): string | undefined }): { readonly tenant: string } | null;
  }): { readonly node: RequestListener };
}

// Imported by bench.ts for the names above; run only as a process of its own.
if (process.send !== undefined && /server\.[jt]s$/.test(process.argv[1] ?? "")) {
  const [, , kind, url] = process.argv;
  await serve(kind as Kind, String(url));
}

async function serve(kind: Kind, url: string): Promise<void> {
  const prisma = new PrismaClient({ adapter: new PrismaPg(url) });
  const server = createServer(await listener(kind, prisma));
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    process.send?.({ port: typeof address === "object" && address !== null ? address.port : 0 });
  });
  process.on("message", () => process.send?.(process.cpuUsage()));
  process.on("disconnect", () => {
    server.close();
    server.closeAllConnections();
    void prisma.$disconnect();
  });
}

async function listener(kind: Kind, prisma: PrismaClient): Promise<RequestListener> {
  const tenants = new Map([[`Bearer ${token}`, tenant]]);
  const tenantOf: TenantOf = (authorization) => (authorization === undefined ? undefined : tenants.get(authorization));
  if (kind === "PH") return onNode(prisma, baseUrl, tenantOf);
  if (kind === "PE") return onExpress(prisma, baseUrl, tenantOf);

  const { createScim }: Generated = await import(generated.href);
  const { node } = createScim({
    db: prisma,
    baseUrl,
    authenticate: ({ header }) => {
      const found = tenantOf(header("authorization"));
      return found === undefined ? null : { tenant: found };
    },
  });
  if (kind === "ours on node") return node;
  const app = express();
  app.disable("etag");
  app.disable("x-powered-by");
  app.use(new URL(baseUrl).pathname, node);
  return app;
}
