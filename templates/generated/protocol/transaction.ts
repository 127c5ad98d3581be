/** The one place where a request's statements meet a transaction. */
import { failure, isRace } from "./failure.js";
import type { FailureContext } from "./failure.js";
import type { Begin } from "./rows.js";

/** The client of one request. `inside`: it is a transaction of the host's already, so that a failing statement must be fenced off by a savepoint. */
export interface Work<Db> {
  readonly db: Db;
  readonly inside: boolean;
}

const attempts = 4;
/** Waiting for a connection longer than this is an outage, and the client may come again. */
const maxWait = 5_000;

/** Statements that only read. */
export async function reading<T>(work: Work<unknown>, run: PromiseLike<T>, context: Omit<FailureContext, "doing">): Promise<T> {
  try {
    return await run;
  } catch (error) {
    throw work.inside && isRace(error) ? error : failure(error, { ...context, doing: "read" });
  }
}

/** One writing statement: it needs no transaction of its own. */
export async function single<Db extends Begin<Db>, T>(work: Work<Db>, run: (db: Db) => PromiseLike<T>, context: FailureContext): Promise<T> {
  if (work.inside) return unit(work, async (tx) => run(tx), context, 1);
  return attempt(() => run(work.db), true, context);
}

/**
 * Several statements that succeed together or not at all. A race that the database calls off is run again, whole; inside the
 * host's transaction it goes up unchanged, since only who began can begin again. `size`: ids in the request, for the timeout.
 */
export async function unit<Db extends Begin<Db>, T>(work: Work<Db>, run: (tx: Db) => Promise<T>, context: FailureContext, size: number): Promise<T> {
  // A fresh options object each time: Prisma 7.10.0 leaks a shared one into later transactions.
  return attempt(() => work.db.$transaction(run, { maxWait, timeout: 10_000 + size }), !work.inside, context);
}

async function attempt<T>(run: () => PromiseLike<T>, again: boolean, context: FailureContext): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      const race = isRace(error);
      if (race && !again) throw error;
      if (!race || tries === attempts) throw failure(error, context);
      await new Promise<void>((resolve) => later(resolve, tries * (5 + Math.random() * 20)));
    }
  }
}

/** `setTimeout` of whatever runtime this is: neither the DOM's types nor Node's are needed to compile. */
const later = (globalThis as unknown as { readonly setTimeout: (run: () => void, milliseconds: number) => unknown }).setTimeout;
