/** What is told to the user when something does not fit: one shape, one table of codes, one way to print it. */

/** Every code, with what it means in a line. The documentation lists the same. */
export const problemCodes = {
  // Names
  "unknown-model": "The mapping names a model that the schema does not have.",
  "unknown-field": "The mapping names a field that the model does not have.",
  "unknown-attribute": "The mapping names an attribute that no SCIM schema has here.",
  "unknown-option": "The mapping holds an option that does not exist here.",
  "not-a-column": "A relation is named where a column is due.",
  "deeper-than-one-list": "A place crosses more than one list relation.",
  "view-as-resource": "A view is mapped as a resource that must be written.",
  "name-taken": "Two resources, extensions or attributes would be known by one name.",
  "name-not-valid": "A name, an endpoint or a URN is not written as SCIM wants it.",
  "field-ignored": "The Prisma client does not see the field: `@ignore`, or a type that Prisma does not know.",
  // Types
  "type-mismatch": "The column's type, or the value's, does not fit the attribute.",
  "enum-value-unknown": "The mapping names a value that the enum does not have.",
  "enum-value-unmapped": "The enum has a value that the mapping says nothing about.",
  "value-type-mismatch": "A value in `create`, `stamp` or `set` does not fit its column.",
  "json-expected": "The place leads into a column that is not Json.",
  "rule-types-differ": "One rule is used for columns of two types.",
  "codec-without-filter": "A required attribute cannot be found by a filter, since a codec hides it.",
  // Completeness
  "required-unmapped": "A required column gets no value when a client creates a resource.",
  "username-missing": "A User has no userName.",
  "relation-policy-missing": "A place through a relation can be written, and nothing says how.",
  "name-half-mapped": "Only some parts of the name are mapped.",
  "key-made-by-application": "The id has no default in the schema, so the mapping must say who makes it.",
  // Tenant
  "tenant-missing": "A resource does not say which column holds its tenant.",
  "tenant-open": "Rows of another table have no way to their tenant, or more than one.",
  "tenant-types-differ": "Resources disagree on the type of the tenant.",
  "tenant-nullable": "The tenant's column may be null.",
  "reference-leaves-tenant": "A reference may lead into another tenant.",
  // Identity
  "id-not-unique": "The column of the SCIM id is not unique.",
  "id-mutable": "The column of the SCIM id can change.",
  "unique-without-index": "What SCIM calls unique has no unique index.",
  "may-be-many": "A single-valued attribute is mapped to rows of which there may be many.",
  "lookup-not-unique": "A look-up column may find more than one row.",
  "unique-wider-than-tenant": "A unique index spans all tenants.",
  "match-not-unique": "The column that finds an existing row is not unique.",
  // Life
  "removal-does-not-hide": "What removal sets leaves the row visible.",
  "restore-without-removal": "Restoring is asked for where nothing is hidden by removal.",
  "soft-delete-not-nullable": "The column of a soft delete cannot be unset.",
  "restrict-blocks-delete": "A foreign key can refuse the removal.",
  "shared-person-without-owner": "A person shared by tenants has no column that says which of them owns the account.",
  "owner-type-mismatch": "The owner's column cannot hold a tenant.",
  "orphan-delete-unsafe": "Removing a shared row when nobody points to it is not safe here.",
  "exists-with-remove-set": "`exists` removes the row, and `remove` keeps it.",
  // Meaning
  "shared-column-options-differ": "Attributes that share a column disagree on its options.",
  "slots-collide": "Two slots have one column.",
  "primary-not-a-slot": "`primary` names a slot that does not exist.",
  "else-collides": "A stored value has two meanings: it stands for two values, or `else` writes what `where` leaves out.",
  "fallback-not-filtered": "A filter sees the column, and not the fallback.",
  "member-path-ambiguous": "The place of the members can be read in two ways.",
  "member-column-not-id": "The column of the members does not hold SCIM ids.",
  "enum-group-with-table": "Groups cannot be both an enum and a table.",
  "rls-without-host-transaction": "The database has row level security, and the mapping opens no transaction of the host's.",
  // File
  "schema-not-found": "No Prisma schema was found.",
  "schema-invalid": "The Prisma schema has an error.",
  "prisma-config-unread": "The Prisma config could not be loaded as it stands.",
  "unsupported-prisma": "The installed version of Prisma is not supported.",
  "config-missing": "No mapping file was found.",
  "config-invalid": "The mapping file does not export a mapping.",
  "config-throws": "The mapping file failed while it was loaded.",
  "config-imports-client": "The mapping file imports the generated client at run time.",
  "config-not-plain": "The mapping holds something that is not plain data.",
  "tsconfig-unreadable": "The tsconfig could not be read.",
  "prettier-failed": "The host's prettier settings could not be used.",
  "edited-by-hand": "A generated file was edited by hand.",
  "output-not-writable": "The output folder cannot be written.",
  "output-not-ours": "The output folder holds a lock file that is not ours, or of a later version.",
  "outputs-overlap": "Two providers generate into one folder.",
  "not-yet-supported": "The mapping uses what a later version brings.",
  "client-not-found": "The generated client was not found; a note, since `prisma generate` may run later.",
  "out-of-date": "The committed files are not what the schema and the mapping say.",
} as const;

export type ProblemCode = keyof typeof problemCodes;
/** `error`: nothing is written. `warning`: written, and worth a look. `note`: good to know. */
export type Severity = "error" | "warning" | "note";

/** A place in a file of the host, from 1 on. */
export interface Position {
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line itself, for the caret beneath it. */
  readonly text?: string;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** In the user's words. */
  readonly message: string;
  /** What to type. */
  readonly remedy?: string;
  readonly at?: Position;
  /** The line of the schema that belongs beside it. */
  readonly schemaAt?: Position;
}

/** A problem that knows its place in the mapping by path alone: finding the line costs a parser, so it happens only when there is something to print. */
export interface PendingProblem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
  readonly remedy?: string;
  /** From the object of `defineConfig` on; first the index where the file exports an array. */
  readonly path: readonly (string | number)[];
  readonly schema?: { readonly model: string; readonly field?: string };
}

export interface PrintOptions {
  readonly color: boolean;
  /** The folder that file names are shown relative to. */
  readonly cwd?: string;
}

/** As a good compiler says it: where, what, the line with a caret, the schema's line beside it, and what to type. */
export function printProblem(problem: Problem, options: PrintOptions): string {
  const { bold, dim, red, yellow, blue } = paints(options.color);
  const paint = { error: red, warning: yellow, note: blue }[problem.severity];
  const where = problem.at === undefined ? "" : `${bold(place(problem.at, options.cwd))}  `;
  return [
    `${where}${paint(problem.severity)} ${dim(problem.code)}`,
    ...problem.message.split("\n").map((line) => `  ${line}`),
    ...(problem.at === undefined ? [] : excerpt(problem.at, dim, paint)),
    ...(problem.schemaAt === undefined ? [] : [`  ${dim(place(problem.schemaAt, options.cwd))}`, ...excerpt(problem.schemaAt, dim, undefined)]),
    ...(problem.remedy === undefined ? [] : [`  ${bold("help:")} ${problem.remedy.split("\n").join("\n        ")}`]),
  ].join("\n");
}

/** All of them, errors first, then by place; each said once. */
export function printProblems(problems: readonly Problem[], options: PrintOptions): string {
  return [...new Set(sortProblems(problems).map((problem) => printProblem(problem, options)))].join("\n\n");
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** Errors first; within a kind by file and line. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      ranks[a.severity] - ranks[b.severity] ||
      compare(a.at?.file ?? "", b.at?.file ?? "") ||
      (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
      (a.at?.column ?? 0) - (b.at?.column ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const isError = ({ severity }: Problem): boolean => severity === "error";

function place({ file, line, column }: Position, cwd: string | undefined): string {
  const below = cwd !== undefined && file.startsWith(`${cwd}/`) ? file.slice(cwd.length + 1) : file;
  return `${below}:${line}:${column}`;
}

type Paint = (text: string) => string;

/** The line with its number and, where there is a colour for it, a caret beneath. Tabs stay, so that the caret stands where an editor shows it. */
function excerpt({ text, line, column }: Position, dim: Paint, caret: Paint | undefined): readonly string[] {
  if (text === undefined) return [];
  const number = String(line);
  const shown = `  ${dim(`${number} |`)} ${text.trimEnd()}`;
  const before = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  return caret === undefined ? [shown] : [shown, `  ${dim(`${" ".repeat(number.length)} |`)} ${before}${caret("^".repeat(caretWidth(text.slice(column - 1))))}`];
}

/** The word or string that begins there. */
function caretWidth(rest: string): number {
  return /^(?:"[^"]*"|'[^']*'|`[^`]*`|[\w$]+)/.exec(rest)?.[0].length ?? 1;
}

function paints(color: boolean): Readonly<Record<"bold" | "dim" | "red" | "yellow" | "blue", Paint>> {
  const paint = (code: number, end: number): Paint => (color ? (text) => `\u001b[${code}m${text}\u001b[${end}m` : (text) => text);
  return { bold: paint(1, 22), dim: paint(2, 22), red: paint(31, 39), yellow: paint(33, 39), blue: paint(34, 39) };
}
