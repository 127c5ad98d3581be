/** Same input, same bytes: neither the order of keys in a mapping nor that of models and fields in a schema means anything. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { GeneratorValue } from "fast-check";
import { describe, expect, it } from "vitest";
import type { LooseConfig } from "../../src/config.js";
import { loadConfig } from "../../src/read/config.js";
import { render } from "../../src/render/render.js";
import { resolve } from "../../src/resolve/resolve.js";
import { generating, schemaOf } from "../host/goldens.js";
import type { Golden } from "../host/goldens.js";

const rich = ["whole-tree", "custom-extension", "custom-resource-types", "slots-with-parts", "create-stamp-and-rules", "membership-joined-to-person", "enum-choice-with-else", "child-table-with-enum-type", "slots", "composite-join-key-with-more-columns"];

describe("determinism", () => {
  it.each(generating().filter(({ name }) => rich.includes(name)))("$name", { timeout: 120_000 }, async (golden) => {
    const text = readFileSync(join(golden.folder, "schema.prisma"), "utf8");
    const config = await configOf(golden);
    const usual = await generated(golden, config, text);
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        expect(await generated(golden, shuffledKeys(config, g) as LooseConfig, shuffledSchema(text, g))).toEqual(usual);
      }),
      { numRuns: 15 },
    );
  });
});

async function configOf({ folder }: Golden): Promise<LooseConfig> {
  const { config } = await loadConfig(join(folder, "scim.config.ts"), []);
  const [provider] = config?.providers ?? [];
  if (provider === undefined) throw new Error("The mapping does not load.");
  return provider.config;
}

async function generated({ folder }: Golden, config: LooseConfig, text: string): Promise<ReadonlyMap<string, string>> {
  const { provider, problems } = resolve(config, await schemaOf(folder, text), { inputs: ["schema.prisma", "scim.config.ts"], output: "out" });
  if (provider === undefined) throw new Error(problems.map(({ message }) => message).join("\n"));
  return render(provider, { importEnding: ".js", clientImport: "../db/client.js", lineEnding: "\n", prettier: undefined });
}

/** The same value with the keys of every object in another order; a list keeps its own, which means something. */
function shuffledKeys(value: unknown, g: GeneratorValue): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => shuffledKeys(each, g));
  return Object.fromEntries(shuffled(Object.entries(value), g).map(([key, each]) => [key, shuffledKeys(each, g)]));
}

/** Blocks, fields and block attributes in another order; the values of an enum keep theirs. */
function shuffledSchema(text: string, g: GeneratorValue): string {
  const blocks = text.split(/\n(?=(?:\/\/\/.*\n)*(?:model|enum|generator|datasource) )/);
  return shuffled(blocks, g).map((block) => (/^(?:\/\/\/.*\n)*model /.test(block) ? shuffledModel(block, g) : block)).join("\n\n");
}

function shuffledModel(block: string, g: GeneratorValue): string {
  const [head = "", ...lines] = block.trim().replace(/^\/\/\/.*\n/gm, "").split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("//"));
  return [head, ...shuffled(lines.slice(0, -1), g), "}"].join("\n");
}

function shuffled<T>(list: readonly T[], g: GeneratorValue): readonly T[] {
  return g(() => fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length }));
}
