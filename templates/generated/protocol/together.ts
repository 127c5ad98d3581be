/** New rows in few statements (a run of creates in a bulk request), and which row is whose. */

/** Thrown: these have something in their way, and what was written for them must not stay. The rest may be tried without them. */
export class TakenBack extends Error {
  readonly leftover: ReadonlySet<unknown>;

  constructor(leftover: readonly unknown[]) {
    super("Rows were written that may not stay.");
    this.name = "TakenBack";
    this.leftover = new Set(leftover);
  }
}

type Name = string | null | undefined;

/**
 * Inserts those that nothing is in the way of; undefined stands for each of the others, in the order of `all`. A row is told by its
 * name, which no two of them share. Sorted, so that two requests with the same names wait for each other and never in a circle.
 */
export async function insertNamed<T, Row>(all: readonly T[], name: (each: T) => Name, insert: (sorted: readonly T[]) => PromiseLike<readonly Row[]>, nameOf: (row: Row) => Name): Promise<readonly (Row | undefined)[]> {
  const sorted = inOrder(all, name);
  const rows = byName(sorted.length === 0 ? [] : await insert(sorted), nameOf, sorted, name);
  return all.map((each) => rows.get(folded(name(each))));
}

export interface JoinedInsert<T, Person, Key, Row> {
  /** The one look-up without a tenant: a person is one row for all of them. */
  find(names: string[]): PromiseLike<readonly Person[]>;
  /** Inserts those who are not there by now. */
  make(fresh: readonly T[]): PromiseLike<readonly Person[]>;
  name(person: Person): Name;
  key(person: Person): Key;
  /** The resources' own rows, each with the key of its person. */
  insert(joining: readonly Joining<T, Key>[]): PromiseLike<readonly Row[]>;
  keyOf(row: Row): Key;
}

export interface Joining<T, Key> {
  readonly one: T;
  readonly key: Key;
}

/** The same with the shared row of each, where it is a new one. One who is there already is for `link` to ask about, and is left. */
export async function insertJoined<T, Person, Key, Row>(all: readonly T[], name: (each: T) => Name, people: JoinedInsert<T, Person, Key, Row>): Promise<readonly (Row | undefined)[]> {
  const sorted = inOrder(all, name);
  const known = byName(await people.find(sorted.map((each) => name(each) ?? "")), (person) => people.name(person), sorted, name);
  const fresh = sorted.filter((each) => !known.has(folded(name(each))));
  if (fresh.length === 0) return all.map(() => undefined);
  const made = byName(await people.make(fresh), (person) => people.name(person), fresh, name);
  const joining = fresh.flatMap((one): readonly Joining<T, Key>[] => {
    const person = made.get(folded(name(one)));
    return person === undefined ? [] : [{ one, key: people.key(person) }];
  });
  const rows = new Map((joining.length === 0 ? [] : await people.insert(joining)).map((row) => [people.keyOf(row), row]));
  const found = new Map(joining.map(({ one, key }) => [one, rows.get(key)]));
  // A person is made for a resource, and is not left behind without it.
  const alone = joining.flatMap(({ one }) => (found.get(one) === undefined ? [one] : []));
  if (alone.length > 0) throw new TakenBack(alone);
  return all.map((each) => found.get(each));
}

function inOrder<T>(all: readonly T[], name: (each: T) => Name): readonly T[] {
  const named = all.map((each) => ({ each, key: folded(name(each)) })).filter(({ key }) => key !== "");
  if (new Set(named.map(({ key }) => key)).size < named.length) throw new TakenBack(all);
  return named.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ each }) => each);
}

/** What the database gives back must be one of those that it was given: a row that cannot be told is nobody's. */
function byName<T, Row>(rows: readonly Row[], nameOf: (row: Row) => Name, all: readonly T[], name: (each: T) => Name): ReadonlyMap<string, Row> {
  const asked = new Set(all.map((each) => folded(name(each))));
  const found = new Map(rows.map((row) => [folded(nameOf(row)), row]));
  if (found.size < rows.length || [...found.keys()].some((each) => !asked.has(each))) throw new TakenBack(all);
  return found;
}

function folded(name: Name): string {
  return (name ?? "").normalize("NFC").toLowerCase();
}
