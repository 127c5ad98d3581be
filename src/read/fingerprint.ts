/** One hash over all that the output depends on, taken without loading any of the tools that make it. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { prettierFiles, readEnding } from "./host.js";
import { installedPrisma, packageSchema, prismaConfigFile, schemaFiles } from "./prisma-files.js";

export interface Inputs {
  /** Absolute. */
  readonly root: string;
  /** Of scim-gen. */
  readonly version: string;
  /** Mapping, what it imports, and the schema's file or folder; below the root, in POSIX form. */
  readonly paths: readonly string[];
  /** `--schema`, below the root; it stands for all that says where the schema is. */
  readonly schemaOption: string | undefined;
  /** Output folders, below the root. */
  readonly outputs: readonly string[];
}

export const belowRoot = (root: string, path: string): string => relative(root, path).split(sep).join("/");

export async function fingerprint({ root, version, paths, schemaOption, outputs }: Inputs): Promise<string> {
  const hash = createHash("sha256");
  const tell = (...facts: readonly (string | undefined)[]): void => {
    hash.update(`${JSON.stringify(facts)}\n`);
  };
  const tellFiles = async (files: readonly string[]): Promise<void> => {
    for (const path of files) tell(belowRoot(root, path), (await readFile(path, "utf8")).replaceAll("\r\n", "\n"));
  };
  tell(version, schemaOption, (await installedPrisma(root))?.version.split(".")[0]);
  for (const path of [...paths].sort()) {
    const target = join(root, path);
    if (existsSync(target)) await tellFiles((await schemaFiles(target)).map((file) => file.path));
    else tell(path);
  }
  // What says where the schema is, when nobody says it on the command line.
  if (schemaOption === undefined) {
    const prismaConfig = prismaConfigFile(root);
    const inPackage = await packageSchema(root);
    tell(inPackage === undefined ? undefined : belowRoot(root, inPackage));
    await tellFiles(prismaConfig === undefined ? [] : [prismaConfig]);
  }
  for (const output of [...outputs].sort()) {
    const folder = join(root, output);
    tell(output, (await readEnding(folder)).ending);
    await tellFiles(prettierFiles(folder));
  }
  return hash.digest("hex");
}
