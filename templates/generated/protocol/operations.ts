/** What is done with resources: list, create, get, replace, modify, remove (RFC 7644 3.3 to 3.6). */
import { answer, noContent } from "./answer.js";
import { resourceType, type ResourceType } from "./attributes.js";
import { readResource } from "./body.js";
import type { Cursors } from "./cursor.js";
import type { Endpoint, Features, LogEntry, ScimRequest, ScimResponse } from "./engine.js";
import { notFound, type ScimError } from "./error.js";
import { parseFilter } from "./filter.js";
import { isObject, type JsonObject } from "./json.js";
import { keptValues, type Kept, type Said } from "./kept.js";
import type { Reading } from "./leniencies.js";
import type { Mapping } from "./mapping.js";
import { readPaging } from "./paging.js";
import { planPatch, planReplace, readPatch } from "./patch.js";
import { projection, type Projection } from "./projection.js";
import { names, parameters, type Parameters } from "./query.js";
import { partsOfKey } from "./present.js";
import { resolveFilter } from "./resolve-filter.js";
import type { Change, Draft, Match, Parts, Store } from "./resource.js";
import { isNever } from "./resolved-filter.js";
import type { Route } from "./router.js";
import { isDescending, readSort, sortedBy } from "./sort.js";
import { checkMatch, isAmong, matching, tagged, versioned, versionOf } from "./version.js";
import type { Conditions } from "./version.js";
import { listShares, searchParameters, type Share } from "./search.js";

/** A mapping with what is built from it once. */
export interface Served {
  readonly mapping: Mapping;
  readonly type: ResourceType;
  /** What an answer shows when the client asks for nothing special. */
  readonly usual: Projection;
  readonly kept: Kept;
}

export function served<Session>(endpoint: Endpoint<Session>): Endpoint<Session> & Served {
  const { mapping } = endpoint;
  const type = resourceType(mapping.type);
  return { mapping, open: (session) => endpoint.open(session), type, usual: projection({}, type, mapping), kept: keptValues(type, mapping) };
}

/** One request, and by which rules it is read. */
export interface Asked {
  readonly request: Pick<ScimRequest, "query" | "header">;
  /** The body, read and parsed when it is asked for. */
  content(): Promise<JsonObject>;
  readonly reading: Reading;
  readonly features: Features;
  readonly cursors: Cursors | undefined;
  /** For what is bound to it: a tenant's cursor is nobody else's. */
  readonly tenant: string;
  log(event: LogEntry["event"], detail: string): void;
}

/** Does what was asked, on the rows of the caller. */
export type Run = (store: Store) => Promise<ScimResponse>;

interface Task extends Asked, Served {
  readonly query: Parameters;
  /** What the answer shows of a resource, and so what has to be read. */
  readonly view: Projection;
  /** The resource as the answer shows it, with its version. */
  show(resource: JsonObject): JsonObject;
}

/** Reads and checks all that the client sent; nothing has happened yet. */
export async function prepare(route: Extract<Route<Served>, { readonly endpoint: Served }>, asked: Asked): Promise<Run> {
  const sent = route.operation === "search" ? searchParameters(await asked.content(), asked.reading) : parameters(asked.request.query);
  const task = tasked(route.endpoint, asked, sent);
  switch (route.operation) {
    case "list":
    case "search":
      return list(task);
    case "create":
      return create(task);
    case "get":
      return get(task, route.id);
    case "replace":
      return replace(task, route.id);
    case "modify":
      return modify(task, route.id);
    case "remove":
      return remove(task, route.id);
  }
}

function tasked({ mapping, type, usual, kept }: Served, asked: Asked, query: Parameters): Task {
  const view = viewed({ mapping, type, usual, kept }, query);
  const task = { ...asked, mapping, type, usual, kept, query };
  const { etag } = asked.features;
  if (!etag || (!view.whole && !view.version)) return { ...task, view, show: (resource) => view.print(resource) };
  if (view.whole) return { ...task, view, show: (resource) => versioned(view.print(resource)) };
  // A version is of the whole resource. Where the client asks for it by name, all of that is read; else it is shown where that is read anyway.
  const parts = query("attributes") === undefined ? view.parts : view.parts | usual.parts;
  const isKnown = (usual.parts & ~parts) === 0;
  return { ...task, view: { ...view, parts }, show: (resource) => view.print(isKnown ? versioned(resource, usual.print(resource)) : resource) };
}

/** RFC 7644 3.4.2. */
async function list(task: Task): Promise<Run> {
  const { name } = task.type.definition;
  const sort = task.features.sort ? readSort(task.query, task.type, "refuse") : undefined;
  const { window, respond } = await readPaging(task.query, { limits: task.reading.limits, cursors: task.cursors, bound: [task.tenant, name], inOrderOfIds: sort === undefined });
  // At a type's own endpoint an unknown attribute is an error; over several types it is absent (RFC 7644 3.4.2.1).
  const share = sharing(task, "refuse");
  return async (store) => {
    const { list, show } = share(store);
    const { total, resources } = await list(window);
    return answer(200, await respond({ total, resources: resources.map(show) }));
  };
}

/** Does what was asked over all resource types, each on the rows of the caller. */
export type RunAll<Session> = (session: Session) => Promise<ScimResponse>;

/** RFC 7644 3.4.2.1, 3.4.3. */
export async function prepareAll<Session>(operation: "listAll" | "searchAll", endpoints: readonly (Endpoint<Session> & Served)[], asked: Asked): Promise<RunAll<Session>> {
  const { request, reading } = asked;
  const query = operation === "searchAll" ? searchParameters(await asked.content(), reading) : parameters(request.query);
  const { window, respond } = await readPaging(query, { limits: reading.limits, cursors: asked.cursors, bound: [asked.tenant], inOrderOfIds: false });
  const shares = endpoints.map((endpoint) => ({ endpoint, share: sharing(tasked(endpoint, asked, query), "absent") }));
  const descending = asked.features.sort && query("sortBy")?.trim() ? isDescending(query) : undefined;
  return async (session) => {
    const open = shares.map(({ endpoint, share }) => share(endpoint.open(session)));
    return answer(200, await respond(await listShares(open, window, descending)));
  };
}

/** What one resource type adds to a list. */
function sharing({ type, mapping, query, view, show, features, reading }: Task, unknown: "refuse" | "absent"): (store: Store) => Share {
  const sort = features.sort ? readSort(query, type, unknown) : undefined;
  const text = query("filter");
  const filter = text === undefined ? undefined : resolveFilter(parseFilter(text, reading), type, { reading, unknown });
  // Over several types the value that is sorted by has to be read, whether it is shown or not.
  const parts = unknown === "absent" && sort !== undefined ? view.parts | partsOfKey(sort.key, type, mapping) : view.parts;
  const value = sortedBy(query("sortBy") ?? "", type);
  return (store) => ({
    show,
    isEmpty: filter !== undefined && isNever(filter),
    sortedBy: (resource) => value?.(resource),
    list: (window) => store.list({ filter, sort, ...window }, parts),
  });
}

/** RFC 7644 3.3. */
async function create(task: Task): Promise<Run> {
  const draft = drafted(task, await task.content());
  return async (store) => {
    const unseen = new Set<string>();
    const resource = await store.create({ ...draft, keeps: (key) => unseen.add(key) }, task.view.parts);
    noteKept(task, draft, resource, unseen);
    const shown = task.show(resource);
    return answer(201, shown, { ...location(resource), ...tagged(shown) });
  };
}

function drafted({ reading, mapping, type }: Task, body: JsonObject): Draft {
  return readResource(body, type, mapping, { ...reading, mode: "create" });
}

/**
 * Several creates of one path: what could be read of the bodies, and the answers once the resources are there. Of an answer a bulk
 * request repeats no body, so none is printed. Undefined stands for one that is to run by itself.
 */
export function prepareCreates(endpoint: Served, asked: Asked, bodies: readonly (JsonObject | undefined)[]): { readonly read: number; run(store: Store, whole: boolean): Promise<readonly (ScimResponse | undefined)[]> } {
  const task = tasked(endpoint, asked, parameters(asked.request.query));
  const drafts = bodies.map((body) => {
    try {
      return drafted(task, body ?? {});
    } catch {
      // By itself it is refused, and told why.
      return undefined;
    }
  });
  const all = drafts.flatMap((draft) => draft ?? []);
  return {
    read: all.length,
    async run(store, whole) {
      const made = (await store.createTogether?.(all, task.view.parts, whole)) ?? [];
      const resources = new Map(all.map((draft, index) => [draft, made[index]]));
      return drafts.map((draft) => {
        const resource = draft === undefined ? undefined : resources.get(draft);
        if (draft === undefined || resource === undefined) return undefined;
        noteKept(task, draft, resource, new Set());
        return { status: 201, headers: { ...location(resource), ...tagged(task.show(resource)) }, body: undefined };
      });
    },
  };
}

/** RFC 7644 3.4.1, 3.14. */
function get(task: Task, id: string): Run {
  const { type, usual, view, show, features } = task;
  const { match, noneMatch } = conditions(task);
  const isConditional = features.etag && (match !== undefined || noneMatch !== undefined);
  return async (store) => {
    const resource = await store.get(id, isConditional ? view.parts | usual.parts : view.parts);
    if (resource === undefined) throw nobody(type, id);
    if (isConditional) {
      const version = versionOf(usual.print(resource));
      checkMatch(version, match);
      if (noneMatch !== undefined && isAmong(version, noneMatch)) return { status: 304, headers: { ETag: version }, body: undefined };
    }
    const shown = show(resource);
    return answer(200, shown, tagged(shown));
  };
}

/** RFC 7644 3.5.1. */
async function replace(task: Task, id: string): Promise<Run> {
  const { reading, mapping, type, view } = task;
  const draft = readResource(await task.content(), type, mapping, { ...reading, mode: "replace" });
  return write(task, id, planReplace(draft, type, mapping), view.parts);
}

/** RFC 7644 3.5.2. 204 will do where an answer would hold long lists of links; not when the client names attributes. */
async function modify(task: Task, id: string): Promise<Run> {
  const { reading, mapping, type, view } = task;
  const patch = readPatch(await task.content(), reading);
  const silent = mapping.links.length > 0 && view.whole;
  return write(task, id, planPatch(patch, type, mapping, reading), silent ? undefined : view.parts);
}

function write(task: Task, id: string, planned: Change, parts: Parts | undefined): Run {
  if (planned.removes === true) return deactivate(task, id, parts);
  const { change, set } = watched(planned);
  return async (store) => {
    const unseen = new Set<string>();
    const outcome = await store.write(id, { ...change, keeps: (key) => unseen.add(key) }, parts, matched(task));
    if (outcome.kind === "missing") throw nobody(task.type, id);
    if (outcome.resource === undefined) return noContent;
    noteKept(task, set(), outcome.resource, unseen);
    const shown = task.show(outcome.resource);
    return answer(200, shown, tagged(shown));
  };
}

/** What is active while it is there goes by `active: false`, and is seen for a last time. */
function deactivate(task: Task, id: string, parts: Parts | undefined): Run {
  return async (store) => {
    const resource = await store.get(id, parts ?? 0);
    if (resource === undefined || !(await store.remove(id, matched(task)))) throw nobody(task.type, id);
    return parts === undefined ? noContent : answer(200, task.show({ ...resource, active: false }));
  };
}

/** RFC 7644 3.6. */
function remove(task: Task, id: string): Run {
  return async (store) => {
    if (await store.remove(id, matched(task))) return noContent;
    throw nobody(task.type, id);
  };
}

/** RFC 7644 3.14. The version is that of what an answer shows when nothing special is asked for. */
function matched(task: Task): Match | undefined {
  const { features, usual } = task;
  return features.etag ? matching(conditions(task), usual.parts, (resource) => usual.print(resource)) : undefined;
}

function conditions({ request }: Task): Conditions {
  return { match: request.header("if-match"), noneMatch: request.header("if-none-match") };
}

/** An edit's values are known only once it has seen the row, so it is listened to. */
function watched(planned: Change): { readonly change: Change; readonly set: () => Said } {
  if (planned.kind === "set") return { change: planned, set: () => ({ values: planned.values, items: {} }) };
  let set: Said = { values: {}, items: {} };
  const apply: typeof planned.apply = (now) => {
    const next = planned.apply(now);
    set = next;
    return next;
  };
  return { change: { ...planned, apply }, set: () => set };
}

/** What the client set and the rows did not take, because other tenants share the person: said in the log, never a 400 (product.md 6). */
function noteKept({ kept, view, log }: Task, set: Said, resource: JsonObject, unseen: ReadonlySet<string>): void {
  const keys = [...kept(set, resource, view.parts), ...unseen];
  if (keys.length > 0) log("kept", keys.join(", "));
}

/** The usual view unless the client names attributes (RFC 7644 3.9). */
function viewed({ usual, type, mapping }: Served, query: Parameters): Projection {
  const attributes = names(query("attributes"));
  const excludedAttributes = names(query("excludedAttributes"));
  return attributes === undefined && excludedAttributes === undefined ? usual : projection({ attributes, excludedAttributes }, type, mapping);
}

/** The rows wrote `meta.location` from the base URL; the header is the same text (RFC 7644 3.3). */
function location({ meta }: JsonObject): Record<string, string> {
  const uri = isObject(meta) ? meta["location"] : undefined;
  return typeof uri === "string" ? { Location: uri } : {};
}

function nobody({ definition }: ResourceType, id: string): ScimError {
  return notFound(definition.name, id);
}
