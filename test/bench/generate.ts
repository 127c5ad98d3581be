/**
 * How long `scim-gen generate` takes beside `prisma generate` on the same schema: `npm run bench:generate [-- --models 10,100,300 --rounds 7]`.
 *
 * Prints and asserts nothing. The commands take turns, and a ratio is the median of the rounds' own ratios with half their interquartile
 * range; CPU time is less moved by what else the machine does than the clock. "full" begins with no generated folder, "unchanged" is the
 * same command again.
 */
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { mappingText, schemaText } from "./schema-of.js";

const { values } = parseArgs({ options: { models: { type: "string", default: "10,100,300" }, rounds: { type: "string", default: "7" } } });
const rounds = Number(values.rounds);

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, ".tmp", "bench-generate");
const scimGen = join(root, "bin", "scim-gen.js");
const prisma = join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build", "index.js");

interface Run {
  readonly ms: number;
  readonly cpu: number;
  /** Of the process itself, in MB. */
  readonly peak: number;
}

await mkdir(folder, { recursive: true });
const meter = join(folder, "meter.mjs");
await writeFile(
  meter,
  `import { writeFileSync } from "node:fs";
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  if (process.env.METER) writeFileSync(process.env.METER, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, peak: maxRSS / 1024 }));
});
`,
);

console.log(`${String(rounds)} rounds; medians. Load of the machine at the start: ${loadavg().map((each) => each.toFixed(1)).join(", ")}.`);
const bare = median((await times(rounds, () => run("-e", "0"))).map(({ ms }) => ms));
console.log(`node alone: ${bare.toFixed(0)} ms`);
console.log(row(["models", "command", "ms", "over node", "CPU ms", "peak MB", "ms to prisma", "CPU to prisma"]));
for (const models of values.models.split(",").map(Number)) await compare(models);
console.log(`Load of the machine at the end: ${loadavg().map((each) => each.toFixed(1)).join(", ")}.`);

async function compare(models: number): Promise<void> {
  const host = join(folder, String(models));
  await rm(host, { recursive: true, force: true });
  await mkdir(host, { recursive: true });
  await writeFile(join(host, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(host, "tsconfig.json"), JSON.stringify({ compilerOptions: { module: "NodeNext", strict: true } }));
  await writeFile(join(host, "prisma.config.ts"), `import { defineConfig } from "prisma/config";\n\nexport default defineConfig({ schema: "schema.prisma" });\n`);
  await writeFile(join(host, "schema.prisma"), schemaText(models));
  await writeFile(join(host, "scim.config.ts"), mappingText);

  const commands: Readonly<Record<"prisma" | "full" | "unchanged", () => Promise<Run>>> = {
    prisma: async () => {
      await rm(join(host, "src", "db"), { recursive: true, force: true });
      return run(prisma, "generate", "--schema", join(host, "schema.prisma"), "--no-hints");
    },
    full: async () => {
      await rm(join(host, "src", "scim"), { recursive: true, force: true });
      return run(scimGen, "generate", "--cwd", host);
    },
    unchanged: () => run(scimGen, "generate", "--cwd", host),
  };
  const measured: Record<keyof typeof commands, Run[]> = { prisma: [], full: [], unchanged: [] };
  // Round 0 warms the file system's caches and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const kind of round % 2 === 0 ? (["prisma", "full", "unchanged"] as const) : (["full", "unchanged", "prisma"] as const)) {
      const one = await commands[kind]();
      if (round > 0) measured[kind].push(one);
    }
  }
  for (const [kind, runs] of Object.entries(measured)) {
    const of = (pick: (run: Run) => number): number => median(runs.map(pick));
    const ratio = (pick: (run: Run) => number): string => {
      const ratios = runs.flatMap((each, n) => (measured.prisma[n] === undefined ? [] : [pick(each) / pick(measured.prisma[n])]));
      return `${median(ratios).toFixed(2)} ±${((quantile(ratios, 0.75) - quantile(ratios, 0.25)) / 2).toFixed(2)}`;
    };
    const ms = of((each) => each.ms);
    console.log(row([String(models), kind === "prisma" ? "prisma generate" : `scim-gen ${kind}`, ms.toFixed(0), (ms - bare).toFixed(0), of((each) => each.cpu).toFixed(0), of((each) => each.peak).toFixed(0), kind === "prisma" ? "" : ratio((each) => each.ms), kind === "prisma" ? "" : ratio((each) => each.cpu)]));
  }
}

async function run(...args: readonly string[]): Promise<Run> {
  const result = join(folder, "meter.json");
  await rm(result, { force: true });
  const begun = performance.now();
  await new Promise<void>((resolve, reject) => {
    execFile(
      process.execPath,
      ["--import", pathToFileURL(meter).href, ...args],
      // `prisma generate` asks for an engine that it then does not use, and would download it; any program that is there does.
      { env: { ...process.env, METER: result, PRISMA_SCHEMA_ENGINE_BINARY: process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ?? process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" } },
      (error, stdout, stderr) => {
        if (error === null) resolve();
        else reject(new Error(`${args.join(" ")} failed:\n${stdout}${stderr}`));
      },
    );
  });
  const ms = performance.now() - begun;
  return { ms, ...(JSON.parse(await readFile(result, "utf8")) as Omit<Run, "ms">) };
}

async function times<T>(count: number, run: () => Promise<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for (let n = 0; n < count; n++) all.push(await run());
  return all;
}

function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

function row(cells: readonly string[]): string {
  return cells.map((cell, n) => (n === 1 ? cell.padEnd(20) : cell.padStart([6, 0, 7, 9, 7, 7, 13, 13][n] ?? 0))).join("  ");
}
