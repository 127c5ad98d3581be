/** The insert of several resources at once, where none of them has to ask for something of its own. */
import type { SharedRow } from "../provider.js";
import type { Context } from "./context.js";
import { access, idType, term } from "./expressions.js";
import { insertColumns, isText, madePerson, matchCodec, sharedName } from "./insert-view.js";
import type { Calls } from "./kinds/kind.js";
import { scopeTerms } from "./scope.js";
import { isAwaited, madeDefaults, uses } from "./view.js";

export function togetherLines(context: Context): readonly string[] {
  const { resource } = context;
  if (!isTogether(context)) return [];
  const { id, model } = resource;
  const [shared] = resource.shared;
  return [
    "together: {",
    ...(shared === undefined ? namedLines(context) : joinedLines(context, shared)),
    `  where: (rows) => ({ ${[term(id.name, `{ in: rows.map((row) => row.${id.name}) }`), ...scopeTerms(resource.scope)].join(", ")} }),`,
    "},",
  ].map((line) => line.replaceAll("$delegate", model.delegate));
}

/** The calls that this makes. */
export function togetherCalls(context: Context): readonly Calls[] {
  if (!isTogether(context)) return [];
  const { resource, relations } = context;
  const [shared] = resource.shared;
  const { model } = resource;
  const own = relations.length > 0 ? "Own" : "Row";
  const created = (select: string, row: string): string => `createManyAndReturn(args: { data: Prisma.${model.name}CreateManyInput[]; skipDuplicates: true; select: ${select} }): PromiseLike<${row}[]>;`;
  if (shared === undefined) return [{ delegate: model.delegate, methods: [created("typeof own", own)] }];
  const key = `${shared.key.name}: ${idType(shared.key)}`;
  const { match, id } = shared;
  const select = `{ ${id.name}: true; ${match.name}: true }`;
  const person = `{ ${id.name}: ${idType(id)}; ${match.name}: string${match.optional ? " | null" : ""} }[]`;
  return [
    { delegate: model.delegate, methods: [created(`typeof own & { ${shared.key.name}: true }`, `(${own} & { ${key} })`)] },
    {
      delegate: shared.step.model.delegate,
      methods: [
        `findMany(args: { where: { ${match.name}: ${isFolded(shared) ? `{ in: string[]; mode: "insensitive" }` : "{ in: string[] }"} }; select: ${select} }): PromiseLike<${person}>;`,
        `createManyAndReturn(args: { data: Prisma.${shared.step.model.name}CreateManyInput[]; skipDuplicates: true; select: ${select} }): PromiseLike<${person}>;`,
      ],
    },
  ];
}

function isTogether(context: Context): boolean {
  const { resource } = context;
  if (resource.isReadOnly || resource.existing !== undefined || resource.unguarded !== undefined || resource.sideRows.length > 0 || resource.outside.insert || [...resource.create, ...madeDefaults(resource)].some(isAwaited)) return false;
  const [shared, ...more] = resource.shared;
  if (shared === undefined) return nameOf(context) !== undefined;
  return more.length === 0 && shared.link !== "connect" && shared.attribute === "userName" && !shared.id.optional && !shared.key.optional && shared.id.name !== shared.match.name && isText(shared.match) && matchCodec(context, shared) === undefined && !shared.create.some(isAwaited);
}

/** What tells the rows of one statement apart: the name, which the row itself holds as text. */
function nameOf({ leaves }: Context): { readonly key: string; readonly column: string } | undefined {
  for (const { attribute } of leaves) {
    const { key, source } = attribute;
    if ((key === "userName" || key === "displayName") && attribute.definition.required && source.kind === "column" && source.place.steps.length === 0 && isText(source.place.column)) return { key, column: source.place.column.name };
  }
  return undefined;
}

function namedLines(context: Context): readonly string[] {
  const name = nameOf(context);
  if (name === undefined) return [];
  return [
    `  insert: (db, all) => insertNamed(all, ({ values }) => values${access(name.key)}, (sorted) => ${createAll("sorted", { data: "", columns: insertColumns(context) }, "own")}, (row) => row.${name.column}),`,
  ];
}

function joinedLines(context: Context, shared: SharedRow): readonly string[] {
  const { delegate } = shared.step.model;
  const select = `select: { ${shared.id.name}: true, ${shared.match.name}: true }`;
  const names = shared.matchLetters === "trusted" ? "names.map((each) => each.toLowerCase())" : "names";
  const person = madePerson(context, shared);
  const columns = insertColumns(context, () => "key");
  return [
    "  insert: (db, all) => insertJoined(all, ({ values }) => values.userName, {",
    `    find: (names) => db.${delegate}.findMany({ where: { ${shared.match.name}: { in: ${names}${isFolded(shared) ? `, mode: "insensitive"` : ""} } }, ${select} }),`,
    `    make: (fresh) => db.${delegate}.createManyAndReturn({ data: fresh.map((${mentioned(person, ["values", "now"])}) => ${person}), skipDuplicates: true, ${select} }),`,
    `    name: (${sharedName(shared)}) => ${sharedName(shared)}.${shared.match.name},`,
    `    key: (${sharedName(shared)}) => ${sharedName(shared)}.${shared.id.name},`,
    `    insert: (joining) => ${createAll("joining", { data: "one", columns }, `{ ...own, ${shared.key.name}: true }`)},`,
    `    keyOf: (row) => row.${shared.key.name},`,
    "  }),",
  ];
}

/** `data`: where the new row stands in what is handed; else it is that itself. */
function createAll(all: string, { data, columns }: { readonly data: string; readonly columns: readonly string[] }, select: string): string {
  const row = `{ ...data, ${columns.join(", ")} }`;
  const given = mentioned(row, ["values", "data", "now"]);
  const each = data === "" ? given : `{ ${data}: ${given}, key }`;
  return `db.$delegate.createManyAndReturn({ data: ${all}.map((${each}) => (${row})), skipDuplicates: true, select: ${select} })`;
}

function mentioned(text: string, names: readonly string[]): string {
  return `{ ${names.filter((name) => uses(text.replaceAll("...data", " data"), name)).join(", ")} }`;
}

function isFolded({ matchLetters }: SharedRow): boolean {
  return matchLetters === "folded" || matchLetters === "lowered";
}
