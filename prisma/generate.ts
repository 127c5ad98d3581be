/** Generates the specimen and the benchmark's host from the templates as they are now, which the lock file does not know: `npm run generate`. */
import { fileURLToPath } from "node:url";
import { generate } from "../src/commands/generate.js";

for (const folder of [".", "../test/bench/host"]) {
  const { exit, stdout = [], stderr = [], problems = [] } = await generate({ cwd: fileURLToPath(new URL(folder, import.meta.url)), fresh: true });
  console.log([...stdout, ...problems.map((each) => `${each.code}: ${each.message}`), ...stderr].join("\n"));
  if (exit !== 0) process.exitCode = exit;
}
