/** The fast path: whether the lock files say that nothing has changed. Loads nothing that reads a mapping or a schema. */
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { belowRoot, fingerprint } from "../read/fingerprint.js";
import { defaultOutput } from "../read/host.js";
import { version } from "../version.js";
import { readDisk } from "../write/disk.js";
import { readManifest } from "../write/manifest.js";
import type { ReadManifest } from "../write/manifest.js";
import { isUntouched } from "../write/plan.js";

export async function isUnchanged(configPath: string, schemaOption: string | undefined): Promise<boolean> {
  const root = dirname(configPath);
  const outputs = await likelyOutputs(root, configPath);
  for (const output of outputs) {
    const { manifest } = await readManifest(join(root, output));
    if (manifest === undefined || manifest.version !== version) continue;
    const all = manifest.outputs ?? [output];
    // The hash holds the mapping's text, so a guess that was wrong cannot pass.
    const input = await fingerprint({ root, version, paths: manifest.inputs, outputs: all, schemaOption: schemaOption === undefined ? undefined : belowRoot(root, schemaOption) });
    return input === manifest.input && manifest.inputs.includes(basename(configPath)) && (await allHold(root, all, input));
  }
  return false;
}

/** The mapping is not loaded, but its text most often says where it generates to. */
async function likelyOutputs(root: string, configPath: string): Promise<readonly string[]> {
  const text = await readFile(configPath, "utf8");
  const written = [...text.matchAll(/\boutput:\s*["'`]([^"'`$]+)["'`]/g)].map((match) => belowRoot(root, join(root, match[1] ?? "")));
  return [...written, defaultOutput(root)];
}

async function allHold(root: string, outputs: readonly string[], input: string): Promise<boolean> {
  for (const output of outputs) {
    const read = await readManifest(join(root, output));
    if (read.manifest?.input !== input || !(await holds(join(root, output), read))) return false;
  }
  return true;
}

async function holds(output: string, { known }: ReadManifest): Promise<boolean> {
  const disk = await readDisk(output, new Set(known.keys()));
  if (disk.unfinished.length > 0) return false;
  return [...known].every(([path, hashes]) => {
    const text = disk.texts.get(path);
    return text !== undefined && isUntouched(path, text, hashes);
  });
}
