/**
 * What the tests that need a database share: the specimen's client, and one server with a filled specimen to copy.
 * Only the project `database` of vitest.config.ts names this file, so a run of unit tests alone never gets here.
 */
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { generateClient } from "./postgres/client.js";
import { startPostgres } from "./postgres/server.js";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [postgres] = await Promise.all([startPostgres(), generateClient(fileURLToPath(new URL("../prisma", import.meta.url)))]);
  try {
    // After the client is there: importing it is what needs it.
    const { fillSpecimen, template } = await import("./postgres/specimen.js");
    await fillSpecimen(await postgres.createDatabase(template));
    project.provide("postgres", postgres.address);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return () => postgres.stop();
}
