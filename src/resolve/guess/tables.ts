/** The schema as a guess looks at it: columns and relations apart, by model. */
import { squashed } from "./words.js";

export interface Column {
  readonly name: string;
  readonly inDatabase: string;
  /** Prisma's scalar type, or the name of the enum. */
  readonly type: string;
  /** The values of an enum; empty for everything else. */
  readonly values: readonly string[];
  readonly list: boolean;
  readonly optional: boolean;
  /** Whether the row gets a value without anybody giving one. */
  readonly filled: boolean;
  /** The text or number of `@default(...)`, where it is one. */
  readonly initial: string | undefined;
  readonly updatedAt: boolean;
  /** `@db.…` as it stands in the schema, without the at sign: "db.Uuid", "db.VarChar(64)". */
  readonly native: string | undefined;
  /** What `///` says of it; "" where nothing is said. */
  readonly said: string;
}

export interface Relation {
  readonly name: string;
  readonly to: string;
  readonly list: boolean;
  readonly optional: boolean;
  /** The foreign key in this model; empty at the other end. */
  readonly columns: readonly string[];
  readonly references: readonly string[];
  readonly onDelete: "Cascade" | "Restrict" | "NoAction" | "SetNull" | "SetDefault";
  readonly pair: string;
}

export interface Table {
  readonly name: string;
  readonly inDatabase: string;
  readonly schema: string | undefined;
  readonly columns: readonly Column[];
  readonly relations: readonly Relation[];
  readonly key: readonly string[];
  /** Each set of columns that tells rows apart, the key included. */
  readonly uniques: readonly (readonly string[])[];
  /** What `///` says of it; "" where nothing is said. */
  readonly said: string;
}

/** The first column of these squashed names, in the order of the names; where none is called so, the database's own names tell. */
export function columnNamed(table: Table, names: readonly string[], fits: (column: Column) => boolean): Column | undefined {
  const singles = (column: Column): boolean => !column.list && fits(column);
  return named(table, names, singles);
}

/** The same for lists too. */
export function named(table: Table, names: readonly string[], fits: (column: Column) => boolean): Column | undefined {
  for (const called of [(column: Column) => column.name, (column: Column) => column.inDatabase]) {
    for (const name of names) {
      const found = table.columns.find((column) => squashed(called(column)) === name && fits(column));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

export const isText = (column: Column): boolean => column.type === "String";

export const isUnique = (table: Table, columns: readonly string[]): boolean =>
  table.uniques.some((unique) => unique.length === columns.length && unique.every((column) => columns.includes(column)));

/** The foreign key of a relation that one column makes. */
export const foreignKey = (relation: Relation): string | undefined => (relation.columns.length === 1 ? relation.columns[0] : undefined);

/** The column of a relation that holds `key` of the other end, where all others hold the tenant's column of it. */
export function keyColumn(relation: Relation, key: string | undefined, tenant: string | undefined): string | undefined {
  const others = relation.references.filter((each) => each !== key);
  return relation.columns.length === 0 || others.some((each) => each !== tenant) ? undefined : relation.columns[relation.references.findIndex((each) => each === key)];
}

export const column = (table: Table, name: string | undefined): Column | undefined => table.columns.find((each) => each.name === name);

/** The relations of one row to one row of `to` that stand in this model. */
export const pointing = (table: Table, to: Table): readonly Relation[] => table.relations.filter((relation) => relation.to === to.name && foreignKey(relation) !== undefined);

interface Referring {
  readonly from: Table;
  readonly relation: Relation;
}

interface Index {
  readonly byName: ReadonlyMap<string, Table>;
  readonly referring: ReadonlyMap<string, readonly Referring[]>;
}

/** A guess asks each model about each other: without an index, the time of a large schema would grow by its square. */
const indexes = new WeakMap<readonly Table[], Index>();

function indexOf(tables: readonly Table[]): Index {
  const known = indexes.get(tables);
  if (known !== undefined) return known;
  const found = new Map<string, Referring[]>();
  for (const from of tables) {
    for (const relation of from.relations) {
      if (relation.columns.length > 0) found.set(relation.to, [...(found.get(relation.to) ?? []), { from, relation }]);
    }
  }
  const index = { byName: new Map(tables.map((table) => [table.name, table])), referring: found };
  indexes.set(tables, index);
  return index;
}

/** All relations from other models, and from itself, that hold a foreign key to this one. */
export const referring = (tables: readonly Table[], to: Table): readonly Referring[] => indexOf(tables).referring.get(to.name) ?? [];

/** The other end of a relation. */
export const backOf = (tables: readonly Table[], from: Table, relation: Relation): Relation | undefined =>
  tableNamed(tables, relation.to)?.relations.find((back) => back.to === from.name && back.pair === relation.pair && (relation.to !== from.name || back.name !== relation.name));

export const tableNamed = (tables: readonly Table[], name: string): Table | undefined => indexOf(tables).byName.get(name);

/** Whether rows are many at both ends, with no model between them. */
export const isImplicit = (tables: readonly Table[], from: Table, relation: Relation): boolean => relation.list && backOf(tables, from, relation)?.list === true;

/** Whether the column alone tells rows of one tenant apart. */
export const isUniqueWithin = (table: Table, tenant: string | undefined, name: string): boolean =>
  table.uniques.some((unique) => unique.includes(name) && unique.every((each) => each === name || each === tenant));
