/**
 * The life of users and groups in one tenant of whatever host it is, by what its shape says that it has. After each step the rows are looked at:
 * the step's own are as they should be, and every row that was there before, of this tenant, of the other and of nobody, is as it was.
 */
import { expect } from "vitest";
import { enterpriseUrn, error, groupUrn, nothingFound, resourceOf, userUrn } from "../e2e/app.js";
import type { Answer, Resource } from "../e2e/app.js";
import type { Directory } from "./directory.js";
import { added, changed, expectRows, together } from "./rows.js";
import type { Database } from "./rows.js";
import type { Rows, Sent, Shape, ShapeTenant } from "./shape.js";

export interface Life {
  readonly shape: Shape;
  readonly tenant: ShapeTenant;
  readonly other: ShapeTenant;
  readonly directory: Directory;
  readonly database: Database;
  /** Ids of the other tenant, which must be as good as none. */
  readonly foreign: { readonly user: string | undefined };
}

/** What a directory knows of somebody. Who has one column for both has one value for both. */
export function somebody({ users }: Shape, tenant: ShapeTenant, givenName: string, familyName: string): Sent {
  const userName = `${givenName}.${familyName}+1@${tenant.domain}`;
  return { tenant, userName, givenName, familyName, title: "Engineer", mail: users.emails === "login" ? userName : `${givenName.toLowerCase()}@mail.${tenant.domain}`, externalId: `00u-${givenName}-${tenant.name}` };
}

const phone = "+44 20 7946 0018";

function bodyOf({ userName, givenName, familyName, title, mail, externalId }: Sent, { users }: Shape): object {
  return {
    schemas: [userUrn, enterpriseUrn],
    userName,
    externalId,
    name: { givenName, familyName },
    displayName: `${givenName} ${familyName}`,
    title,
    emails: [{ value: mail, type: "work", primary: true }],
    phoneNumbers: [{ value: phone, type: users.phoneNumbers === true ? "mobile" : "work" }],
    locale: "en-GB",
    groups: [],
    active: true,
    password: "r4nd0m8c",
    ...users.more,
  };
}

/** What the host keeps of it. */
function keptOf(sent: Sent, { users }: Shape): Sent {
  if (users.lower !== true) return sent;
  return { ...sent, userName: sent.userName.toLowerCase(), ...(users.emails === "login" ? { mail: sent.mail.toLowerCase() } : {}) };
}

/** What is answered of it; undefined: not mapped. */
function seen(sent: Sent, shape: Shape, active = true): Readonly<Record<string, unknown>> {
  const { users } = shape;
  const { userName, givenName, familyName, title, mail, externalId } = keptOf(sent, shape);
  return {
    userName,
    externalId: users.externalId === true ? externalId : undefined,
    name: users.name === undefined ? undefined : { givenName, familyName, ...(users.name === "full" ? { formatted: `${givenName} ${familyName}` } : {}) },
    displayName: users.displayName === true ? `${givenName} ${familyName}` : undefined,
    title: users.title === true ? title : undefined,
    emails: users.emails === undefined ? undefined : [{ value: mail, type: "work" }],
    phoneNumbers: users.phoneNumbers === true ? [{ value: phone }] : undefined,
    active: users.active === false ? undefined : active,
    ...users.more,
  };
}

function expectUser(resource: unknown, sent: Sent, shape: Shape, active = true): void {
  const expected = Object.entries(seen(sent, shape, active));
  expect(resource).toMatchObject(Object.fromEntries(expected.filter(([, value]) => value !== undefined)));
  for (const [attribute, value] of expected) if (value === undefined) expect(resource).not.toHaveProperty(attribute);
  expect(JSON.stringify(resource)).not.toContain("r4nd0m8c");
}

const one = (answer: Answer, status: number): Resource => {
  expect(answer.status, answer.text).toBe(status);
  return resourceOf(answer);
};

/** Users and then groups, and nothing left of either but what the shape says. */
export async function wholeLife(life: Life): Promise<void> {
  const { shape, tenant, directory, database } = life;
  const start = await database.all();
  const ours = async (expected: Rows, when: string): Promise<void> => expectRows(added(start, await database.all()), together(expected, shape.rows.once?.(tenant)), `${shape.name}, ${tenant.name}: ${when}`);
  const { left = () => ({}) } = shape.rows;

  const people = await userLife(life, ours);
  let remains: Rows = together(...people.map(({ sent, left: already }) => together(shape.rows.user(keptOf(sent, shape)), already)));
  if (shape.groups?.kind === "rows") remains = await groupLife(life, people, remains, ours);
  if (shape.groups?.kind === "values") await valueLife(life, people, remains, ours);

  for (const { id } of people) {
    expect(await directory.delete(`/Users/${id}`)).toMatchObject({ status: 204, text: "" });
    expect(await directory.delete(`/Users/${id}`)).toMatchObject({ status: 404, body: error(404) });
    expect(await directory.get(`/Users/${id}`)).toMatchObject({ status: 404, body: error(404) });
  }
  const [first] = people;
  expect(await directory.find("Users", `userName eq "${first.sent.userName}"`)).toMatchObject({ status: 200, body: nothingFound });
  await ours(together(...people.map(({ sent, left: already }) => together(left(keptOf(sent, shape)), already)), groupsLeft(life)), "all deleted");
}

interface Person {
  readonly id: string;
  readonly sent: Sent;
  /** Rows of lives before this one. */
  readonly left: Rows;
}
type People = readonly [Person, Person, Person];
type Ours = (expected: Rows, when: string) => Promise<void>;

async function userLife({ shape, tenant, directory, foreign }: Life, ours: Ours): Promise<People> {
  const { users } = shape;
  const { operations } = directory;
  const ann = somebody(shape, tenant, "Ann", "Lee");
  const rows = (sent: Sent): Rows => shape.rows.user(keptOf(sent, shape));
  const find = (filter: string): Promise<Answer> => directory.find("Users", filter);

  // Before the first: what is not there, and what is another's.
  expect(await find(`userName eq "${ann.userName}"`)).toMatchObject({ status: 200, body: nothingFound });
  for (const id of ["nobody", "0190a009-0000-7000-8000-000000000009", "99999", ...(foreign.user === undefined ? [] : [foreign.user])]) {
    expect(await directory.get(`/Users/${id}`)).toMatchObject({ status: 404, body: error(404) });
  }
  const before = one(await directory.get("/Users?count=0"), 200)["totalResults"] as number;

  // Made, once.
  const created = one(await directory.post("/Users", bodyOf(ann, shape)), 201);
  expectUser(created, ann, shape);
  await ours(rows(ann), "POST");
  expect(await directory.post("/Users", bodyOf(ann, shape))).toMatchObject({ status: 409, body: error(409, "uniqueness") });
  await ours(rows(ann), "POST of what is there");
  let path = `/Users/${created.id}`;
  let { id } = created;
  expect(await directory.get(path)).toMatchObject({ status: 200, body: created });
  for (const filter of filtersOf(ann, shape)) expect(await find(filter), filter).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id }] } });

  // Listed, page by page.
  const pages = [one(await directory.get("/Users?startIndex=1&count=2"), 200), one(await directory.get("/Users?startIndex=3&count=200"), 200)];
  const listed = pages.flatMap((page) => (page["Resources"] as readonly Resource[]).map((each) => each.id));
  expect(pages.map((page) => page["totalResults"])).toEqual([before + 1, before + 1]);
  expect(new Set(listed).size).toBe(before + 1);
  expect(listed).toContain(id);

  // PUT of all, and PATCH back of the parts.
  const lee = { ...ann, title: "Director", ...(users.keeps === true ? {} : { familyName: "Lee-Roy" }) };
  expectUser(one(await directory.put(path, { ...bodyOf({ ...lee, familyName: "Lee-Roy" }, shape), id, meta: created.meta }), 200), lee, shape);
  await ours(rows(lee), "PUT");
  const back = [
    ...(users.name === undefined ? [] : [operations.set("name.familyName", "Lee")]),
    ...(users.displayName === true ? [operations.set("displayName", "Ann Lee")] : []),
    ...(users.title === true ? [operations.set("title", "Engineer")] : []),
  ];
  if (back.length > 0) expectUser(one(await directory.patch(path, ...back), 200), ann, shape);
  await ours(rows(back.length > 0 ? ann : lee), "PATCH");
  const now = back.length > 0 ? ann : lee;

  if (users.emails !== undefined) {
    const mail = `new.ann@${tenant.domain}`;
    const mailed = users.keeps === true ? now : { ...now, mail, ...(users.emails === "login" ? { userName: mail } : {}) };
    expectUser(one(await directory.patch(path, operations.set('emails[type eq "work"].value', mail)), 200), mailed, shape);
    await ours(rows(mailed), "PATCH of an e-mail");
    expectUser(one(await directory.patch(path, operations.set('emails[type eq "work"].value', now.mail)), 200), now, shape);
    await ours(rows(now), "PATCH of the e-mail back");
  }

  // Locked out, and let in again.
  let left: Rows = {};
  if (users.active === "column") {
    for (let times = 0; times < 2; times++) {
      expectUser(one(await directory.patch(path, operations.active(false)), 200), now, shape, false);
      await ours(changed(rows(now), shape.rows.suspended?.(keptOf(now, shape))), "active: false");
    }
    expect(await find(`userName eq "${now.userName}"`)).toMatchObject({ body: { totalResults: 1, Resources: [{ id, active: false }] } });
    expectUser(one(await directory.patch(path, operations.active(true)), 200), now, shape);
    await ours(rows(now), "active: true");
  } else if (users.active === "exists") {
    expect([200, 204]).toContain((await directory.patch(path, operations.active(false))).status);
    expect(await directory.get(path)).toMatchObject({ status: 404 });
    left = shape.rows.left?.(keptOf(now, shape)) ?? {};
    await ours(left, "active: false, which removes");
    id = one(await directory.post("/Users", bodyOf(now, shape)), 201).id;
    path = `/Users/${id}`;
  }

  const others = [somebody(shape, tenant, "Bob", "Ross"), somebody(shape, tenant, "Cid", "Day")];
  const made: Person[] = [];
  for (const sent of others) made.push({ id: one(await directory.post("/Users", bodyOf(sent, shape)), 201).id, sent, left: {} });
  const [bob, cid] = made as [Person, Person];
  if (users.manager === true) {
    const manager = `${enterpriseUrn}:manager`;
    expect(one(await directory.patch(path, operations.set(manager, bob.id)), 200)[enterpriseUrn]).toMatchObject({ manager: { value: bob.id } });
    expect(await directory.patch(path, operations.set(manager, foreign.user ?? "nobody"))).toMatchObject({ status: 400, body: error(400, "invalidValue") });
    one(await directory.patch(path, { op: "remove", path: manager }), 200);
  }
  // A name that somebody else has.
  if (users.keeps !== true) expect(await directory.put(`/Users/${bob.id}`, bodyOf({ ...bob.sent, userName: now.userName.toUpperCase(), mail: users.emails === "login" ? now.mail : bob.sent.mail }, shape))).toMatchObject({ status: 409, body: error(409, "uniqueness") });
  const people = [{ id, sent: now, left }, bob, cid] as const;
  await ours(together(left, ...people.map(({ sent }) => rows(sent))), "three people");
  return people;
}

/** Those that find this one alone. */
function filtersOf({ userName, externalId, familyName, mail }: Sent, { users }: Shape): readonly string[] {
  return [
    `userName eq "${userName.toUpperCase()}"`,
    `userName sw "${userName.slice(0, -2)}"`,
    ...(users.externalId === true ? [`externalId eq "${externalId}"`] : []),
    ...(users.title === true ? [`title co "ngine" and userName eq "${userName}"`] : []),
    ...(users.name === "split" ? [`name.familyName eq "${familyName}"`] : []),
    ...(users.name === "full" ? [`name.formatted ew " ${familyName}"`] : []),
    ...(users.emails === undefined || users.emails === "json" ? [] : [`emails[type eq "work" and value eq "${mail}"]`]),
    ...(users.active === false ? [] : [`active eq true and userName eq "${userName}"`]),
  ];
}

function groupsLeft({ shape }: Life): Rows {
  return shape.groups?.kind === "rows" ? (shape.rows.groupLeft?.("Sales & Partners") ?? {}) : {};
}

const memberIds = (group: Resource): readonly string[] => ((group["members"] ?? []) as readonly { readonly value: string }[]).map(({ value }) => value).sort();

/** Groups that are rows. Answers the rows that are there at the end, of the people and of what they leave behind. */
async function groupLife({ shape, tenant, directory, foreign }: Life, people: People, rowsOfPeople: Rows, ours: Ours): Promise<Rows> {
  const { group: rowsOf = () => ({}), member = {}, memberLeft } = shape.rows;
  const { operations } = directory;
  const [ann, bob, cid] = people.map(({ id }) => id) as [string, string, string];
  // Soft memberships leave a row each, which is there from the first time that somebody was removed, and is woken and put to sleep after.
  const everIn = new Set<string>();
  const state = (displayName: string, ...ids: readonly string[]): Rows => {
    for (const id of ids) everIn.add(id);
    const gone = memberLeft === undefined ? [] : [...everIn].filter((id) => !ids.includes(id)).map(() => memberLeft);
    return together(rowsOfPeople, rowsOf(displayName, tenant), ...ids.map(() => member), ...gone);
  };

  expect(await directory.find("Groups", `displayName eq "Sales"`)).toMatchObject({ status: 200, body: nothingFound });
  const created = one(await directory.post("/Groups", { schemas: [groupUrn], displayName: "Sales", externalId: `00g-${tenant.name}`, members: [] }), 201);
  const { id } = created;
  const path = `/Groups/${id}`;
  expect(created["displayName"]).toBe("Sales");
  expect(created["externalId"]).toBe(shape.groups?.externalId === true ? `00g-${tenant.name}` : undefined);
  await ours(state("Sales"), "POST of a group");
  const expectMembers = async (name: string, when: string, ...ids: readonly string[]): Promise<void> => {
    expect(memberIds(one(await directory.get(path), 200)), when).toEqual([...ids].sort());
    await ours(state(name, ...ids), when);
  };
  const patch = async (...operation: readonly object[]): Promise<void> => expect(await directory.patch(path, ...operation)).toMatchObject({ status: 204, text: "" });

  for (let times = 0; times < 2; times++) {
    await patch(operations.addMembers([ann, bob]));
    await expectMembers("Sales", "members added", ann, bob);
  }
  for (let times = 0; times < 2; times++) {
    await patch(operations.removeMember(ann));
    await expectMembers("Sales", "a member removed", bob);
  }
  await patch(operations.replaceMembers([ann, cid]));
  await expectMembers("Sales", "members replaced", ann, cid);

  // Seen from both sides.
  expect(one(await directory.get(`/Users/${ann}`), 200)["groups"]).toEqual([expect.objectContaining({ value: id, display: "Sales" })]);
  expect(one(await directory.get(`/Users/${bob}`), 200)["groups"]).toBeUndefined();
  expect(await directory.find("Users", `groups.value eq "${id}"`)).toMatchObject({ body: { totalResults: 2 } });
  for (const filter of [`displayName eq "SALES"`, `members.value eq "${cid}"`]) expect(await directory.find("Groups", filter)).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id }] } });
  const bare = one(await directory.get(`${path}?excludedAttributes=members`), 200);
  expect(bare).toMatchObject({ id, displayName: "Sales" });
  expect(bare["members"]).toBeUndefined();

  // Nobody, and somebody of another tenant, are alike.
  for (const stranger of ["nobody", ...(foreign.user === undefined ? [] : [foreign.user])]) {
    expect(await directory.patch(path, operations.addMembers([bob, stranger]))).toMatchObject({ status: 400, body: error(400, "invalidValue") });
    await expectMembers("Sales", "a stranger refused", ann, cid);
  }
  await patch(operations.rename(id, "Sales & Partners"));
  await expectMembers("Sales & Partners", "renamed", ann, cid);
  expect(one(await directory.put(path, { schemas: [groupUrn], displayName: "Sales & Partners", externalId: `00g-${tenant.name}`, members: [{ value: bob, display: null }] }), 200)).toMatchObject({ id, displayName: "Sales & Partners" });
  await expectMembers("Sales & Partners", "PUT", bob);

  // DELETE takes the memberships and leaves the people.
  expect(await directory.delete(path)).toMatchObject({ status: 204, text: "" });
  expect(await directory.delete(path)).toMatchObject({ status: 404, body: error(404) });
  expect(await directory.get(path)).toMatchObject({ status: 404, body: error(404) });
  const remains = together(rowsOfPeople, shape.rows.groupLeft?.("Sales & Partners"));
  await ours(remains, "DELETE of the group");
  return remains;
}

/** Groups that are the values of an enum: they are joined and left, and neither made, renamed nor deleted. */
async function valueLife({ directory }: Life, people: People, rowsOfPeople: Rows, ours: Ours): Promise<void> {
  const [ann, bob] = people.map(({ id }) => id) as [string, string];
  const groups = one(await directory.get("/Groups?excludedAttributes=members"), 200)["Resources"] as readonly Resource[];
  const [group] = groups.filter((each) => each["displayName"] === "EDITOR");
  const path = `/Groups/${group?.id ?? ""}`;
  const { operations } = directory;
  const holds = async (id: string): Promise<boolean> => memberIds(one(await directory.get(path), 200)).includes(id);

  expect((await directory.patch(path, operations.addMembers([ann, bob]))).status).toBe(204);
  expect([await holds(ann), await holds(bob)]).toEqual([true, true]);
  expect(one(await directory.get(`/Users/${ann}`), 200)["groups"]).toEqual([expect.objectContaining({ value: group?.id, display: "EDITOR" })]);
  for (const id of [ann, bob]) expect((await directory.patch(path, operations.removeMember(id))).status).toBe(204);
  expect([await holds(ann), await holds(bob)]).toEqual([false, false]);
  await ours(rowsOfPeople, "a value taken and left");
  expect((await directory.post("/Groups", { schemas: [groupUrn], displayName: "Sales" })).status).toBe(403);
  expect((await directory.delete(path)).status).toBe(403);
  expect((await directory.patch(path, operations.rename(group?.id ?? "", "Sales"))).status).toBe(403);
}
