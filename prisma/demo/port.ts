/** The port that the demo listens on. */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What is wrong with the port, in words for the person who chose it. */
export class PortTaken extends Error {}

export function portOf(text: string | undefined): number {
  if (text === undefined || text === "") return 3000;
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65_536) return port;
  throw new PortTaken(`PORT is "${text}", which is no port: it must be a number from 0 (any that is free) to 65535.`);
}

/** Answers the port, which is another than the one asked for when that was 0. */
export async function listening(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") throw new PortTaken(`Port ${port} is in use. Please stop what listens there, or choose another: PORT=${port + 1} npm run demo`);
    if (code === "EACCES") throw new PortTaken(`Port ${port} may not be used by this user. Please choose another: PORT=3000 npm run demo`);
    throw error;
  }
  return (server.address() as AddressInfo).port;
}
