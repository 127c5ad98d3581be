/** What went wrong below the seam, told apart by what the client should do. Knows Prisma's codes; tests names and codes, since two clients share no class. */
import { ScimError, refuse, unavailable } from "./error.js";

/** An error that a hook or rule of the host threw: never mistaken for one of the database. */
export class HostError extends Error {
  constructor(cause: unknown) {
    super("A hook or rule of the host threw an error.", { cause });
    this.name = "HostError";
  }
}

/** Runs the host's own code. Its ScimErrors are answers, a race that it lost inside the transaction is run again with it, anything else is the host's bug. */
export async function host<T>(run: () => Promise<T> | T): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof ScimError || isRace(error) ? error : new HostError(error);
  }
}

/** The same for what answers at once. */
export function hostNow<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof ScimError ? error : new HostError(error);
  }
}

export interface FailureContext {
  /** Constraint name to attribute, for the detail of a 409. */
  readonly constraints: Readonly<Record<string, string>>;
  /** `remove`: a foreign key that refuses is a resource still in use, 409; in a write it is a reference to nothing, 400. */
  readonly doing: "read" | "write" | "remove";
}

const retryable = new Set(["40001", "40P01"]);
/** 25006: a replica that takes no writes, as in the minute of a failover. */
const outages = ["08", "25006", "53", "57", "55P03"];

/** Whether the same work may succeed when it is run again: a lost race between transactions. */
export function isRace(error: unknown): boolean {
  const { code, state } = facts(error);
  return code === "P2034" || retryable.has(state);
}

/** The answer for an error from a Prisma call, or the error itself when it is a bug (500). */
export function failure(error: unknown, context: FailureContext): unknown {
  if (error instanceof ScimError || error instanceof HostError) return error;
  const { name, code, state, constraint } = facts(error);
  if (code === "P2002" || state === "23505") return taken(constraint, context);
  // P2018, P2025: a row that was to be connected is gone since it was looked for.
  if (code === "P2003" || code === "P2018" || code === "P2025" || state === "23503" || state === "23001") {
    return context.doing === "remove"
      ? new ScimError(409, "Other data of this product still refers to this resource, so it cannot be deleted. Deactivate it instead.")
      : refuse("invalidValue", "A resource that this request refers to does not exist.");
  }
  // 22: data that a column cannot hold. 54: limits of the database itself, such as a value too long for its index.
  if (["P2000", "P2007", "P2020"].includes(code) || state.startsWith("22") || state.startsWith("54")) {
    return refuse("invalidValue", "A value is too long or out of range for this product.");
  }
  if (isRace(error) || code === "P2028" || /^P1\d\d\d$/.test(code)) return unavailable(1, error);
  if (state !== "" && state !== "25P02" && outages.some((each) => state.startsWith(each))) return unavailable(5, error);
  if (name === "PrismaClientInitializationError") return unavailable(5, error);
  // The driver's own errors about lost and timed-out connections pass through Prisma as plain Errors, or as a system error.
  if (error instanceof Error && (name === "Error" || name === "DriverAdapterError" || name === "AggregateError") && (code === "" || /^E[A-Z]+$/.test(code))) return unavailable(5, error);
  return error;
}

function taken(constraint: string, context: FailureContext): ScimError {
  const attribute = context.constraints[constraint];
  return refuse("uniqueness", attribute === undefined ? "A value that must be unique is already in use." : `The ${attribute} is already in use by another resource.`);
}

interface Facts {
  readonly name: string;
  readonly code: string;
  /** SQLSTATE, or "". */
  readonly state: string;
  readonly constraint: string;
}

function facts(error: unknown): Facts {
  const cause = member(member(member(error, "meta"), "driverAdapterError"), "cause") ?? member(error, "cause");
  const constraint = member(cause, "constraint");
  const target = member(member(error, "meta"), "target");
  return {
    name: text(member(error, "name")),
    code: text(member(error, "code")),
    state: text(member(cause, "originalCode")) || text(member(cause, "code")),
    constraint: (text(member(constraint, "index")) || text(target)).replaceAll('"', ""),
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
