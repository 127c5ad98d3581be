/** What a schema's text says and the DMMF leaves out: views, ignored fields, generators, and where each thing stands. */

export interface Block {
  readonly kind: "model" | "view" | "enum" | "type" | "generator" | "datasource";
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Whether `@@ignore` is said of it. */
  readonly isIgnored: boolean;
  readonly lines: readonly BlockLine[];
}

/** A field, or a setting `key = value`. */
export interface BlockLine {
  readonly name: string;
  /** All that follows the name, without comments. */
  readonly rest: string;
  readonly line: number;
  readonly column: number;
}

const opening = /^(\s*)(model|view|enum|type|generator|datasource)\s+(\w+)\s*\{/;

export function readBlocks(file: string, text: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: (Block & { readonly lines: BlockLine[] }) | undefined;
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    const code = withoutComment(whole);
    const start = opening.exec(code);
    if (open === undefined) {
      if (start === null) continue;
      open = { kind: start[2] as Block["kind"], name: start[3] ?? "", file, line: index + 1, column: (start[1]?.length ?? 0) + 1, isIgnored: false, lines: [] };
      continue;
    }
    if (/^\s*\}/.test(code)) {
      blocks.push(open);
      open = undefined;
      continue;
    }
    if (/^\s*@@ignore\b/.test(code)) open = { ...open, isIgnored: true };
    const line = /^(\s*)(\w+)\s*(.*)$/.exec(code);
    if (line !== null) open.lines.push({ name: line[2] ?? "", rest: (line[3] ?? "").trim(), line: index + 1, column: (line[1]?.length ?? 0) + 1 });
  }
  return blocks;
}

/** Fields that exist in the database and not in the client. */
export function ignoredFields(block: Block): readonly string[] {
  return block.lines.filter(({ rest }) => /^Unsupported\s*\(/.test(rest) || /(?:^|\s)@ignore\b/.test(unquoted(rest))).map(({ name }) => name);
}

/** The text of a setting such as `provider = "prisma-client"`; `env("X")` is looked up as Prisma does. */
export function setting(block: Block, key: string): string | undefined {
  const value = block.lines.find(({ name, rest }) => name === key && rest.startsWith("="))?.rest.slice(1).trim();
  const variable = value === undefined ? undefined : /^env\(\s*"([^"]*)"\s*\)/.exec(value)?.[1];
  if (variable !== undefined) return process.env[variable];
  return value === undefined ? undefined : /^"((?:[^"\\]|\\.)*)"/.exec(value)?.[1]?.replace(/\\(.)/g, "$1");
}

const unquoted = (text: string): string => text.replace(/"(?:[^"\\]|\\.)*"/g, '""');

function withoutComment(line: string): string {
  const start = line.replace(/"(?:[^"\\]|\\.)*"/g, (text) => "_".repeat(text.length)).indexOf("//");
  return start < 0 ? line : line.slice(0, start);
}
