/** DEMO_LOG=sql: what the database was told for each request, BEGIN and COMMIT included. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { RequestListener } from "node:http";
import pg from "pg";

type Say = (...lines: readonly string[]) => void;

export async function loggingStatements(listener: RequestListener, say: Say): Promise<RequestListener> {
  const running = new AsyncLocalStorage<string[]>();
  // The specimen makes its own pool, as a product does, so the place to listen is what all pools send through. Statements that
  // belong to no request, such as those that open a connection, are not of interest.
  const { query } = pg.Client.prototype as { readonly query: (...all: unknown[]) => unknown };
  Object.assign(pg.Client.prototype, {
    query(this: unknown, ...all: unknown[]) {
      running.getStore()?.push(printed(all));
      return query.apply(this, all);
    },
  });
  return (request, response) => {
    const statements: string[] = [];
    const start = performance.now();
    response.on("finish", () => {
      const took = (performance.now() - start).toFixed(1);
      say("", `${request.method ?? ""} ${request.url ?? ""} -> ${response.statusCode}, ${took} ms`, ...statements.map((statement, index) => `  ${index + 1}. ${statement}`));
    });
    running.run(statements, () => listener(request, response));
  };
}

/** Without the name of the schema, which stands before every table and says nothing here. */
function printed([first, second]: readonly unknown[]): string {
  const { text, values } = typeof first === "string" ? { text: first, values: second } : (first as pg.QueryConfig);
  const shown = Array.isArray(values) && values.length > 0 ? `\n       ${JSON.stringify(values)}` : "";
  return `${text.replaceAll('"public".', "")}${shown}`;
}
