/** What `init` guessed beside what this repository has committed, a line for each thing that a mapping says. */
import { loadConfig } from "../../src/read/config.js";

type Rows = ReadonlyMap<string, string>;

export async function guessTable(guessed: string, committed: string): Promise<readonly string[]> {
  const [left, right] = await Promise.all([rows(guessed), rows(committed)]);
  const keys = [...new Set([...left.keys(), ...right.keys()])];
  const lines = keys.map((key) => {
    const [was, is] = [left.get(key) ?? "-", right.get(key) ?? "-"];
    return `${key.padEnd(30)} ${cut(was).padEnd(52)} ${was === is ? "same" : cut(is)}`.trimEnd();
  });
  const same = keys.filter((key) => left.get(key) === right.get(key)).length;
  return [`${"".padEnd(30)} ${"init guessed".padEnd(52)} committed`, ...lines, "", `${same} of ${keys.length} as committed.`];
}

const cut = (text: string): string => (text.length > 52 ? `${text.slice(0, 49)}...` : text);

async function rows(path: string): Promise<Rows> {
  const { config, problems } = await loadConfig(path, []);
  const resources = config?.providers[0]?.config;
  if (resources === undefined) throw new Error([`${path} could not be loaded.`, ...problems.map(({ message }) => message)].join("\n"));
  return new Map(Object.entries(resources).flatMap(([name, resource]) => (isRecord(resource) ? resourceRows(name, resource) : [[name, inline(resource)]])));
}

/** A line for each attribute; what else a resource says has one line by its own name. */
function resourceRows(name: string, resource: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(resource).flatMap(([key, value]): [string, string][] => {
    if (!["attributes", "enterprise"].includes(key) || !isRecord(value)) return [[`${name} (${key})`, inline(value)]];
    return Object.entries(value).map(([attribute, source]) => [`${name} ${key === "attributes" ? "" : `${key}.`}${attribute}`, inline(source)]);
  });
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (!isRecord(value)) return String(value);
  return `{ ${Object.entries(value).map(([key, each]) => (key === each ? key : `${key}: ${inline(each)}`)).join(", ")} }`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
