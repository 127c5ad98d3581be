/** Finds the module of a host that makes its Prisma client and hands it out. For `init`; a wrong or no find is a line that the user writes. */
import { readFile, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";

export interface ClientModule {
  /** Below the root, in POSIX form: "src/lib/db.ts". */
  readonly path: string;
  /** Undefined: the default export. */
  readonly name: string | undefined;
}

const passedOver = new Set(["node_modules", "dist", "build", "out", "coverage", "generated", "test", "tests", "__tests__", "e2e", "scripts", "migrations"]);
/** More than any project's own source; a folder of a million files that is not one must not hang `init`. */
const mostFiles = 5000;

export async function findClientModule(root: string, clientFolders: readonly string[]): Promise<ClientModule | undefined> {
  const found: ClientModule[] = [];
  for (const file of await sources(root, clientFolders)) {
    const made = exportedClient(await readFile(file, "utf8"));
    if (made !== undefined) found.push({ path: relative(root, file).split(sep).join("/"), name: made.name });
  }
  // The shallowest first: what stands deep down is more often an example or a package of another app.
  const depth = ({ path }: ClientModule): number => path.split("/").length;
  return found.sort((a, b) => depth(a) - depth(b) || (a.path < b.path ? -1 : 1))[0];
}

/** What of this text is a Prisma client and exported. */
export function exportedClient(text: string): { readonly name: string | undefined } | undefined {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(^|[^:"'`])\/\/.*/g, "$1");
  if (!/\bnew\s+PrismaClient\s*[(<;]/.test(code)) return undefined;
  const made = [...code.matchAll(/\b(?:const|let|var)\s+(\w+)[^=;]*=[^;{]*?\bnew\s+PrismaClient\b/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  for (const name of [...made, "prisma", "db", "prismaClient", "database", "client"]) {
    if (new RegExp(`\\bexport\\s+(?:const|let|var)\\s+${name}\\b(?!\\s*=\\s*(?:async\\s*)?\\()`).test(code)) return { name };
    if (new RegExp(`\\bexport\\s*\\{[^}]*\\b${name}\\s*[,}]`).test(code)) return { name };
    if (new RegExp(`\\bexport\\s+default\\s+${name}\\b`).test(code)) return { name: undefined };
  }
  return /\bexport\s+default\s+new\s+PrismaClient\b/.test(code) ? { name: undefined } : undefined;
}

async function sources(root: string, clientFolders: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined && found.length < mostFiles; folder = folders.shift()) {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && !passedOver.has(entry.name) && !clientFolders.includes(path)) folders.push(path);
      } else if (/(?<!\.d|\.test|\.spec|\.config)\.(?:ts|mts|tsx|js|mjs)$/.test(entry.name) && !/^seed\b/.test(entry.name)) {
        found.push(path);
      }
    }
  }
  return found;
}
