/**
 * What a request costs through the generated code, beside a hand-written handler with exactly the ideal Prisma calls:
 * PH on `node:http`, PE on Express 5. `tsx test/bench/bench.ts [--users 100000] [--members 10000] [--rounds 9] [--seconds 0.35] [--only POST]`.
 *
 * Prints and asserts nothing: on shared cores only the ratios within one run mean something, so servers take turns round by
 * round, and a ratio is the median of the rounds' own ratios, with half their interquartile range. Where that is not small, the
 * machine was busy and the run says nothing.
 */
import { execFileSync, fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generateClient } from "../postgres/client.js";
import { startPostgres } from "../postgres/server.js";
import type { Result, Window } from "./client.js";
import { fill, hostFolder, restore } from "./data.js";
import { connections, workloads } from "./workloads.js";

const { values } = parseArgs({
  options: {
    users: { type: "string", default: "10000" },
    members: { type: "string", default: "10000" },
    rounds: { type: "string", default: "9" },
    seconds: { type: "string", default: "0.35" },
    only: { type: "string", default: "" },
  },
});
const users = Number(values.users);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

/** Of one window. */
interface Measured {
  readonly rate: number;
  readonly cpu: number;
}

interface Running {
  readonly kind: string;
  readonly child: ChildProcess;
  readonly port: number;
}

await generateClient(hostFolder);
const { baseUrl, isGenerated, kinds } = await import("./server.js");
const base = new URL(baseUrl).pathname;

// What is measured runs as a host would run it, compiled: a loader that names every function costs more than the work.
const compiled = new URL("../../.tmp/bench/test/bench/", import.meta.url);
execFileSync(process.execPath, [fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url)), "-p", fileURLToPath(new URL("tsconfig.json", import.meta.url))], { stdio: "inherit" });

const postgres = await startPostgres({ durable: true });
const children: ChildProcess[] = [];
try {
  const url = await postgres.createDatabase("bench");
  await fill(url, { users, members: Number(values.members) });
  const { child: client } = await begun("client.js");
  const running: Running[] = [];
  for (const kind of kinds.filter((name) => isGenerated() || !name.startsWith("ours"))) running.push(await serving(kind, url));

  console.log(`${users} users, ${connections} connections, ${rounds} rounds of ${seconds} s; medians. CPU is the server process's alone.`);
  if (!isGenerated()) console.log("Ours: not generated yet (test/bench/host/src/scim/generated/index.ts is not there).");
  console.log(row(["", "server", "req/s", "CPU ms", "rate to ideal", "CPU to ideal"]));
  // The first workload must not be the one that pays for cold code and cold pages.
  for (const server of running) await measure("GET by id", 2, "cold", server, client, url);
  for (const { name } of workloads.filter((workload) => workload.name.includes(values.only))) await compare(name, running, client, url);
} finally {
  for (const child of children) if (child.connected) child.disconnect();
  await postgres.stop();
}

async function compare(workload: string, running: readonly Running[], client: ChildProcess, url: string): Promise<void> {
  const measured = new Map(running.map(({ kind }): [string, Measured[]] => [kind, []]));
  const wrong = new Map<string, string>();
  // Round 0 warms up and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < running.length; turn++) {
      const server = running[(turn + round) % running.length];
      if (server === undefined || wrong.has(server.kind)) continue;
      const result = await measure(workload, seconds, `${round}.${turn}`, server, client, url);
      if (typeof result === "string") wrong.set(server.kind, result);
      else if (round > 0) measured.get(server.kind)?.push(result);
    }
  }
  for (const { kind } of running) {
    const failure = wrong.get(kind);
    const own = measured.get(kind) ?? [];
    const ideal = kind.startsWith("ours") ? (measured.get(kind === "ours on node" ? "PH" : "PE") ?? []) : [];
    const ratio = (of: (measured: Measured) => number): string => {
      const ratios = own.flatMap((measured, round) => (ideal[round] === undefined ? [] : [of(measured) / of(ideal[round])]));
      return ratios.length === 0 ? "" : `${median(ratios).toFixed(2)} ±${((quantile(ratios, 0.75) - quantile(ratios, 0.25)) / 2).toFixed(2)}`;
    };
    if (failure !== undefined) console.log(`${workload.padEnd(28)} ${kind.padEnd(16)} wrong answer: ${failure}`);
    else console.log(row([workload, kind, median(own.map(({ rate }) => rate)).toFixed(0), median(own.map(({ cpu }) => cpu)).toFixed(3), ratio(({ rate }) => rate), ratio(({ cpu }) => cpu)]));
  }
}

/** One window; or what was wrong with an answer in it. */
async function measure(workload: string, lasting: number, word: string, { child, port }: Running, client: ChildProcess, url: string): Promise<Measured | string> {
  const before = await ask<NodeJS.CpuUsage>(child, "usage");
  const result = await ask<Result>(client, { port, base, workload, seconds: lasting, word, users } satisfies Window);
  const after = await ask<NodeJS.CpuUsage>(child, "usage");
  if (!workload.startsWith("GET") && !workload.startsWith("userName")) await restore(url);
  if (result.wrong !== undefined) return result.wrong;
  return { rate: result.requests / result.seconds, cpu: (after.user + after.system - before.user - before.system) / 1000 / result.requests };
}

function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [below = Number.NaN, above = below] = sorted.slice(Math.floor(at));
  return below + (above - below) * (at % 1);
}

function row([workload = "", server = "", ...figures]: readonly string[]): string {
  return [workload.padEnd(28), server.padEnd(16), ...figures.map((figure) => figure.padStart(13))].join(" ").trimEnd();
}

/** Starts one of the processes beside this file and waits for its first word. */
async function begun<First>(file: string, ...words: readonly string[]): Promise<{ readonly child: ChildProcess; readonly first: First }> {
  const child = fork(fileURLToPath(new URL(file, compiled)), words, { execArgv: [] });
  children.push(child);
  return { child, first: await next<First>(child) };
}

async function serving(kind: string, url: string): Promise<Running> {
  const { child, first } = await begun<{ readonly port: number }>("server.js", kind, url);
  return { kind, child, port: first.port };
}

/** One question at a time, so the next message is the answer. */
function ask<Answer>(child: ChildProcess, question: string | Window): Promise<Answer> {
  child.send(question);
  return next(child);
}

async function next<Message>(child: ChildProcess): Promise<Message> {
  const gone = new AbortController();
  const ended = once(child, "exit", { signal: gone.signal }).then(() => {
    throw new Error(`${child.spawnargs.slice(2).join(" ")} ended before it answered.`);
  });
  try {
    const [message] = (await Promise.race([once(child, "message", { signal: gone.signal }), ended])) as [Message];
    return message;
  } finally {
    // Whichever was not first would wait on, and be one more listener each time.
    gone.abort();
  }
}
