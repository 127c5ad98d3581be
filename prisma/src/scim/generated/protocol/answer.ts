/** The plain record that an answer is (RFC 7644 3.8, 3.12). */
import { byteLength } from "./bytes.js";
import type { ScimResponse } from "./engine.js";
import { errorBody, type ScimError } from "./error.js";
import type { JsonObject } from "./json.js";

type Headers = ScimResponse["headers"];

/** The default of RFC 7644 3.8, for every `Accept`: a client that asked for another type still reads JSON. */
const contentType: Headers = { "Content-Type": "application/scim+json" };

export function answer(status: number, body: JsonObject, headers: Headers = {}): ScimResponse {
  return answerText(status, JSON.stringify(body), headers);
}

export function answerText(status: number, body: string, headers: Headers = {}): ScimResponse {
  return { status, headers: { ...contentType, ...headers }, body };
}

export const noContent: ScimResponse = { status: 204, headers: {}, body: undefined };

export function refusal(error: ScimError): ScimResponse {
  return answer(error.status, errorBody(error), error.headers);
}

/** The answer to a HEAD: as to a GET, the body's length included, but for the body (RFC 9110 9.3.2). */
export function headOnly({ status, headers, body }: ScimResponse): ScimResponse {
  if (body === undefined) return { status, headers, body };
  return { status, headers: { ...headers, "Content-Length": String(byteLength(body)) }, body: undefined };
}
