/** The window that a client looks through: by index (RFC 7644 3.4.2.4) or by cursor (RFC 9865). */
import type { Cursor, Cursors, Place } from "./cursor.js";
import { refuse, ScimError } from "./error.js";
import type { JsonObject } from "./json.js";
import type { Limits } from "./limits.js";
import { listResponse, readWindow } from "./list.js";
import type { Parameters } from "./query.js";
import type { Page, Query } from "./resource.js";

export type Window = Pick<Query, "skip" | "take" | "after" | "before" | "counts">;

export interface Paging {
  readonly window: Window;
  /** The answer that holds the page. */
  respond(page: Page): Promise<JsonObject>;
}

export interface PagingOptions {
  readonly limits: Limits;
  /** Undefined: this endpoint offers none, and `cursor` is an unknown parameter. */
  readonly cursors: Cursors | undefined;
  /** What a cursor is bound to beside the query: tenant and endpoint. */
  readonly bound: readonly string[];
  /** Whether the rows come in the order of their ids, so that a page can begin behind one of them. */
  readonly inOrderOfIds: boolean;
}

/** Throws 400 `invalidValue`, and of cursors `invalidCursor`, `expiredCursor`, `invalidCount`. */
export async function readPaging(query: Parameters, options: PagingOptions): Promise<Paging> {
  const cursor = options.cursors === undefined ? undefined : query("cursor");
  if (options.cursors === undefined || cursor === undefined) return byIndex(query, options.limits);
  if (query("startIndex") !== undefined) throw refuse("invalidValue", "startIndex and cursor cannot be used together; please send one of them.");
  // All that makes the query what it is: the next page must be of the same one.
  const scope = JSON.stringify([...options.bound, ...(["filter", "sortBy", "sortOrder", "attributes", "excludedAttributes"] as const).map((name) => query(name) ?? null)]);
  const asked = countOf(query, options.limits);
  const begun = cursor === "" ? undefined : await options.cursors.read(cursor, scope);
  if (begun !== undefined && query("count") !== undefined && asked !== begun.count) {
    throw new ScimError(400, `count was ${String(begun.count)} on the first page and must stay so.`, "invalidCount");
  }
  return byCursor(begun, begun?.count ?? asked, options.cursors, scope, options.inOrderOfIds);
}

function byIndex(query: Parameters, limits: Limits): Paging {
  const { startIndex, count } = readWindow(query("startIndex"), query("count"), limits);
  return {
    window: { skip: startIndex - 1, take: count, after: undefined, before: undefined, counts: true },
    respond: async ({ resources, total }) => listResponse(resources, total, startIndex),
  };
}

function countOf(query: Parameters, limits: Limits): number {
  try {
    return readWindow(undefined, query("count"), limits).count;
  } catch {
    throw new ScimError(400, "count must be a whole number.", "invalidCount");
  }
}

function byCursor(begun: Cursor | undefined, count: number, cursors: Cursors, scope: string, inOrderOfIds: boolean): Paging {
  const at: Place = begun?.at ?? { skip: 0 };
  const skip = "skip" in at ? at.skip : 0;
  const [after, before] = ["after" in at ? at.after : undefined, "before" in at ? at.before : undefined];
  return {
    // One more than is shown tells whether there is another page. With a count of 0 a walk would never end, so there is none.
    window: { skip, take: count === 0 ? 0 : count + 1, after, before, counts: begun === undefined || !inOrderOfIds },
    async respond({ resources, total: counted }) {
      const total = begun?.total ?? counted;
      const isMore = resources.length > count;
      const shown = before === undefined ? resources.slice(0, count) : resources.slice(isMore ? 1 : 0);
      const response = listResponse(shown, total, undefined);
      if (count === 0) return response;
      const { next, previous } = inOrderOfIds ? beside(shown, at, isMore) : { next: isMore ? { skip: skip + count } : undefined, previous: skip > 0 ? { skip: Math.max(skip - count, 0) } : undefined };
      const written = async (place: Place | undefined): Promise<string | undefined> => (place === undefined ? undefined : cursors.write({ at: place, count, total }, scope));
      return { ...response, nextCursor: await written(next), previousCursor: await written(previous) };
    },
  };
}

interface Neighbours {
  readonly next: Place | undefined;
  readonly previous: Place | undefined;
}

/** The pages on both sides of this one, in the order of ids. Behind a page that was come back to there is always the one that one came from. */
function beside(shown: readonly JsonObject[], at: Place, isMore: boolean): Neighbours {
  const [first, last] = [shown[0], shown.at(-1)].map((each) => (each === undefined ? undefined : String(each["id"])));
  if ("before" in at) return { next: last === undefined ? { skip: 0 } : { after: last }, previous: isMore && first !== undefined ? { before: first } : undefined };
  return {
    next: isMore && last !== undefined ? { after: last } : undefined,
    previous: "after" in at && first !== undefined ? { before: first } : undefined,
  };
}
