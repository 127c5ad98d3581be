/**
 * Breaks lines that are too long where a person would: the outermost bracket that holds several things puts each on a line of
 * its own. Only for text that the templates made, one statement a line; hosts with a formatter of their own get theirs instead.
 */
const width = 120;

interface Group {
  readonly open: number;
  readonly close: number;
  /** Where each item begins and ends, without the separator. */
  readonly items: readonly { readonly start: number; readonly end: number; readonly separator: string }[];
}

export function layout(text: string): string {
  // A template prints a list line by line, and an empty one as two brackets apart.
  return text.replace(/([{[])\n\s*(?=[}\]])/g, "$1").split("\n").flatMap(fit).join("\n");
}

function fit(line: string): readonly string[] {
  if (line.length <= width || /^\s*(\/\/|\/?\*)/.test(line)) return [line];
  const group = breakable(line, 0, line.length);
  if (group === undefined) return [line];
  const indent = " ".repeat(line.length - line.trimStart().length);
  const inner = group.items.flatMap(({ start, end, separator }, index) => {
    const last = index === group.items.length - 1;
    return fit(`${indent}  ${line.slice(start, end).trim()}${last && separator === "" ? trailing(line, group) : separator}`);
  });
  return [line.slice(0, group.open + 1), ...inner, ...fit(indent + line.slice(group.close))];
}

/** What closes the last item: nothing behind a rest, a semicolon inside a type. */
function trailing(line: string, group: Group): string {
  const [first] = group.items;
  if (first !== undefined && first.separator === ";") return ";";
  return line[group.open] === "{" && group.items.length === 1 && line.slice(first?.start, first?.end).includes(" => {") ? "" : ",";
}

/** The longest bracket between the two places; while it holds one thing alone, the longest inside that. */
function breakable(line: string, from: number, to: number): Group | undefined {
  let best: Group | undefined;
  for (const group of groups(line, from, to)) {
    if (best === undefined || group.close - group.open > best.close - best.open) best = group;
  }
  if (best === undefined || best.items.length > 1) return best;
  const [only] = best.items;
  if (only === undefined) return undefined;
  return breakable(line, only.start, only.end);
}

/** The brackets that stand side by side between the two places. */
function groups(line: string, from: number, to: number): readonly Group[] {
  const found: Group[] = [];
  let depth = 0;
  let angle = 0;
  let open = 0;
  let start = 0;
  let items: { start: number; end: number; separator: string }[] = [];
  for (let at = from; at < to; at++) {
    const letter = line[at] ?? "";
    if (letter === '"' || letter === "`") at = endOfString(line, at, letter);
    else if ("([{".includes(letter)) {
      if (depth++ === 0) {
        open = at;
        start = at + 1;
        items = [];
      }
    } else if (")]}".includes(letter)) {
      if (--depth === 0) {
        if (line.slice(start, at).trim() !== "") items.push({ start, end: at, separator: "" });
        found.push({ open, close: at, items });
      }
    } else if (letter === "<" && /\w/.test(line[at - 1] ?? "")) angle++;
    else if (letter === ">" && angle > 0 && line[at - 1] !== "=") angle--;
    else if (depth === 1 && angle === 0 && (letter === "," || letter === ";")) {
      items.push({ start, end: at, separator: letter });
      start = at + 1;
    }
  }
  return found;
}

function endOfString(line: string, from: number, quote: string): number {
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] === "\\") at++;
    else if (line[at] === quote) return at;
  }
  return line.length;
}
