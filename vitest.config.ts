import { defineConfig } from "vitest/config";

/** Folders whose tests talk to Postgres; they alone pay for its start. */
const onPostgres = ["test/database/**/*.test.ts", "test/e2e/**/*.test.ts", "test/concurrency/**/*.test.ts", "test/kinds/**/*.test.ts", "test/shapes/**/*.test.ts"];

export default defineConfig({
  test: {
    // Race tests measure nothing when many workers share few cores.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["{src,templates,test}/**/*.test.ts"],
          exclude: [...onPostgres, "**/node_modules/**", "test/bench/**", "test/golden/**", "test/**/fixtures/**"],
          // Two cores that a compiler shares with a database are slow at times; nothing here is timed.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "database",
          include: onPostgres,
          globalSetup: "test/global-setup.ts",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
