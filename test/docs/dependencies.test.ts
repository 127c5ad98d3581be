/** Every dependency earns its line. */
import { expect, test } from "vitest";
import { document, firstCells } from "./documents.js";

const manifest = JSON.parse(document("package.json")) as { readonly dependencies: object; readonly devDependencies: object };
const [, command = "", repository = ""] = document("docs/dependencies.md").split(/^## .*$/m);

test.each([
  ["the command", command, manifest.dependencies],
  ["this repository", repository, manifest.devDependencies],
])("docs/dependencies.md lists what %s needs", (_, text, dependencies) => {
  expect(firstCells(text)).toEqual(Object.keys(dependencies).sort());
});
