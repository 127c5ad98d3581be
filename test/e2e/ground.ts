/** Where a client's life is lived: one tenant of a host, whatever its shape, with what the host keeps of a person. */
import { expect } from "vitest";
import { added } from "../shapes/rows.js";
import type { Snapshot } from "../shapes/rows.js";
import type { Shape, ShapeTenant } from "../shapes/shape.js";
import { enterpriseUrn, userUrn } from "./app.js";
import type { Answer, Asking, Resource } from "./app.js";

export interface Ground extends Asking {
  readonly tenant: { readonly name: string; readonly token: string; readonly domain: string };
  readonly shape: Pick<Shape, "users" | "groups">;
  /** The tables in which rows stay when all that a life made is deleted. */
  readonly leaves: readonly string[];
  /** Every row there is, past the endpoint. */
  rows(): Promise<Snapshot>;
  /** The row of a user, where its columns are known. */
  look?(id: string): Promise<unknown>;
}

/** What a shape says that a DELETE leaves behind. */
export function leftBy({ rows: { left, once, groupLeft }, unowned = [] }: Shape, tenant: ShapeTenant): readonly string[] {
  const sent = { tenant, userName: "", givenName: "", familyName: "", title: "", mail: "", externalId: "" };
  return [...unowned, ...[left?.(sent), once?.(tenant), groupLeft?.("")].flatMap((rows) => Object.keys(rows ?? {}))];
}

/** Somebody, as a client knows them. */
export interface Person {
  readonly userName: string;
  readonly externalId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly active: boolean;
  readonly title?: string;
  /** The work e-mail. */
  readonly mail?: string;
  readonly mobile?: string;
  readonly department?: string;
}

/** What becomes of a person in this host when a client changes them: a column may stand for two attributes, and a shared person stays. */
export function changed({ shape: { users } }: Ground, person: Person, change: Partial<Person>): Person {
  const { userName, mail, displayName, givenName, familyName, ...own } = change;
  if (users.keeps === true) return { ...person, ...own };
  const login = userName ?? (users.emails === "login" ? mail : undefined);
  const [given, family] = users.name === "full" && users.displayName === true && displayName !== undefined ? split(displayName) : [givenName, familyName];
  return {
    ...person,
    ...own,
    ...(displayName === undefined ? {} : { displayName }),
    ...(login === undefined ? {} : { userName: login }),
    ...(mail === undefined ? {} : { mail }),
    ...(given === undefined ? {} : { givenName: given }),
    ...(family === undefined ? {} : { familyName: family }),
  };
}

const split = (displayName: string): readonly [string, string] => [displayName.slice(0, displayName.indexOf(" ")), displayName.slice(displayName.indexOf(" ") + 1)];

/** The resource shows the person as far as the host keeps one, and nothing where it does not. */
export function expectPerson(ground: Ground, resource: unknown, person: Person): void {
  const { users } = ground.shape;
  const userName = users.lower === true ? person.userName.toLowerCase() : person.userName;
  const mail = users.emails === "login" ? userName : person.mail;
  const more: Readonly<Record<string, unknown>> = { ...users.more };
  const enterprise = users.department === true && person.department !== undefined ? { [enterpriseUrn]: { ...(more[enterpriseUrn] as object | undefined), department: person.department } } : {};
  const shown: Readonly<Record<string, unknown>> = {
    ...more,
    ...enterprise,
    userName,
    active: users.active === false ? undefined : person.active,
    externalId: users.externalId === true && person.externalId !== "" ? person.externalId : undefined,
    name: users.name === undefined ? undefined : { givenName: person.givenName, familyName: person.familyName },
    displayName: users.displayName === true ? person.displayName : undefined,
    title: users.title === true ? person.title : undefined,
    emails: users.emails === undefined || mail === undefined ? undefined : [{ value: mail, type: "work" }],
    phoneNumbers: users.phoneNumbers !== true || person.mobile === undefined ? undefined : [{ value: person.mobile, type: "mobile" }],
  };
  expect(resource).toMatchObject(Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined)));
  for (const [attribute, value] of Object.entries(shown)) if (value === undefined) expect(resource, attribute).not.toHaveProperty([attribute]);
  expect(resource).toMatchObject({ schemas: expect.arrayContaining([userUrn]), meta: { resourceType: "User" } });
}

/** The row behind a user holds this too. */
export async function looksLike(ground: Ground, id: string, expected: object): Promise<void> {
  if (ground.look !== undefined) expect(await ground.look(id)).toMatchObject(expected);
}

/** Runs a life, and sees that nothing of it is left but what the host keeps for ever, and that every row that was there is as it was. */
export async function lived(ground: Ground, life: (ground: Ground) => Promise<void>): Promise<void> {
  const before = await ground.rows();
  await life(ground);
  const left = added(before, await ground.rows()).map(({ table }) => table);
  expect(left.filter((table) => !ground.leaves.includes(table))).toEqual([]);
}

/** The same request again is answered the same and moves no row, not even a time. */
export async function again(ground: Ground, request: () => Promise<Answer>): Promise<Answer> {
  const first = await request();
  expect(first.status, first.text).toBeLessThan(300);
  const rows = await ground.rows();
  const second = await request();
  expect({ status: second.status, body: second.body }).toEqual({ status: first.status, body: first.body });
  expect(await ground.rows(), "rows after the same request again").toEqual(rows);
  return second;
}

/** A request that is refused changes nothing. */
export async function refused(ground: Ground, request: () => Promise<Answer>, wanted: object): Promise<Answer> {
  const rows = await ground.rows();
  const answer = await request();
  expect(answer, answer.text).toMatchObject(wanted);
  expect(await ground.rows(), "rows after a refusal").toEqual(rows);
  return answer;
}

export const membersOf = ({ members = [] }: Resource): readonly string[] => (members as readonly { readonly value: string }[]).map(({ value }) => value).sort();
