import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { defineConfig, from, now, rule, tenant } from "../../src/index.js";
import type { AnyTypeMap } from "../../src/index.js";
import { root } from "./clients.js";

it.each([
  [rule("newId"), { $: "rule", name: "newId" }],
  [now(), { $: "now" }],
  [tenant(), { $: "tenant" }],
  [from("userName"), { $: "from", attribute: "userName" }],
])("%j survives JSON", (value, plain) => {
  expect(JSON.parse(JSON.stringify(value))).toEqual(plain);
});

it("returns the very config it was given", () => {
  const config = { User: { model: "Person", tenant: null, attributes: {} } };
  expect(defineConfig<AnyTypeMap>()(config)).toBe(config);
});

it("imports nothing at run time", () => {
  const { outputText } = ts.transpileModule(readFileSync(join(root, "src", "index.ts"), "utf8"), {
    compilerOptions: { module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true, removeComments: true },
  });
  expect(outputText).not.toMatch(/^(import|export) .*from "/m);
});
