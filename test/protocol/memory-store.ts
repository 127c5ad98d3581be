/**
 * A whole provider in memory: several mapped resource types, several tenants, behind the same `Store` that Prisma's rows
 * implement. It keeps to the seam's contract to the letter (only the asked parts are read, only differences are written,
 * the tenant stands around everything), so that tests of the engine prove what the engine asks for.
 */
import { resourceType, type Attribute, type ResourceType } from "../../templates/generated/protocol/attributes.js";
import type { Endpoint } from "../../templates/generated/protocol/engine.js";
import { refuse } from "../../templates/generated/protocol/error.js";
import { isObject, type Json, type JsonObject } from "../../templates/generated/protocol/json.js";
import type { Mapping } from "../../templates/generated/protocol/mapping.js";
import type { ResolvedFilter } from "../../templates/generated/protocol/resolved-filter.js";
import type { Change, Entry, Links, Outcome, Parts, Store, Value, Values } from "../../templates/generated/protocol/resource.js";

export interface MemoryOptions {
  readonly baseUrl: string;
  readonly mappings: readonly Mapping[];
  /** Keys that are unique in a tenant, without letter case; `userName` when not given. */
  readonly unique?: readonly string[];
  /** Keys of columns that other tenants share: written by create, kept by every later write. */
  readonly shared?: readonly string[];
  /** Keys that hold the id of a resource of the same tenant. */
  readonly references?: readonly string[];
}

export interface Memory {
  /** The session of a request is the name of its tenant. */
  readonly endpoints: readonly Endpoint<string>[];
  /** What the engine asked of the stores, in order: `User.get 3`. */
  readonly calls: string[];
  /** Called before every operation of a store; what it throws, the operation throws. */
  fail: (() => void) | undefined;
}

interface Row {
  readonly id: string;
  readonly tenant: string;
  readonly type: string;
  readonly created: Date;
  lastModified: Date;
  values: Record<string, Value | undefined>;
  items: Record<string, readonly Entry[]>;
  links: Record<string, readonly string[]>;
}

export function memory(options: MemoryOptions): Memory {
  const rows: Row[] = [];
  const self: Memory = {
    calls: [],
    fail: undefined,
    endpoints: options.mappings.map((mapping) => {
      const type = resourceType(mapping.type);
      return { mapping, open: (tenant) => store(mapping, type, tenant) };
    }),
  };
  let lastId = 0;
  let clock = Date.UTC(2026, 0, 1);
  return self;

  function called(operation: string): void {
    self.calls.push(operation);
    self.fail?.();
  }

  function store(mapping: Mapping, type: ResourceType, tenant: string): Store {
    const name = mapping.type.name;
    const byKey = new Map<string, Attribute>();
    for (const each of type.attributes) for (const one of [each, ...each.subAttributes]) byKey.set(one.key, one);
    const all = Object.values(mapping.reads).reduce((parts, each) => parts | each, 0);
    const own = (): Row[] => rows.filter((row) => row.tenant === tenant && row.type === name);
    const find = (id: string): Row | undefined => own().find((row) => row.id === id);

    function check(id: string | undefined, values: Values, links: readonly string[]): void {
      const known = (other: string): boolean => rows.some((row) => row.tenant === tenant && row.id === other);
      for (const key of options.unique ?? ["userName"]) {
        const value = values[key];
        if (typeof value !== "string") continue;
        const taken = own().some((row) => row.id !== id && String(row.values[key]).toLowerCase() === value.toLowerCase());
        if (taken) throw refuse("uniqueness", `The ${key} is already in use by another resource.`);
      }
      for (const key of options.references ?? []) {
        const value = values[key];
        if (typeof value === "string" && !known(value)) throw refuse("invalidValue", `${key} names no resource.`);
      }
      for (const other of links) if (!known(other)) throw refuse("invalidValue", `There is no resource ${other}.`);
    }

    function print(row: Row, parts: Parts): JsonObject {
      const resource: Record<string, Json | undefined> = { schemas: [mapping.type.schema.id], id: row.id };
      for (const attribute of type.attributes) {
        const { definition, extension } = attribute;
        if (["schemas", "id", "meta"].includes(attribute.key)) continue;
        const value = held(attribute, row, parts);
        if (value === undefined) continue;
        if (!extension) resource[definition.name] = value;
        else resource[extension.schema.id] = { ...object(resource[extension.schema.id]), [definition.name]: value };
      }
      resource["schemas"] = [mapping.type.schema.id, ...mapping.type.extensions.map((each) => each.schema.id).filter((urn) => urn in resource)];
      const { created, lastModified } = row;
      const location = `${options.baseUrl}${mapping.type.endpoint}/${encodeURIComponent(row.id)}`;
      resource["meta"] = { resourceType: name, created: created.toISOString(), lastModified: lastModified.toISOString(), location };
      return resource;
    }

    function held(attribute: Attribute, row: Row, parts: Parts): Json | undefined {
      const { key, definition } = attribute;
      const read = (one: string): boolean => ((mapping.reads[one] ?? 0) & ~parts) === 0;
      if (!read(key)) return undefined;
      const slots = mapping.slots[key];
      if (slots) {
        return some(
          slots.flatMap((slot) => {
            const entry = Object.fromEntries(Object.entries(slot.keys).map(([sub, one]) => [sub, read(one) ? (row.values[one] ?? null) : null]));
            return entry["value"] == null ? [] : [printed({ ...entry, type: slot.type, primary: slot.primary })];
          }),
        );
      }
      if (mapping.links.includes(key)) {
        return some((row.links[key] ?? []).map((id) => ({ value: id, type: rows.find((other) => other.id === id)?.type ?? "User" })));
      }
      if (key === "groups" && definition.mutability === "readOnly") {
        const groups = rows.filter((group) => group.tenant === tenant && Object.values(group.links).some((ids) => ids.includes(row.id)));
        return some(groups.map((group) => ({ value: group.id, display: json(group.values["displayName"] ?? null) })));
      }
      if (definition.multiValued) {
        const entries = row.items[key] ?? [];
        return some(entries.map((entry) => (definition.type === "complex" ? printed(entry) : json(entry["value"] ?? null))));
      }
      if (definition.type !== "complex") return json(row.values[key] ?? null) ?? undefined;
      const entry = Object.fromEntries(attribute.subAttributes.map((sub) => [sub.definition.name, read(sub.key) ? (row.values[sub.key] ?? (sub.definition.name === "value" ? row.values[key] : undefined) ?? null) : null]));
      return Object.values(entry).every((each) => each === null) ? undefined : printed(entry);
    }

    /** The values at a key, in the resource as it stands. */
    function at(resource: JsonObject, key: string): readonly Json[] {
      const attribute = byKey.get(key);
      const path = attribute?.extension ? [attribute.extension.schema.id, ...key.split(".").slice(1)] : key.split(".");
      let found: readonly Json[] = [resource];
      for (const step of path) found = found.flatMap((each) => (isObject(each) ? flat(each[step]) : []));
      return found;
    }

    function matches(filter: ResolvedFilter, values: (key: string) => readonly Json[], exact: (key: string) => boolean): boolean {
      switch (filter.kind) {
        case "always":
          return true;
        case "never":
          return false;
        case "and":
          return filter.terms.every((term) => matches(term, values, exact));
        case "or":
          return filter.terms.some((term) => matches(term, values, exact));
        case "not":
          return !matches(filter.term, values, exact);
        case "present":
          return values(filter.key).length > 0;
        case "element":
          return values(filter.key).some((element) =>
            matches(
              filter.filter,
              (sub) => (isObject(element) ? flat(element[sub]) : [element]),
              (sub) => exact(`${filter.key}.${sub}`),
            ),
          );
        case "compare": {
          const found = values(filter.key);
          if (filter.op === "ne" && found.length === 0) return true;
          return found.some((each) => compares(each, filter.op, filter.value, exact(filter.key)));
        }
      }
    }

    return {
      async get(id, parts) {
        called(`${name}.get ${parts}`);
        const row = find(id);
        return row && print(row, parts);
      },

      async list({ filter, sort, after, before, skip, take }, parts) {
        called(`${name}.list ${parts}`);
        const exact = (key: string): boolean => byKey.get(key)?.definition.caseExact ?? false;
        const found = own().filter((row) => {
          const resource = print(row, all);
          return filter === undefined || matches(filter, (key) => at(resource, key), exact);
        });
        const rows = sort === undefined ? found : [...found].sort((a, b) => (sort.descending ? -1 : 1) * inOrder(at(print(a, all), sort.key), at(print(b, all), sort.key)));
        const from = after === undefined ? 0 : rows.findIndex(({ id }) => id > after);
        const rest = before !== undefined ? rows.filter(({ id }) => id < before).slice(-take) : from < 0 ? [] : rows.slice(from);
        return { total: found.length, resources: rest.slice(skip, skip + take).map((row) => print(row, parts)) };
      },

      async create(draft, parts) {
        called(`${name}.create ${parts}`);
        check(undefined, draft.values, Object.values(draft.links).flat());
        const now = new Date((clock += 1000));
        const row: Row = {
          id: `${name.toLowerCase()}-${++lastId}`,
          tenant,
          type: name,
          created: now,
          lastModified: now,
          values: { ...draft.values },
          items: { ...draft.items },
          links: Object.fromEntries(Object.entries(draft.links).map(([key, ids]) => [key, [...new Set(ids)]])),
        };
        rows.push(row);
        return print(row, parts);
      },

      async write(id, change, answer, match): Promise<Outcome> {
        called(`${name}.write ${change.kind} ${answer}`);
        const row = find(id);
        if (!row) return { kind: "missing" };
        match?.check(print(row, match.reads));
        const next = change.kind === "set" ? { values: change.values, items: {} } : change.apply(print(row, change.reads));
        check(id, next.values, named(change));
        const values = { ...row.values };
        for (const [key, value] of Object.entries(next.values)) if (value !== undefined && !options.shared?.includes(key)) values[key] = value;
        const items = { ...row.items, ...next.items };
        const links = relinked(row.links, change.links);
        const before = JSON.stringify(print(row, all));
        Object.assign(row, { values, items, links });
        const same = before === JSON.stringify(print(row, all));
        if (!same) row.lastModified = new Date((clock += 1000));
        return { kind: same ? "same" : "changed", resource: answer === undefined ? undefined : print(row, answer) };
      },

      async remove(id, match) {
        called(`${name}.remove`);
        const row = find(id);
        if (!row) return false;
        match?.check(print(row, match.reads));
        rows.splice(rows.indexOf(row), 1);
        for (const other of rows) for (const key in other.links) other.links[key] = (other.links[key] ?? []).filter((each) => each !== id);
        return true;
      },
    };
  }
}

function named(change: Change): readonly string[] {
  return Object.values(change.links).flatMap((link) => ("add" in link ? link.add : link.exactly));
}

function relinked(now: Record<string, readonly string[]>, links: Links): Record<string, readonly string[]> {
  const next = { ...now };
  for (const [key, link] of Object.entries(links)) {
    const kept = "add" in link ? (now[key] ?? []).filter((id) => !link.remove.includes(id)) : [];
    next[key] = [...new Set([...kept, ...("add" in link ? link.add : link.exactly)])];
  }
  return next;
}

function printed(entry: Entry): JsonObject {
  return Object.fromEntries(Object.entries(entry).flatMap(([name, value]) => (value === null ? [] : [[name, json(value)]])));
}

function json(value: Value): Json {
  return value instanceof Date ? value.toISOString() : value;
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function some<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length === 0 ? undefined : values;
}

/** Null, "", [] and absent are one state (RFC 7643 2.5). */
function flat(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(flat);
  return value === undefined || value === null || value === "" ? [] : [value as Json];
}

function compares(found: Json, op: string, wanted: Exclude<Value, null>, caseExact: boolean): boolean {
  const fold = (value: Json | Date): string | number | boolean => {
    if (wanted instanceof Date) return value instanceof Date ? value.getTime() : Date.parse(String(value));
    return typeof value === "string" && !caseExact ? value.toLowerCase() : (value as string | number | boolean);
  };
  const [left, right] = [fold(found), fold(wanted)];
  switch (op) {
    case "eq":
      return left === right;
    case "ne":
      return left !== right;
    case "co":
      return String(left).includes(String(right));
    case "sw":
      return String(left).startsWith(String(right));
    case "ew":
      return String(left).endsWith(String(right));
    case "gt":
      return left > right;
    case "ge":
      return left >= right;
    case "lt":
      return left < right;
    default:
      return left <= right;
  }
}

/** Ascending; what is missing comes last. */
function inOrder(a: readonly Json[], b: readonly Json[]): number {
  const [one, other] = [a, b].map((values) => {
    const [first] = values;
    const value = isObject(first) ? first["value"] : first;
    return typeof value === "string" ? value.toLowerCase() : value;
  });
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  return one === other ? 0 : String(one) < String(other) ? -1 : 1;
}
