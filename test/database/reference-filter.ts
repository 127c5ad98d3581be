/**
 * What a filter means, once more and as plainly as it can be said: over the JSON of one resource as the endpoint answers it
 * (RFC 7644 3.4.2.2). It shares no code with the engine but the type of the tree, and knows no database.
 */
import { enterprise } from "./endpoint.js";
import type { Comparison, Filter, Literal } from "../../templates/generated/protocol/filter.js";
import type { Json, JsonObject } from "../../templates/generated/protocol/json.js";

/** How the database folds and orders text: one folding, and it is the database's (a collation is nobody else's to guess). */
export interface Texts {
  lower(text: string): string;
  /** Negative, 0 or positive. */
  order(left: string, right: string): number;
}

const urns = [enterprise, "urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:core:2.0:Group"];
const several = new Set(["emails", "phonenumbers", "groups", "members"]);
const withValue = new Set([...several, "manager"]);
const exactPaths = new Set(["id", "externalid", "profileurl", "groups.value", "manager.value", "members.value", "meta.resourcetype"]);
const datePaths = new Set(["meta.created", "meta.lastmodified"]);

/** Whether the filter selects the resource. */
export function selects(filter: Filter, resource: JsonObject, texts: Texts): boolean {
  switch (filter.kind) {
    case "and":
      return filter.terms.every((term) => selects(term, resource, texts));
    case "or":
      return filter.terms.some((term) => selects(term, resource, texts));
    case "not":
      return !selects(filter.term, resource, texts);
    case "element": {
      const { top } = splitPath(filter.path);
      return list(at(resource, top)).some((element) => isRecord(element) && selects(qualified(filter.filter, top), { [top]: element }, texts));
    }
    case "present":
      return found(filter.path, resource).some(isPresent);
    case "compare":
      return compares(filter.path, filter.op, filter.value, resource, texts);
  }
}

/** Within brackets names are bare; the one element stands alone in the resource, so full names say the same. */
function qualified(filter: Filter, top: string): Filter {
  switch (filter.kind) {
    case "and":
    case "or":
      return { kind: filter.kind, terms: filter.terms.map((term) => qualified(term, top)) };
    case "not":
      return { kind: "not", term: qualified(filter.term, top) };
    default:
      return { ...filter, path: `${top}.${filter.path}` };
  }
}

function compares(path: string, op: Comparison, literal: Literal, resource: JsonObject, texts: Texts): boolean {
  // Null, absent and empty are one state (RFC 7643 2.5).
  if (literal === null) return found(path, resource).some(isPresent) === (op === "ne");
  const { top, sub } = splitPath(path);
  const full = sub === undefined && withValue.has(top) ? `${path}.value` : path;
  const values = found(full, resource);
  const name = names(full);
  const one = (value: Json | undefined): boolean => holds(value ?? (name.endsWith(".primary") ? false : undefined), op, literal, name, texts);
  // Any value will do. Nothing at all is not identical with anything either.
  return values.length === 0 ? op === "ne" : values.some(one);
}

function holds(held: Json | undefined, op: Comparison, literal: Exclude<Literal, null>, name: string, texts: Texts): boolean {
  if (!isPresent(held)) return op === "ne";
  if (op === "ne") return !holds(held, "eq", literal, name, texts);
  if (typeof held === "boolean") return held === literal;
  if (typeof held !== "string" || typeof literal !== "string") return false;
  if (datePaths.has(name)) return ordered(op, Date.parse(held) - Math.floor(Date.parse(literal)));
  const fold = (text: string): string => (exactPaths.has(name) ? text : texts.lower(text));
  const [left, right] = [fold(held), fold(literal)];
  switch (op) {
    case "eq":
      return left === right;
    case "co":
      return left.includes(right);
    case "sw":
      return left.startsWith(right);
    case "ew":
      return left.endsWith(right);
    default:
      return ordered(op, texts.order(left, right));
  }
}

function ordered(op: Comparison, order: number): boolean {
  switch (op) {
    case "eq":
      return order === 0;
    case "gt":
      return order > 0;
    case "ge":
      return order >= 0;
    case "lt":
      return order < 0;
    case "le":
      return order <= 0;
    default:
      return false;
  }
}

/** One value for each element of a multi-valued attribute, else the one value; a part that is not there is undefined. */
function found(path: string, resource: JsonObject): readonly (Json | undefined)[] {
  if (urns.includes(path)) return [at(resource, path)];
  const { top, sub } = splitPath(path);
  const extension = at(resource, enterprise);
  const value = at(resource, top) ?? (isRecord(extension) ? at(extension, top) : undefined);
  if (several.has(top) || top === "schemas") {
    const elements = list(value);
    return sub === undefined ? elements : elements.map((element) => (isRecord(element) ? at(element, sub) : undefined));
  }
  return [sub === undefined ? value : isRecord(value) ? at(value, sub) : undefined];
}

function names(path: string): string {
  const { top, sub } = splitPath(path);
  return sub === undefined ? top : `${top}.${sub}`;
}

/** In lower case, without a URN. */
function splitPath(path: string): { readonly top: string; readonly sub: string | undefined } {
  const urn = urns.find((each) => path.toLowerCase().startsWith(`${each.toLowerCase()}:`));
  const [top = "", sub] = (urn === undefined ? path : path.slice(urn.length + 1)).toLowerCase().split(".");
  return { top, sub };
}

function at(object: JsonObject, name: string): Json | undefined {
  const key = Object.keys(object).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : object[key];
}

function isPresent(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return false;
  if (Array.isArray(value)) return (value as readonly Json[]).some(isPresent);
  return isRecord(value) ? Object.values(value).some(isPresent) : true;
}

/** A single element is its own list. */
function list(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

function isRecord(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
