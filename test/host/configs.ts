/** The compilers and tsconfigs that hosts have. Generated code compiles under each, with no suppression. */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./goldens.js";
import type { TreeKind } from "./trees.js";

export interface Compiler {
  /** In node_modules. */
  readonly name: string;
  readonly version: number;
}

export const ts54: Compiler = { name: "ts54", version: 5.4 };
export const ts59: Compiler = { name: "typescript", version: 5.9 };
export const ts60: Compiler = { name: "ts60", version: 6 };
export const ts70: Compiler = { name: "ts70", version: 7 };
export const compilers: readonly Compiler[] = [ts54, ts59, ts60, ts70];

type Options = Readonly<Record<string, unknown>>;

export interface HostConfig {
  readonly name: string;
  readonly tree: TreeKind;
  readonly options: Options;
  /** The compilers that know this way of modules; all of them where it is not said. */
  readonly by?: readonly Compiler[];
}

/** Every flag that makes a compiler stricter, as far as it knows the flag. */
const strict = ({ version }: Compiler): Options => ({
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  isolatedModules: true,
  ...(version >= 5.8 ? { erasableSyntaxOnly: true } : {}),
  ...(version >= 5.6 ? { noUncheckedSideEffectImports: true } : {}),
});

const esm = (ending: TreeKind["ending"]): TreeKind => ({ ending, type: "module" });
const cjs = (ending: TreeKind["ending"]): TreeKind => ({ ending, type: "commonjs" });
const nodeNext = { module: "NodeNext", moduleResolution: "NodeNext", verbatimModuleSyntax: true };
const bundler = { module: "ESNext", moduleResolution: "Bundler", verbatimModuleSyntax: true };

export const nodeNextEsm: HostConfig = { name: "NodeNext, ESM", tree: esm(".js"), options: nodeNext };
const bare: HostConfig = { name: "NodeNext, ESM, only the language's own types", tree: esm(".js"), options: { ...nodeNext, lib: ["ES2022"], types: [] } };
export const plainlyStrict: HostConfig = {
  name: "NodeNext, ESM, strict and no more",
  tree: esm(".js"),
  options: { ...nodeNext, exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false, noPropertyAccessFromIndexSignature: false },
};
export const configs: readonly HostConfig[] = [
  nodeNextEsm,
  bare,
  plainlyStrict,
  { name: "NodeNext, ESM, imports with .ts", tree: esm(".ts"), options: { ...nodeNext, allowImportingTsExtensions: true } },
  { name: "NodeNext, CommonJS", tree: cjs(".js"), options: { ...nodeNext, verbatimModuleSyntax: false } },
  { name: "Bundler, imports without an ending", tree: esm(""), options: bundler },
  { name: "Bundler, imports with .ts", tree: esm(".ts"), options: { ...bundler, allowImportingTsExtensions: true } },
  { name: "module preserve", tree: esm(""), options: { module: "Preserve", verbatimModuleSyntax: true } },
  { name: "CommonJS, node10", tree: cjs(""), options: { module: "CommonJS", moduleResolution: "Node10" }, by: [ts54, ts59, ts60] },
  { name: "CommonJS, bundler", tree: cjs(""), options: { module: "CommonJS", moduleResolution: "Bundler" }, by: [ts60, ts70] },
];

/** Compilers take a core each, and hundreds of megabytes. */
const atOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** Compiles files of one tree under one config; "" when all is well. */
export async function compile(compiler: Compiler, config: HostConfig, folder: string, include: readonly string[], paths?: Options): Promise<string> {
  if (running === atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await run(compiler, config, folder, include, paths);
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

async function run(compiler: Compiler, { name, options }: HostConfig, folder: string, include: readonly string[], paths?: Options): Promise<string> {
  const project = join(folder, `tsconfig.${compiler.name}.${name.replaceAll(/\W+/g, "-")}.json`);
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2022", "DOM"],
    types: ["node"],
    noEmit: true,
    skipLibCheck: true,
    ...strict(compiler),
    ...(compiler.version === 6 && options["moduleResolution"] === "Node10" ? { ignoreDeprecations: "6.0" } : {}),
    ...(paths === undefined ? {} : { paths }),
    ...options,
  };
  await writeFile(project, JSON.stringify({ compilerOptions, include }));
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "node_modules", compiler.name, "bin", "tsc"), "-p", project, "--pretty", "false"], { cwd: folder, maxBuffer: 2 ** 26 }, (_, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });
}
