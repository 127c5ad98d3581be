/** What a database was told, statement by statement: BEGIN and COMMIT too, which Prisma's own query events leave out. */
import pg from "pg";

export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** The record of one pool. */
export class Statements {
  #all: Statement[] = [];

  /** Since the last `clear`, in the order in which they were sent. */
  get all(): readonly Statement[] {
    return this.#all;
  }

  clear(): void {
    this.#all = [];
  }

  /** Runs something alone and answers what it sent, for tests that count: `(await statements.of(() => get(id))).map(({ sql }) => sql)`. */
  async of(run: () => Promise<unknown>): Promise<readonly Statement[]> {
    this.clear();
    await run();
    return [...this.#all];
  }

  add(statement: Statement): void {
    this.#all.push(statement);
  }
}

/** A pool whose every statement is recorded, whoever sends it. */
export function recordedPool(config: pg.PoolConfig): { readonly pool: pg.Pool; readonly statements: Statements } {
  const statements = new Statements();
  const pool = new pg.Pool(config);
  pool.on("connect", (client) => {
    // `query` has nine overloads; all that is of interest is the first argument, and the rest goes through as it came.
    const query = client.query.bind(client) as (...all: unknown[]) => unknown;
    Object.assign(client, {
      query: (...all: unknown[]) => {
        statements.add(statement(all));
        return query(...all);
      },
    });
  });
  return { pool, statements };
}

function statement([first, second]: readonly unknown[]): Statement {
  if (typeof first === "string") return { sql: first, values: Array.isArray(second) ? second : [] };
  const { text, values } = first as pg.QueryConfig;
  return { sql: text, values: values ?? [] };
}
