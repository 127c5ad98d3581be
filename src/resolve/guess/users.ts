/** The attributes of a User, as far as names and types of columns tell. */
import type { SketchEntry, SketchValue } from "../../sketch.js";
import type { People } from "./people.js";
import { emailOf, loginOf } from "./people.js";
import { fill } from "./required.js";
import type { Fill } from "./required.js";
import { backOf, column, columnNamed, foreignKey, isText } from "./tables.js";
import type { Column, Table } from "./tables.js";
import * as words from "./words.js";

export interface UserGuess {
  readonly attributes: readonly SketchEntry[];
  readonly enterprise: readonly SketchEntry[];
  /** The columns that the attributes write, by model. */
  readonly written: ReadonlyMap<string, ReadonlySet<string>>;
  /** The column that people are found by: of the person, or of the row itself. */
  readonly match: Column | undefined;
  readonly hasExternalId: boolean;
  readonly hasActive: boolean;
  /** Child tables that the generated code empties before it removes a user. */
  readonly children: ReadonlySet<string>;
  readonly rules: Fill["rules"];
}

interface Found {
  readonly place: string;
  readonly column: Column;
  readonly table: Table;
}

export function guessUser(tables: readonly Table[], people: People): UserGuess {
  const written = new Map<string, Set<string>>();
  const children = new Set<string>();
  const rules: Fill["rules"][number][] = [];
  const used = ({ table, column: { name } }: Found): void => {
    written.set(table.name, (written.get(table.name) ?? new Set()).add(name));
  };

  const at = (table: Table, found: Column | undefined): Found | undefined => {
    if (found === undefined) return undefined;
    const behind = table === people.table ? "" : `${people.person?.relation.name ?? ""}.`;
    return { place: `${behind}${found.name}`, column: found, table };
  };
  const owners = people.person === undefined ? [people.table] : [people.table, people.person.table];
  const keys = new Set(owners.flatMap((table) => [...table.key, ...table.relations.flatMap(({ columns }) => columns)]));
  const find = (names: readonly string[], fits: (column: Column) => boolean = (each) => isText(each) && !keys.has(each.name)): Found | undefined =>
    owners.map((table) => at(table, columnNamed(table, names, fits))).find((found) => found !== undefined);

  const attributes: SketchEntry[] = [];
  const enterprise: SketchEntry[] = [];
  const add = (key: string, value: SketchValue | undefined, comment: readonly string[] = [], to = attributes): void => void to.push({ key, value, comment });
  const addFound = (key: string, names: readonly string[], to = attributes): Found | undefined => {
    const found = find(names);
    if (found === undefined || written.get(found.table.name)?.has(found.column.name) === true) return undefined;
    used(found);
    add(key, found.place, [], to);
    return found;
  };

  const person = people.person?.table ?? people.table;
  const email = at(person, emailOf(person)) ?? at(people.table, emailOf(people.table));
  const login = at(person, loginOf(person));
  const loginServes = login !== undefined && !login.column.optional && login.table.uniques.some((unique) => unique.includes(login.column.name));
  const userName = loginServes ? login : (email ?? login);
  if (userName === undefined) {
    add("userName", undefined, [
      `MISSING userName: ${person.name} has no column that is named like an e-mail address or a login name.`,
      `userName: "email",   <- the column that people sign in with`,
    ]);
  } else {
    used(userName);
    add("userName", userName.place, [
      ...(loginServes && email !== undefined ? [`guess: people sign in with ${login.column.name}; write "${email.place}" if it is the e-mail address`] : []),
      ...(userName.column.optional ? [`guess: a row without ${userName.column.name} has no userName; make the column required if you can`] : []),
    ]);
  }

  const externalId = at(people.table, columnNamed(people.table, words.columns.externalId, isText));
  if (externalId !== undefined) {
    used(externalId);
    add("externalId", externalId.place);
  } else {
    add("externalId", undefined, [`externalId: no column of ${people.table.name} is named like one; init printed the lines that add it`]);
  }

  const active = guessActive(people.table);
  if (active === undefined) {
    add("active", undefined, [
      `active: no column of ${people.table.name} says whether somebody may come in; init printed the lines that add one`,
      ...sharedSwitch(people),
    ]);
  } else {
    for (const name of active.columns) used({ place: name, table: people.table, column: { ...active.column, name } });
    add("active", active.value, active.comment);
  }
  const hidden = columnNamed(people.table, words.softDelete, ({ type }) => type === "DateTime" || type === "Boolean");
  if (hidden !== undefined) {
    attributes.push({ key: "", value: undefined, comment: [`not yet: ${hidden.name} looks like a mark of deleted rows: until softDelete is supported they are shown, and DELETE removes a row for good`] });
  }

  const given = find(words.columns.givenName);
  const family = find(words.columns.familyName);
  if (given !== undefined || family !== undefined) {
    const parts: SketchEntry[] = [];
    addFound("formatted", words.columns.formatted, parts);
    addFound("familyName", words.columns.familyName, parts);
    addFound("givenName", words.columns.givenName, parts);
    addFound("middleName", words.columns.middleName, parts);
    add("name", { entries: parts });
  } else {
    const full = find(words.columns.fullName);
    if (full !== undefined) {
      used(full);
      add("name", { entries: [{ key: "full", value: full.place, comment: [] }] }, [
        `guess: ${full.column.name} holds the whole name, given name first; order: "family-first" turns it round`,
      ]);
    }
  }
  addFound("displayName", words.columns.displayName);
  addFound("nickName", words.columns.nickName);
  addFound("profileUrl", words.columns.profileUrl);
  addFound("title", words.columns.title);
  addFound("userType", words.columns.userType);
  addFound("preferredLanguage", words.columns.preferredLanguage);
  addFound("locale", words.columns.locale);
  addFound("timezone", words.columns.timezone);

  const rows = (kind: "email" | "phone", values: readonly string[]): SketchValue | undefined => {
    const child = childRows(tables, people.table, kind, values);
    if (child === undefined) return undefined;
    children.add(child.table.name);
    rules.push(...child.rules);
    return child.value;
  };
  const emails = rows("email", ["value", "email", "address", "emailaddress", "mail"]);
  if (emails !== undefined) add("emails", emails);
  else if (email !== undefined) add("emails", email.place);

  const phones = rows("phone", ["value", "number", "phone", "phonenumber", "digits"]);
  if (phones !== undefined) add("phoneNumbers", phones);
  else {
    const numbers = guessPhones(find);
    for (const found of numbers.found) used(found);
    if (numbers.value !== undefined) add("phoneNumbers", numbers.value);
  }
  const json = owners.flatMap((table) => table.columns.filter(({ type, name }) => type === "Json" && words.hasWord(name, words.set("address profile metadata attribute setting"))));
  if (json.length > 0) {
    attributes.push({ key: "", value: undefined, comment: [`not yet: Json columns (${json.map(({ name }) => name).join(", ")}) cannot be mapped in this version`] });
  }

  for (const name of ["employeeNumber", "costCenter", "organization", "division", "department"] as const) addFound(name, words.columns[name], enterprise);
  const manager = guessManager(people);
  if (manager !== undefined) {
    used({ place: manager.name, table: people.table, column: manager });
    add("manager", manager.name, [], enterprise);
  }

  return {
    attributes,
    enterprise,
    written,
    match: userName?.table === person ? userName.column : undefined,
    hasExternalId: externalId !== undefined,
    hasActive: active !== undefined,
    children,
    rules,
  };
}

/** A switch on the shared person is no tenant's to turn. */
function sharedSwitch(people: People): readonly string[] {
  const shared = people.person && guessActive(people.person.table);
  if (shared === undefined) return [];
  return [`${people.person?.table.name ?? ""}.${shared.column.name} is not taken: it would lock the person out of every other tenant too`];
}

interface ActiveGuess {
  readonly value: SketchValue;
  readonly column: Column;
  readonly columns: readonly string[];
  readonly comment: readonly string[];
}

function guessActive(table: Table): ActiveGuess | undefined {
  const isFlag = ({ type }: Column): boolean => type === "Boolean";
  const straight = columnNamed(table, words.on, isFlag);
  if (straight !== undefined) return { value: straight.name, column: straight, columns: [straight.name], comment: [] };

  const status = columnNamed(table, words.statusColumns, ({ values }) => values.length > 0);
  const split = status && splitStatus(status.values);
  if (status !== undefined && split !== undefined) {
    const one = (values: readonly string[]): SketchValue => (values.length === 1 ? (values[0] ?? "") : values);
    const values = { entries: [{ key: "true", value: one(split.on), comment: [] }, { key: "false", value: one(split.off), comment: [] }] };
    return {
      value: { entries: [{ key: "at", value: status.name, comment: [] }, { key: "values", value: values, comment: [] }] },
      column: status,
      columns: [status.name],
      comment: [
        `guess: by the names of the values; the first of each list is what is written`,
        ...(split.unknown.length === 0 ? [] : [`guess: ${split.unknown.join(", ")} may not come in, since no name here says that they may`]),
      ],
    };
  }

  const turned = columnNamed(table, words.off, isFlag);
  const since = columnNamed(table, words.offSince, ({ type, optional }) => type === "DateTime" && optional);
  const against = turned ?? since;
  if (against === undefined) return undefined;
  return { value: { entries: [{ key: "unless", value: against.name, comment: [] }] }, column: against, columns: [against.name], comment: [] };
}

/** The values of a status that let somebody in, and those that do not. Undefined where no name says either. */
export function splitStatus(values: readonly string[]): { readonly on: readonly string[]; readonly off: readonly string[]; readonly unknown: readonly string[] } | undefined {
  const of = (value: string): readonly string[] => [words.squashed(value), ...words.wordsOf(value)];
  const fits = (among: { has(word: string): boolean }) => (value: string): boolean => of(value).some((word) => among.has(word));
  const off = new Set<string>(words.statusOff);
  const closed = values.filter(fits(off));
  const open = values.filter((value) => !closed.includes(value) && fits(words.statusOn)(value));
  const soon = values.filter((value) => !closed.includes(value) && !open.includes(value) && fits(words.statusSoon)(value));
  if (open.length === 0 || closed.length === 0) return undefined;
  const unknown = values.filter((value) => !closed.includes(value) && !open.includes(value) && !soon.includes(value));
  const rank = (value: string): number => Math.min(...of(value).map((word) => (words.statusOff as readonly string[]).indexOf(word)).filter((index) => index >= 0));
  return { on: [...open, ...soon], off: [...[...closed].sort((a, b) => rank(a) - rank(b)), ...unknown], unknown };
}

function guessPhones(find: (names: readonly string[]) => Found | undefined): { readonly value: SketchValue | undefined; readonly found: readonly Found[] } {
  const slots = [
    { type: "work", found: find(words.columns.workPhone) },
    { type: "mobile", found: find(words.columns.mobilePhone) },
    { type: "home", found: find(words.columns.homePhone) },
  ].flatMap(({ type, found }) => (found === undefined ? [] : [{ type, found }]));
  const [first, ...others] = slots;
  if (first === undefined) return { value: undefined, found: [] };
  const found = slots.map((slot) => slot.found);
  if (first.type === "work" && others.length === 0) return { value: first.found.place, found };
  return {
    found,
    value: {
      entries: [
        { key: "slots", value: { entries: slots.map((slot) => ({ key: slot.type, value: slot.found.place, comment: [] })) }, comment: [] },
        { key: "primary", value: first.type, comment: [] },
      ],
    },
  };
}

/** A table of e-mail addresses or phone numbers below the user's own row. */
function childRows(
  tables: readonly Table[],
  parent: Table,
  kind: "email" | "phone",
  valueNames: readonly string[],
): { readonly table: Table; readonly value: SketchValue; readonly rules: Fill["rules"] } | undefined {
  for (const relation of parent.relations) {
    if (!relation.list) continue;
    const table = tables.find((each) => each.name === relation.to);
    const back = table && backOf(tables, parent, relation);
    const key = back && foreignKey(back);
    if (table === undefined || back === undefined || key === undefined || back.optional || table.key.length !== 1) continue;
    const named = words.hasWord(table.name, words.set(kind === "email" ? "email mail" : "phone telephone"));
    if (!named || words.hasWord(table.name, words.set("verification token message log template queue outbox code"))) continue;
    const value = columnNamed(table, valueNames, isText);
    if (value === undefined) continue;

    const parts = [
      ["value", value],
      ["type", columnNamed(table, ["type", "kind", "label", "use", "usage"], (each) => isText(each) || each.values.length > 0)],
      ["primary", columnNamed(table, ["primary", "isprimary", "main", "ismain", "default", "isdefault", "preferred"], ({ type }) => type === "Boolean")],
      ["display", columnNamed(table, ["display", "displayname"], isText)],
    ] as const;
    const each = parts.flatMap(([name, found]) => (found === undefined ? [] : [{ key: name, value: found.name, comment: [] }]));
    const filled = fill(table, new Set([key, ...parts.flatMap(([, found]) => (found === undefined ? [] : [found.name]))]));
    const create = filled.entries.length === 0 ? [] : [{ key: "create", value: { entries: filled.entries }, comment: [] }];
    return {
      table,
      rules: filled.rules,
      value: { entries: [{ key: "at", value: relation.name, comment: [] }, { key: "each", value: { entries: each }, comment: [] }, ...create] },
    };
  }
  return undefined;
}

/** The foreign key to another row of the same model, named as a manager's. */
function guessManager({ table }: People): Column | undefined {
  const [id] = table.key;
  const relation = table.relations.find(
    (each) => each.to === table.name && foreignKey(each) !== undefined && each.references[0] === id && table.key.length === 1 && (words.managers as readonly string[]).includes(words.squashed(each.name)),
  );
  return relation && column(table, foreignKey(relation));
}

