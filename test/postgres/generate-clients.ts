/** Every Prisma client that this repository's own TypeScript imports: needed before the compiler or the linter runs on a fresh clone. */
import { fileURLToPath } from "node:url";
import { generateClient } from "./client.js";

for (const folder of ["../../prisma", "../bench/host"]) await generateClient(fileURLToPath(new URL(folder, import.meta.url)));
