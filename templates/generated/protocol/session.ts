/** One request of one caller: its tenant, its client, and what waits for the commit. */
import type { Auth } from "./engine.js";
import type { Scoped } from "./rows.js";
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
  const afterCommit: Session<Db, TenantId>["afterCommit"] = [];
  const result =
    access.transaction === undefined
      ? await run({ auth, work: { db: access.db, inside: false }, afterCommit })
      : await access.transaction(auth, (db) => run({ auth, work: { db, inside: true }, afterCommit }));
  for (const each of afterCommit) {
    try {
      await each();
    } catch (error) {
      onError(error);
    }
  }
  return result;
}

/** The tenant of the session, in the type that every query wants. Nothing but `authenticate` leads here. */
export function tenantOf<T extends string | number | bigint>(session: Session<unknown, T>): Scoped<T> {
  return session.auth.tenant as Scoped<T>;
}
