/** `scim-gen.lock.json`: what we wrote, so that an edit by hand is told from our own older text, and a run without changes is told at once. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Problem } from "../problem.js";
import type { FileSet } from "../read/host.js";
import { shape } from "./shape.js";

export const lockName = "scim-gen.lock.json";
/** Written before the files and renamed after them: what an interrupted run meant to write. */
export const nextLockName = `${lockName}.next`;

export interface Manifest {
  readonly format: 1;
  /** Of scim-gen. */
  readonly version: string;
  /** One hash over all that the output depends on. */
  readonly input: string;
  /** The files and folders that it is taken over, below the project's root and in POSIX form. */
  readonly inputs: readonly string[];
  /** Every output folder of the mapping file, where it has several providers. */
  readonly outputs?: readonly string[];
  /** Path to the hashes of the text and of its shape. */
  readonly files: Readonly<Record<string, string>>;
}

export interface FileHash {
  readonly text: string;
  readonly shape: string;
}

export const toLf = (text: string): string => text.replaceAll("\r\n", "\n");

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export function textHash(text: string): string {
  return sha256(toLf(text));
}

export function shapeHash(path: string, text: string): string {
  return sha256(shape(path, text));
}

export function manifestOf(files: FileSet, facts: Omit<Manifest, "format" | "files">): Manifest {
  const hashes = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => [path, `${textHash(text)} ${shapeHash(path, text)}`]);
  return { format: 1, ...facts, files: Object.fromEntries(hashes) as Record<string, string> };
}

export const printManifest = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

export interface ReadManifest {
  /** Undefined where there is none, or none that can be read. */
  readonly manifest: Manifest | undefined;
  /** Every text that is known to be ours. More than one after an interrupted run, or in a merge conflict. */
  readonly known: ReadonlyMap<string, readonly FileHash[]>;
  readonly text: string | undefined;
  readonly problem: Problem | undefined;
}

export async function readManifest(output: string): Promise<ReadManifest> {
  const text = await textOf(join(output, lockName));
  const next = await textOf(join(output, nextLockName));
  const known = hashesIn([text, next].join("\n"));
  const manifest = text === undefined ? undefined : parse(text);
  const conflict = text !== undefined && /^<{7} /m.test(text);
  const isOurs = text === undefined || conflict || manifest?.format === 1;
  return { manifest: isOurs ? manifest : undefined, known, text, problem: isOurs ? undefined : notOurs(output, manifest) };
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}

function parse(text: string): Manifest | undefined {
  try {
    return JSON.parse(text) as Manifest;
  } catch {
    return undefined;
  }
}

/** By line and not by JSON: both sides of a merge conflict are ours. */
function hashesIn(text: string): ReadonlyMap<string, readonly FileHash[]> {
  const known = new Map<string, FileHash[]>();
  for (const [, path = "", hash = "", shaped = ""] of text.matchAll(/"([^"\n]+)":\s*"([0-9a-f]{64}) ([0-9a-f]{64})"/g)) {
    known.set(path, [...(known.get(path) ?? []), { text: hash, shape: shaped }]);
  }
  return known;
}

function notOurs(output: string, manifest: Manifest | undefined): Problem {
  const file = join(output, lockName);
  const newer = typeof manifest?.format === "number" && manifest.format > 1;
  return {
    code: "output-not-ours",
    severity: "error",
    message: newer ? `${lockName} was written by a later scim-gen (${manifest.version}).` : `${lockName} is not a lock file of scim-gen's.`,
    remedy: newer ? `npm i -D scim-gen@${manifest.version}` : `name another output folder in the mapping (output: "./src/scim/generated"), or remove ${file}`,
    at: { file, line: 1, column: 1 },
  };
}
