/** The load: 16 connections, each sending its next request when the last one is answered. In a process of its own. */
import { Agent, request as send } from "node:http";
import { token } from "./data.js";
import { connections, workloads } from "./workloads.js";
import type { Workload } from "./workloads.js";

export interface Window {
  readonly port: number;
  readonly base: string;
  readonly workload: string;
  readonly seconds: number;
  /** A word that no other window has. */
  readonly word: string;
  readonly users: number;
}

export interface Result {
  readonly requests: number;
  readonly seconds: number;
  /** The first answer that was not as it must be. */
  readonly wrong?: string;
}

process.on("message", (window: Window) => {
  void measure(window).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ requests: 0, seconds: 1, wrong: String(error) } satisfies Result),
  );
});
process.send?.("ready");

async function measure(window: Window): Promise<Result> {
  const workload = workloads.find(({ name }) => name === window.workload);
  if (workload === undefined) throw new Error(`No workload ${window.workload}.`);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const begun = performance.now();
  const until = begun + window.seconds * 1000;
  let requests = 0;
  let wrong: string | undefined;
  const loop = async (connection: number): Promise<void> => {
    for (let turn = 0; performance.now() < until && wrong === undefined; turn++) {
      wrong ??= await ask(agent, workload, window, connection, turn);
      requests++;
    }
  };
  await Promise.all(Array.from({ length: workload.connections ?? connections }, (_, connection) => loop(connection)));
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  return { requests, seconds, ...(wrong !== undefined && { wrong }) };
}

/** Sends one request; answers what is wrong with its answer. */
function ask(agent: Agent, workload: Workload, { port, base, word, users }: Window, connection: number, turn: number): Promise<string | undefined> {
  const { method, path, body } = workload.request({ connection, turn, window: word, users });
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = {
      Authorization: `Bearer ${token}`,
      Accept: "application/scim+json",
      ...(text !== undefined && { "Content-Type": "application/scim+json", "Content-Length": Buffer.byteLength(text) }),
    };
    const sent = send({ agent, host: "127.0.0.1", port, method, path: base + path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const answer = Buffer.concat(chunks).toString("utf8");
        // Reading every body would make the client the slower half.
        const right = response.statusCode === workload.status && (turn > 0 || workload.holds(answer === "" ? undefined : JSON.parse(answer)));
        resolve(right ? undefined : `${method} ${path}: ${response.statusCode} ${answer.slice(0, 300)}`);
      });
    });
    sent.on("error", reject);
    sent.end(text);
  });
}
