/** A query sent as a body (RFC 7644 3.4.3), and one over several resource types (3.4.2.1). */
import { checkMessageSchemas } from "./declared.js";
import { refuse } from "./error.js";
import type { Json, JsonObject } from "./json.js";
import type { Reading } from "./leniencies.js";
import { member } from "./names.js";
import type { Parameter, Parameters } from "./query.js";
import type { Window } from "./paging.js";
import type { Page } from "./resource.js";
import { inOrder } from "./sort.js";
import type { SortValue } from "./sort.js";

const searchRequest = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

/** A SearchRequest says what the query string of a GET would. Throws 400 `invalidSyntax`, `invalidValue`. */
export function searchParameters(body: JsonObject, reading: Reading): Parameters {
  checkMessageSchemas(body, searchRequest, reading);
  return (name) => {
    const json = member(body, name);
    return json === undefined || json === null ? undefined : text(name, json);
  };
}

function text(name: Parameter, json: Json): string {
  switch (name) {
    case "filter":
    case "sortBy":
    case "sortOrder":
    case "cursor":
      if (typeof json === "string") return json;
      throw refuse(name === "filter" ? "invalidFilter" : "invalidValue", `${name} must be text.`);
    case "startIndex":
    case "count":
      if (typeof json === "number" || typeof json === "string") return String(json);
      throw refuse("invalidValue", `${name} must be a whole number.`);
    case "attributes":
    case "excludedAttributes": {
      const all: readonly Json[] = Array.isArray(json) ? (json as readonly Json[]) : [json];
      if (all.every((each) => typeof each === "string")) return all.join(",");
      throw refuse("invalidValue", `${name} must be an array of attribute names.`);
    }
  }
}

/** One type's share of a list over several types. */
export interface Share {
  /** What the client sorts by, of a resource of this type. */
  readonly sortedBy: (resource: JsonObject) => SortValue;
  /** Whether its filter lets none of the type's resources through, whatever they hold. */
  readonly isEmpty: boolean;
  /** As the rows give them. */
  list(window: Window): Promise<Page>;
  show(resource: JsonObject): JsonObject;
}

/**
 * The types as one list. Without a sort one behind the other, in a fixed order: a page may end one type and begin the next. Each type
 * counts its matches, so that the total is exact.
 */
export async function listShares(shares: readonly Share[], window: Window, descending: boolean | undefined): Promise<Page> {
  const some = shares.filter(({ isEmpty }) => !isEmpty);
  if (descending !== undefined && some.length > 1) return listSorted(some, window, descending);
  let { skip, take } = window;
  let total = 0;
  const resources: JsonObject[] = [];
  for (const share of some) {
    const page = await share.list({ ...window, skip, take });
    total += page.total;
    resources.push(...page.resources.map((each) => share.show(each)));
    skip = Math.max(skip - page.total, 0);
    take -= page.resources.length;
  }
  return { total, resources };
}

/** Resources of all types up to the end of the page have to be there to be sorted: so many at most. */
const sortable = 1_000;

/** RFC 7644 3.4.2.3 over several types: each type in the order that its rows have, and these orders merged. */
async function listSorted(shares: readonly Share[], { skip, take, ...window }: Window, descending: boolean): Promise<Page> {
  const last = skip + take;
  // A page by cursor reads one row more than it shows.
  if (take > 0 && last > sortable + 1) {
    throw refuse("tooMany", `Resources of several types can be sorted together only as far as the ${sortable}th. Please narrow the filter to one type, as in meta.resourceType eq "User", or leave out sortBy.`);
  }
  let total = 0;
  const open: Queue[] = [];
  for (const share of shares) {
    const page = await share.list({ ...window, skip: 0, take: take === 0 ? 0 : last });
    total += page.total;
    open.push({ share, next: 0, sorted: page.resources.map((resource) => ({ resource, value: share.sortedBy(resource) })) });
  }
  const resources: JsonObject[] = [];
  for (let at = 0; at < last; at++) {
    const queue = first(open, descending);
    const head = queue?.sorted[queue.next];
    if (queue === undefined || head === undefined) break;
    queue.next++;
    if (at >= skip) resources.push(queue.share.show(head.resource));
  }
  return { total, resources };
}

/** What is left of a type. */
interface Queue {
  readonly share: Share;
  readonly sorted: readonly { readonly resource: JsonObject; readonly value: SortValue }[];
  next: number;
}

/** The type whose next resource comes next; of equals the first. */
function first(queues: readonly Queue[], descending: boolean): Queue | undefined {
  let found: Queue | undefined;
  for (const queue of queues) {
    const head = queue.sorted[queue.next];
    const best = found?.sorted[found.next];
    if (head !== undefined && (best === undefined || inOrder(head.value, best.value) * (descending ? -1 : 1) < 0)) found = queue;
  }
  return found;
}
