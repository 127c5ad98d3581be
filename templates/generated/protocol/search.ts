/** A query sent as a body (RFC 7644 3.4.3), and one over several resource types (3.4.2.1). */
import { checkMessageSchemas } from "./declared.js";
import { refuse } from "./error.js";
import type { Json, JsonObject } from "./json.js";
import type { Reading } from "./leniencies.js";
import { member } from "./names.js";
import type { Parameter, Parameters } from "./query.js";
import type { Window } from "./paging.js";
import type { Page } from "./resource.js";

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
  list(window: Window): Promise<Page>;
}

/**
 * The types one behind the other, in a fixed order, as one list: a page may end one type and begin the next. Each type counts
 * its matches, so that the total is exact.
 */
export async function listShares(shares: readonly Share[], window: Window): Promise<Page> {
  let { skip, take } = window;
  let total = 0;
  const resources: JsonObject[] = [];
  for (const share of shares) {
    const page = await share.list({ ...window, skip, take });
    total += page.total;
    resources.push(...page.resources);
    skip = Math.max(skip - page.total, 0);
    take -= page.resources.length;
  }
  return { total, resources };
}
