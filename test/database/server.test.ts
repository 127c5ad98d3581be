/** The server must go with whoever started it, or every crashed run would leave a Postgres behind. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";
import pg from "pg";
import { expect, test, vi } from "vitest";

const holder = `
  import { startPostgres } from ${JSON.stringify(new URL("../postgres/server.ts", import.meta.url).href)};
  const postgres = await startPostgres();
  console.log(postgres.url());
  setInterval(() => undefined, 1000);
`;

// The hardest end stands for all: nothing in the process hears of it, and no end is treated in another way.
test("a process that is killed takes its server and its folder with it", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", holder], {
    // Its own server, also where this run has borrowed one.
    env: { ...process.env, DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const connectionString = line.toString("utf8").trim();
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  const folder = (await client.query<{ data_directory: string }>("SHOW data_directory")).rows[0]?.data_directory ?? "";
  await access(folder);

  child.kill("SIGKILL");
  await once(child, "exit");

  await vi.waitFor(() => expect(access(folder)).rejects.toThrow("ENOENT"), { timeout: 10_000, interval: 50 });
  await expect(new pg.Client({ connectionString }).connect()).rejects.toThrow("ECONNREFUSED");
});
