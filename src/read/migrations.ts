/** What a host's SQL migrations say that its Prisma schema cannot: unique indexes over lower(column), and row level security. For `init`. */
import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

export interface Migrations {
  /** Unique indexes of which one column is folded to lower case, as they stand after all migrations. */
  readonly folded: readonly FoldedIndex[];
  /** Tables whose rows the database hides. */
  readonly guarded: readonly string[];
  /** The setting that their policies compare with: "app.tenant_id". */
  readonly setting: string | undefined;
}

export interface FoldedIndex {
  readonly name: string;
  /** As the database calls them. */
  readonly table: string;
  readonly column: string;
  /** The plain columns beside it. */
  readonly beside: readonly string[];
}

export const noMigrations: Migrations = { folded: [], guarded: [], setting: undefined };

/** Of the `migrations` folder beside the schema, or beside the folder that the schema is. */
export async function readMigrations(schema: string): Promise<Migrations> {
  for (const folder of [join(schema, "migrations"), join(dirname(schema), "migrations")]) {
    const texts = await textsOf(folder);
    if (texts !== undefined) return migrationsOf(texts);
  }
  return noMigrations;
}

async function textsOf(folder: string): Promise<readonly string[] | undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  const names = entries?.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  if (names === undefined) return undefined;
  return Promise.all(names.map((name) => readFile(join(folder, name, "migration.sql"), "utf8").catch(() => "")));
}

const name = `(?:"[^"]+"|\\w+)`;
const inSchema = `(?:${name}\\s*\\.\\s*)?`;
const statements = new RegExp(
  [
    `create\\s+unique\\s+index\\s+(?:concurrently\\s+)?(?:if\\s+not\\s+exists\\s+)?(?<index>${name})\\s+on\\s+(?:only\\s+)?${inSchema}(?<on>${name})` +
      `\\s*(?:using\\s+\\w+\\s*)?\\((?<columns>(?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*)\\)\\s*(?<rest>[^;]*)`,
    `drop\\s+index\\s+(?:concurrently\\s+)?(?:if\\s+exists\\s+)?${inSchema}(?<dropped>${name})`,
  ].join("|"),
  "gi",
);
const guarding = new RegExp(`alter\\s+table\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?${inSchema}(${name})\\s+enable\\s+row\\s+level\\s+security`, "gi");

/** In the order in which they run. */
export function migrationsOf(texts: readonly string[]): Migrations {
  const sql = texts.join("\n").replace(/\/\*[\s\S]*?\*\/|--.*/g, "");
  const folded = new Map<string, FoldedIndex>();
  for (const { groups = {} } of sql.matchAll(statements)) {
    const { index, on, columns = "", rest = "", dropped } = groups;
    if (dropped !== undefined) folded.delete(bare(dropped));
    if (index === undefined || on === undefined || /^where\b/i.test(rest)) continue;
    const found = foldedColumns(columns);
    if (found !== undefined) folded.set(bare(index), { name: bare(index), table: bare(on), ...found });
  }
  const guarded = [...sql.matchAll(guarding)].map(([, found = ""]) => bare(found));
  const setting = /current_setting\(\s*'([^']+)'/i.exec(sql)?.[1];
  return { folded: [...folded.values()], guarded: [...new Set(guarded)].sort(), setting: guarded.length === 0 ? undefined : setting };
}

function foldedColumns(text: string): Pick<FoldedIndex, "column" | "beside"> | undefined {
  const parts = text.split(/,(?![^(]*\))/).map((part) => part.trim());
  const lowers = parts.flatMap((part) => new RegExp(`^\\(?\\s*lower\\(\\s*(${name})(?:::\\w+)?\\s*\\)`, "i").exec(part)?.[1] ?? []);
  const plain = parts.flatMap((part) => new RegExp(`^(${name})(?:\\s+(?:asc|desc))?$`, "i").exec(part)?.[1] ?? []);
  const [column] = lowers;
  return column === undefined || lowers.length + plain.length < parts.length || lowers.length > 1 ? undefined : { column: bare(column), beside: plain.map(bare) };
}

/** Without quotes; what has none is in lower case for the database. */
const bare = (written: string): string => (written.startsWith('"') ? written.slice(1, -1) : written.toLowerCase());
