/** Attributes that are a part of a Json column. Those of one column are declared together: what the document holds, as SCIM knows it. */
import type { Definition, JsonLetters, Place } from "../../provider.js";
import { access, finder, missing, parameter, property, quoted, readPlace, term, writtenType } from "../expressions.js";
import { upperFirst } from "../view.js";
import { contribution } from "./kind.js";
import type { Block, Contribution, DocumentPart, Of } from "./kind.js";
import { defaulted } from "./singular.js";

export function json(attribute: Of<"json">): Contribution {
  const { source, definition, key } = attribute;
  const isWritten = definition.mutability !== "readOnly";
  return contribution({
    places: [source.place],
    printed: `${partOf(source.place, key)}.read(${readPlace("row", source.place)})`,
    filters: definition.returned === "never" ? [] : [`${property(key)}: find.json(${finder(source.place)}, ${partOf(source.place, key)}, Prisma.AnyNull${absentOf(source.place)}),`],
    values: isWritten ? [`readonly ${property(key)}: ${writtenType(attribute)};`] : [],
    mapping: defaulted(attribute),
    documents: [{ place: source.place, line: `${property(key)}: ${at(definition.type, source.letters, source.path)},`, isWritten }],
  });
}

/** The same of a document in a row of a list, whose parts are declared by list and column. */
export function partInRows(list: string, { place }: Of<"json">["source"], sub: string): string {
  return `${nameInRows(list, place)}${access(sub)}`;
}

export function filterInRows(list: string, { source, definition }: Of<"json">, find: string): string {
  return `${find}.json(${finder(source.place)}, ${partInRows(list, source, definition.name)}, Prisma.AnyNull${absentOf(source.place)})`;
}

function nameInRows(list: string, place: Place): string {
  return `in${upperFirst(list)}${nameOf(place).slice("in".length)}`;
}

/** The documents of a list's rows: what each holds, and those that a client writes. */
export function documentsInRows(list: string, each: readonly Of<"json">[]): readonly { readonly place: Place; readonly name: string; readonly merge: string; readonly lines: readonly string[]; readonly isWritten: boolean }[] {
  const names = [...new Set(each.map(({ source }) => nameInRows(list, source.place)))];
  return names.flatMap((name) => {
    const parts = each.filter(({ source }) => nameInRows(list, source.place) === name);
    const [first] = parts;
    if (first === undefined) return [];
    const lines = parts.map(({ definition, source }) => `${property(definition.name)}: ${at(definition.type, source.letters, source.path)},`);
    return [{ place: first.source.place, name, merge: `${name.replace(/^in/, "to")}`, lines, isWritten: parts.some(({ definition }) => definition.mutability !== "readOnly") }];
  });
}

export function elements({ source, definition, key }: Of<"elements">): Contribution {
  const parts = source.parts.map((each) => `${property(each.name)}: ${at(each.type, each.letters, [each.key])}`);
  return contribution({
    places: [source.place],
    printed: `many(${partOf(source.place, key)}.read(${readPlace("row", source.place)}))`,
    filters: definition.returned === "never" ? [] : [`${property(key)}: find.elements(${finder(source.place)}, ${partOf(source.place, key)}, Prisma.AnyNull${absentOf(source.place)}),`],
    mapping: { collections: [quoted(key)] },
    documents: [{ place: source.place, line: `${property(key)}: elementsAt([${source.path.map(quoted).join(", ")}], { ${parts.join(", ")} }),`, isWritten: definition.mutability !== "readOnly" }],
  });
}

function at(type: Definition["type"], letters: JsonLetters, path: readonly string[]): string {
  const name = type === "boolean" ? "flagAt" : type === "integer" || type === "decimal" ? "numberAt" : type === "dateTime" ? "dateAt" : letters === "lowered" ? "lowerAt" : letters === "exact" ? "exactAt" : "textAt";
  return `${name}(${path.map(quoted).join(", ")})`;
}

function absentOf(place: Place): string {
  const absent = missing(place);
  return absent === undefined ? "" : `, ${absent}`;
}

function nameOf({ steps, column }: Place): string {
  return `in${[...steps.map(({ relation }) => relation), column.name].map(upperFirst).join("")}`;
}

function partOf(place: Place, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${nameOf(place)}.${key}` : `${nameOf(place)}[${quoted(key)}]`;
}

interface Document {
  readonly place: Place;
  readonly parts: readonly DocumentPart[];
}

function documents(parts: readonly DocumentPart[]): readonly Document[] {
  const byName = new Map<string, Document>();
  for (const part of parts) {
    const name = nameOf(part.place);
    byName.set(name, { place: part.place, parts: [...(byName.get(name)?.parts ?? []), part] });
  }
  return [...byName.values()];
}

export function documentBlocks(parts: readonly DocumentPart[]): readonly Block[] {
  return documents(parts).map(({ place, parts: own }) => ({
    template: "document.ts.hbs",
    view: { name: nameOf(place), column: [...place.steps.map(({ relation }) => relation), place.column.name].join("."), lines: own.map(({ line }) => line) },
  }));
}

/** How each document that a client writes becomes what it shall be. */
export function documentMerges(parts: readonly DocumentPart[]): readonly string[] {
  return documents(parts)
    .filter((each) => each.parts.some(({ isWritten }) => isWritten))
    .map(({ place }) => {
      const { name } = place.column;
      const value = parameter(place.column);
      return `document(${nameOf(place)}, (row: Row) => row.${name}, (${value}: NonNullable<Row[${quoted(name)}]>): Data => ({ ${term(name, value)} }))`;
    });
}
