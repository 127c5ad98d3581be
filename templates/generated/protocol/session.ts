/** One request of one caller: its tenant, its client, and what waits for the commit. */
import type { Auth } from "./engine.js";
import { ScimError, unavailable } from "./error.js";
import { failure, HostError, isRace } from "./failure.js";
import { clientOf } from "./rows.js";
import type { Begin, Scoped } from "./rows.js";
import type { Work } from "./transaction.js";

export interface Session<Db, TenantId> {
  readonly auth: Auth<TenantId>;
  readonly work: Work<Db>;
  /** Run once the request's writes are committed; their errors are reported and change no answer. */
  readonly afterCommit: (() => Promise<void> | void)[];
}

/** The host's client, plain or extended. */
export interface ClientAccess<Db> {
  readonly db: Db;
  readonly transaction?: undefined;
}

/** For row level security, or one database a tenant: every access of a request runs inside the host's own transaction. */
export interface HostAccess<Db, TenantId> {
  readonly db?: undefined;
  /** `(auth, run) => prisma.$transaction(async (tx) => { …; return run(tx); })` */
  readonly transaction: <T>(auth: Auth<TenantId>, run: (tx: Db) => Promise<T>) => Promise<T>;
}

export type Access<Db, TenantId> = ClientAccess<Db> | HostAccess<Db, TenantId>;

/** Runs one request with its session. */
export async function withSession<Db, TenantId, T>(
  access: Access<Db, TenantId>,
  auth: Auth<TenantId>,
  onError: (error: unknown) => void,
  run: (session: Session<Db, TenantId>) => Promise<T>,
): Promise<T> {
  // A host that begins its transaction again runs the request again, and only what the last run did was committed.
  let afterCommit: Session<Db, TenantId>["afterCommit"] = [];
  const result =
    access.transaction === undefined
      ? await run({ auth, work: { db: access.db, inside: false }, afterCommit })
      : await insideHost(access, auth, (db) => run({ auth, work: { db, inside: true }, afterCommit: (afterCommit = []) }));
  for (const each of afterCommit) {
    try {
      await each();
    } catch (error) {
      onError(error);
    }
  }
  return result;
}

/** One of several operations in a session: it fails alone, in the host's transaction by a savepoint around all of it. */
export async function operation<Db, TenantId, T>(session: Session<Db, TenantId>, run: (session: Session<Db, TenantId>) => Promise<T>): Promise<T> {
  if (!session.work.inside) return run(session);
  return clientOf<Begin<Db>>(session.work.db).$transaction((db) => run({ ...session, work: { db, inside: true } }));
}

/** Whether what went wrong with one operation ends them all: a race or a connection that the host's transaction lost. What was done before is lost with it. */
export function endsAll(session: Session<unknown, unknown>, error: unknown): boolean {
  return session.work.inside && !(error instanceof HostError) && !(error instanceof ScimError && error.status < 500);
}

/** One request in the host's transaction. It must run it, and what ends it otherwise than the request itself did is told apart here. */
async function insideHost<Db, TenantId, T>({ transaction }: HostAccess<Db, TenantId>, auth: Auth<TenantId>, run: (db: Db) => Promise<T>): Promise<T> {
  const ran: { end?: { readonly result: T } | { readonly error: unknown } } = {};
  try {
    await transaction(auth, async (db) => {
      delete ran.end;
      try {
        const result = await run(db);
        ran.end = { result };
        return result;
      } catch (error) {
        ran.end = { error };
        throw error;
      }
    });
  } catch (error) {
    if (ran.end === undefined) throw error instanceof ScimError ? error : unavailable(5, error);
    // At COMMIT. What the request itself threw is below, however the host may have dressed it.
    if (!("error" in ran.end)) throw failure(error, { constraints: {}, doing: "write" });
  }
  if (ran.end === undefined) throw new Error("The host's `transaction` did not run what it was given.");
  if ("result" in ran.end) return ran.end.result;
  throw isRace(ran.end.error) ? unavailable(1, ran.end.error) : ran.end.error;
}

/** The tenant of the session, in the type that every query wants. Nothing but `authenticate` leads here. */
export function tenantOf<T extends string | number | bigint>(session: Session<unknown, T>): Scoped<T> {
  return session.auth.tenant as Scoped<T>;
}
