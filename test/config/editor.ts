/** A mapping file in an editor: what TypeScript 5.9's language service says of it and offers in it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { fixtures } from "./clients.js";

// The file exists only in the editor. It stands beside the fixtures, so that their tsconfig resolves its imports.
const open = join(fixtures, "orchestra", "open.config.ts");

/** Where the caret stands in a text that is handed to `completions`. */
export const caret = "¦";

/** One language service for all cases: the generated client is parsed once. */
export class Editor {
  #text = "";
  #version = 0;
  readonly #service: ts.LanguageService;

  constructor() {
    const { config } = ts.readConfigFile(join(fixtures, "tsconfig.json"), (path) => readFileSync(path, "utf8")) as { config: unknown };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, fixtures);
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [open],
      getScriptVersion: (path) => (path === open ? String(this.#version) : "0"),
      getScriptSnapshot: (path) => {
        const text = path === open ? this.#text : ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => fixtures,
      getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
      fileExists: (path) => path === open || ts.sys.fileExists(path),
      readFile: (path) => (path === open ? this.#text : ts.sys.readFile(path)),
      directoryExists: (path) => ts.sys.directoryExists(path),
      getDirectories: (path) => ts.sys.getDirectories(path),
    });
  }

  /** Every error of the text: its line, what is underlined there, and what the editor says. */
  errors(text: string): readonly string[] {
    this.#write(text);
    const found = [...this.#service.getSyntacticDiagnostics(open), ...this.#service.getSemanticDiagnostics(open)];
    return found.map((diagnostic) => {
      const start = diagnostic.start ?? 0;
      const { line } = ts.getLineAndCharacterOfPosition(ts.createSourceFile(open, text, ts.ScriptTarget.Latest), start);
      const code = text.split("\n")[line]?.trim() ?? "";
      const underlined = text.slice(start, start + (diagnostic.length ?? 0)).split("\n")[0] ?? "";
      return `${code}\n^ ${underlined}\n${ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")}`;
    });
  }

  /** What the editor offers at the caret, in its own order. */
  completions(text: string): readonly string[] {
    const position = text.indexOf(caret);
    this.#write(text.replace(caret, ""));
    return (this.#service.getCompletionsAtPosition(open, position, {})?.entries ?? []).map((entry) => entry.name);
  }

  #write(text: string): void {
    this.#text = text;
    this.#version += 1;
  }
}
