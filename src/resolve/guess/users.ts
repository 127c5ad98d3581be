/** The attributes of a User, as far as names, types and relations tell. */
import type { GuessedRule, SketchEntry, SketchValue } from "../../sketch.js";
import { guessActive } from "./active.js";
import type { ActiveGuess } from "./active.js";
import { childRows, listed, slotted } from "./elements.js";
import type { Elements, Find, Found } from "./elements.js";
import { externalIdOf } from "./external-id.js";
import { emailOf, loginOf } from "./people.js";
import type { IdColumn, People } from "./people.js";
import { column, columnNamed, foreignKey, isText, named, pointing, tableNamed } from "./tables.js";
import type { Column, Table } from "./tables.js";
import { tenantsOf } from "./tenants.js";
import * as words from "./words.js";

export interface UserGuess {
  /** `hidden`: values of the status that removal hides. */
  readonly attributes: (hidden: readonly string[]) => readonly SketchEntry[];
  readonly enterprise: readonly SketchEntry[];
  /** The columns that the attributes write, by model. */
  readonly written: ReadonlyMap<string, ReadonlySet<string>>;
  /** The column that people are found by: of the person, or of the row itself. */
  readonly match: Column | undefined;
  readonly userName: Found | undefined;
  readonly externalId: Column | undefined;
  readonly active: ActiveGuess | undefined;
  /** Child tables that the generated code empties before it removes a user. */
  readonly children: ReadonlySet<string>;
  readonly rules: readonly GuessedRule[];
  readonly missing: readonly string[];
}

/** `id`: the SCIM id of a user. */
export function guessUser(tables: readonly Table[], people: People, id: IdColumn | undefined): UserGuess {
  const written = new Map<string, Set<string>>();
  const children = new Set<string>();
  const rules: GuessedRule[] = [];
  const missing: string[] = [];
  const used = ({ table, column: { name } }: Pick<Found, "table" | "column">): void => {
    written.set(table.name, (written.get(table.name) ?? new Set()).add(name));
  };

  const at = (table: Table, found: Column | undefined): Found | undefined => {
    if (found === undefined) return undefined;
    const behind = table === people.table ? "" : `${people.person?.relation.name ?? ""}.`;
    return { place: `${behind}${found.name}`, column: found, table };
  };
  const owners = people.person === undefined ? [people.table] : [people.table, people.person.table];
  const keys = new Set(owners.flatMap((table) => [...table.key, ...table.relations.flatMap(({ columns }) => columns)]));
  const find: Find = (names, fits = (each) => isText(each) && !each.list && !keys.has(each.name)) =>
    owners.map((table) => at(table, named(table, names, fits))).find((found) => found !== undefined);

  const attributes: (SketchEntry & { readonly active?: ActiveGuess })[] = [];
  const enterprise: SketchEntry[] = [];
  const add = (key: string, value: SketchValue | undefined, comment: readonly string[] = [], to: SketchEntry[] = attributes): void => void to.push({ key, value, comment });
  const isFree = (found: Found): boolean => written.get(found.table.name)?.has(found.column.name) !== true;
  const addFound = (key: string, names: readonly string[], to: SketchEntry[] = attributes): boolean => {
    const found = find(names);
    if (found === undefined || !isFree(found)) return false;
    used(found);
    add(key, found.place, [], to);
    return true;
  };
  const addElements = (key: string, elements: Elements | undefined): boolean => {
    if (elements === undefined) return false;
    for (const found of elements.found) used(found);
    add(key, elements.value, elements.comment);
    return true;
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
    missing.push(`${person.name} has no column for userName.`);
  } else {
    used(userName);
    add("userName", userName.place, [
      ...(loginServes && email !== undefined ? [`guess: people sign in with ${login.column.name}; write "${email.place}" if it is the e-mail address`] : []),
      ...(userName.column.optional ? [`guess: a row without ${userName.column.name} has no userName; make the column required if you can`] : []),
    ]);
  }

  const externalId = externalIdOf(people.table);
  if (externalId === undefined) add("externalId", undefined, [`externalId: no column of ${people.table.name} is named like one; init printed the lines that add it`]);
  else {
    used({ table: people.table, column: externalId });
    add("externalId", externalId.name);
  }

  const active = guessActive(people.table);
  if (active === undefined) {
    add("active", undefined, [`active: no column of ${people.table.name} says whether somebody may come in; until one does, a directory's active: false changes nothing. init printed the lines that add one`, ...sharedSwitch(people)]);
  } else {
    used({ table: people.table, column: active.column });
    attributes.push({ key: "active", value: undefined, comment: active.comment, active });
  }

  const family = find(words.columns.familyName);
  // A name beside a family name is the given one.
  const givenNames = find(words.columns.givenName) === undefined && family !== undefined ? ["name"] : words.columns.givenName;
  const given = find(givenNames);
  let whole: Found | undefined;
  if (given !== undefined || family !== undefined) {
    const parts: SketchEntry[] = [];
    addFound("formatted", words.columns.formatted, parts);
    addFound("familyName", words.columns.familyName, parts);
    addFound("givenName", givenNames, parts);
    addFound("middleName", words.columns.middleName, parts);
    add("name", { entries: parts });
  } else {
    whole = find(words.columns.fullName);
    if (whole !== undefined) {
      used(whole);
      add("name", { entries: [{ key: "full", value: whole.place, comment: [] }] }, [`guess: ${whole.column.name} holds the whole name, given name first; order: "family-first" turns it round`]);
    }
  }
  if (!addFound("displayName", words.columns.displayName) && whole !== undefined) add("displayName", whole.place);
  for (const name of ["nickName", "profileUrl"] as const) addFound(name, words.columns[name]);
  const looked = (name: "title" | "costCenter" | "division" | "department", to: SketchEntry[] = attributes): void => {
    if (addFound(name, words.columns[name], to)) return;
    const entry = lookup(tables, people, name);
    if (entry === undefined) return;
    used({ table: people.table, column: entry.key });
    add(name, entry.value, [], to);
  };
  looked("title");
  for (const name of ["userType", "preferredLanguage", "locale", "timezone"] as const) addFound(name, words.columns[name]);

  const rows = (key: string, kind: "email" | "phone", values: readonly string[]): boolean => {
    const child = childRows(tables, people.table, people.tenant, kind, values);
    if (child === undefined) return false;
    children.add(child.table.name);
    rules.push(...child.rules);
    missing.push(...child.missing);
    add(key, child.value);
    return true;
  };
  if (!rows("emails", "email", ["value", "email", "address", "emailaddress", "mail"]) && !addElements("emails", listed(find, words.columns.emails))) {
    const work = find(words.columns.workEmail) ?? email;
    const other = work?.place === email?.place ? undefined : email;
    addElements("emails", slotted([{ type: "work", found: work }, { type: "home", found: find(words.columns.homeEmail) }, { type: "other", found: other }]));
  }
  if (!rows("phoneNumbers", "phone", ["value", "number", "phone", "phonenumber", "digits"]) && !addElements("phoneNumbers", listed(find, words.columns.phones))) {
    const of = (type: string, names: readonly string[]): { readonly type: string; readonly found: Found | undefined } => ({ type, found: find(names) });
    addElements("phoneNumbers", slotted([of("work", words.columns.workPhone), of("mobile", words.columns.mobilePhone), of("home", words.columns.homePhone)]));
  }
  addElements("addresses", jsonOnly(listed(find, words.columns.addresses)));
  addElements("entitlements", listed(find, words.columns.entitlements));
  addElements("roles", listed(find, words.columns.roles));

  addFound("employeeNumber", words.columns.employeeNumber, enterprise);
  looked("costCenter", enterprise);
  addFound("organization", words.columns.organization, enterprise);
  looked("division", enterprise);
  looked("department", enterprise);
  const manager = guessManager(people, id);
  if (manager !== undefined) {
    used({ table: people.table, column: manager });
    add("manager", manager.name, [], enterprise);
  }

  return {
    attributes: (hidden) => attributes.map(({ active: guessed, ...entry }) => (guessed === undefined ? entry : { ...entry, value: guessed.value(hidden) })),
    enterprise,
    written,
    match: userName?.table === person ? userName.column : undefined,
    userName,
    externalId,
    active,
    children,
    rules,
    missing,
  };
}

/** Postal addresses are of several parts, which a list of texts has not. */
const jsonOnly = (elements: Elements | undefined): Elements | undefined => (elements?.found.every(({ column: { type } }) => type === "Json") === true ? elements : undefined);

/** A switch on the shared person is no tenant's to turn. */
function sharedSwitch(people: People): readonly string[] {
  const shared = people.person && guessActive(people.person.table);
  if (shared === undefined) return [];
  return [`${people.person?.table.name ?? ""}.${shared.column.name} is not taken: it would lock the person out of every other tenant too`];
}

/** A row of another table that the user points to, found by its name: a department, a job title. */
function lookup(tables: readonly Table[], { table, tenant }: People, attribute: "title" | "costCenter" | "division" | "department"): { readonly key: Column; readonly value: SketchValue } | undefined {
  const names: readonly string[] = words.columns[attribute];
  for (const relation of table.relations) {
    const key = column(table, foreignKey(relation));
    const to = tableNamed(tables, relation.to);
    // A required one would refuse every client that does not know the attribute.
    if (key === undefined || to === undefined || !relation.optional || to === tenant?.table || !names.includes(words.squashed(relation.name))) continue;
    const name = columnNamed(to, words.columns.groupName, isText);
    const own = tenantsOf(tables, to);
    const isInside = tenant === null || own.some((each) => !each.column.optional && (tenant?.table === undefined ? each.column.name === tenant?.column.name : each.table === tenant.table));
    if (name === undefined || !isInside) continue;
    return { key, value: { entries: [{ key: "at", value: `${relation.name}.${name.name}`, comment: [] }, { key: "link", value: "connect", comment: [] }] } };
  }
  return undefined;
}

/** The foreign key to another row of the same model, named as a manager's; it must hold SCIM ids. */
function guessManager({ table }: People, id: IdColumn | undefined): Column | undefined {
  const relation = pointing(table, table).find((each) => id?.of === table && each.references[0] === id.name && (words.managers as readonly string[]).includes(words.squashed(each.name)));
  return relation && column(table, foreignKey(relation));
}
