/**
 * What grows with a table, and what must not: each kind of request on a small database and on a large one, in turns.
 * `npm run bench:large [-- --users 1000000 --members 100000 --rounds 60]`. Prints ratios and asserts nothing; filling takes a minute or two.
 */
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generateClient } from "../postgres/client.js";
import { startPostgres } from "../postgres/server.js";
import { fill, hostFolder } from "./data.js";

const { values } = parseArgs({ options: { users: { type: "string", default: "1000000" }, members: { type: "string", default: "100000" }, rounds: { type: "string", default: "60" } } });
const users = Number(values.users);

await generateClient(hostFolder);
const compiled = new URL("../../.tmp/bench/test/bench/", import.meta.url);
execFileSync(process.execPath, [fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url)), "-p", fileURLToPath(new URL("tsconfig.json", import.meta.url))], { stdio: "inherit" });

const postgres = await startPostgres({ durable: true });
try {
  const small = await postgres.createDatabase("small");
  const large = await postgres.createDatabase("large");
  await fill(small, { users: 1_000, members: 10, teams: 2 });
  console.error(`Filling ${values.users} users…`);
  await fill(large, { users, members: Number(values.members), teams: 2, shuffled: true });
  await measured("requests", small, large, values.users, values.rounds);
  for (let turn = 0; turn < 3; turn++) for (const kind of ["ours", "include"]) await measured("group", large, kind);
} finally {
  await postgres.stop();
}

/** In a process of its own, whose memory and time are nobody else's. */
async function measured(...words: readonly string[]): Promise<void> {
  const child = fork(fileURLToPath(new URL("large-requests.js", compiled)), words, { execArgv: [] });
  const [code] = (await once(child, "exit")) as [number];
  if (code !== 0) throw new Error(`${words.join(" ")} ended with ${code}.`);
}
