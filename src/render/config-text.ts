/** A sketched mapping -> the text of `scim.config.ts`. */
import type { Sketch, SketchEntry, SketchValue } from "../sketch.js";
import { template } from "./template.js";

const width = 110;
/** What stands on lines of its own however short it is: the parts of a mapping that people look for. */
const open: ReadonlySet<string> = new Set(["User", "Group", "attributes", "enterprise", "through"]);

/** `client`: the module whose `Prisma` types the mapping, as the file imports it. */
export async function configText(sketch: Sketch, client: string): Promise<string> {
  const used = [...new Set(["defineConfig", ...tags(sketch)])].sort();
  return template("scim.config.ts.hbs", { imports: used.join(", "), client, lines: inside(sketch, "  ") }, "");
}

function inside(sketch: Sketch, indent: string): readonly string[] {
  return sketch.entries.flatMap(({ key, value, comment }) => [
    ...comment.flatMap((line) => wrapped(line, width - indent.length - 3).map((part) => `${indent}// ${part}`)),
    ...(value === undefined ? [] : lines(`${indent}${property(key)}: `, value, key)),
  ]);
}

function lines(head: string, value: SketchValue, key: string): readonly string[] {
  const short = `${head}${flat(value)},`;
  if (isSketches(value)) return short.length <= width && !value.some(speaks) ? [short] : sketchLines(head, value);
  if (!isSketch(value)) return [short];
  if (short.length <= width && !open.has(key) && !speaks(value)) return [short];
  const indent = " ".repeat(head.length - head.trimStart().length);
  return [`${head}{`, ...inside(value, `${indent}  `), `${indent}},`];
}

function sketchLines(head: string, sketches: readonly Sketch[]): readonly string[] {
  const indent = " ".repeat(head.length - head.trimStart().length);
  return [`${head}[`, ...sketches.flatMap((each) => lines(`${indent}  `, each, "")), `${indent}],`];
}

function flat(value: SketchValue): string {
  if (isSketch(value)) {
    const parts = value.entries.flatMap((entry) => (entry.value === undefined ? [] : [`${property(entry.key)}: ${flat(entry.value)}`]));
    return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
  }
  if (isSketches(value)) return `[${value.map(flat).join(", ")}]`;
  if (isList(value)) return `[${value.map((each) => JSON.stringify(each)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (value.$ === "rule") return `rule(${JSON.stringify(value.name)})`;
  return value.$ === "from" ? `from(${JSON.stringify(value.attribute)})` : `${value.$}()`;
}

/** A sentence in lines of at most so many letters. */
function wrapped(text: string, most: number): readonly string[] {
  const all: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length >= most) {
      all.push(line);
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  return [...all, line];
}

const isSketch = (value: SketchValue | undefined): value is Sketch => typeof value === "object" && value !== null && "entries" in value && !Array.isArray(value);
const isArray = (value: SketchValue): value is readonly string[] | readonly Sketch[] => Array.isArray(value);
const isSketches = (value: SketchValue): value is readonly Sketch[] => isArray(value) && value.length > 0 && value.every((each) => typeof each !== "string");
const isList = (value: SketchValue): value is readonly string[] => isArray(value) && !isSketches(value);
const property = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));
const speaks = (sketch: Sketch): boolean => sketch.entries.some((entry: SketchEntry) => entry.comment.length > 0 || (isSketch(entry.value) && speaks(entry.value)));

/** The helpers of `scim-gen` that the mapping calls. */
function tags(sketch: Sketch): readonly string[] {
  return sketch.entries.flatMap(({ value }) => {
    if (value === undefined || value === null || typeof value !== "object") return [];
    if (isArray(value)) return isSketches(value) ? value.flatMap(tags) : [];
    return isSketch(value) ? tags(value) : [value.$];
  });
}
